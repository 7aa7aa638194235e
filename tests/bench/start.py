"""A start: from the start of the process to the first 200 of the touch page, in a data folder that
has been in use.
"""

from __future__ import annotations

import time
from contextlib import closing
from pathlib import Path
from statistics import median

from kiosk.demo.services import ports_from
from kiosk.demo.tty import ReaderTty
from tests.bench.result import Result, folder_on_disk
from tests.bench.rig.process import process, until_page
from tests.bench.rig.screen import Events
from tests.bench.rig.station import a_station, hire, written_settings

FULL, SMALLEST = 15, 1
"""Starts of each."""


def run(starts: int = FULL) -> list[Result]:
    """Start the station and a bare page in turn."""
    with folder_on_disk() as folder:
        data = folder / "data"
        data.mkdir()
        ReaderTty(data / "reader")
        settings = written_settings(folder, camera={"driver": "simulated"})
        _use(settings, data)
        took_ms = [(_station_ms(settings, data), _floor_ms()) for _ in range(starts)]
    measured, floor = map(median, zip(*took_ms, strict=True))
    return [Result("start to first page; bare Flask and waitress", measured, floor, "ms", aim=2)]


def _use(settings: Path, data: Path) -> None:
    """Register people and render speech."""
    with a_station(settings, data) as station:
        hire(station, 60)
        with closing(Events(station.port)) as events:
            events.quiet()


def _station_ms(settings: Path, data: Path) -> float:
    began_s = time.perf_counter()
    with a_station(settings, data):
        return (time.perf_counter() - began_s) * 1e3


def _floor_ms() -> float:
    port = ports_from(0).touch
    began_s = time.perf_counter()
    with process("-m", "tests.bench.floors.start", port) as running:
        until_page(running, port)
        return (time.perf_counter() - began_s) * 1e3
