"""A photo: from the touch to its answer, which comes once photo, thumbnail and entry are on the
disk; 15 frames a second.

Most of it is waiting for the next frame. So that chance weighs little, the touches are spread
evenly over the time between two frames, and the means are compared.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from statistics import fmean

from kiosk.demo.cards import rdm6300_frame
from kiosk.demo.tty import ReaderTty
from kiosk.flow.touches import TakePhotoNow
from tests.bench.result import Result, folder_on_disk
from tests.bench.rig.process import process
from tests.bench.rig.screen import Events, Finger, shown_in
from tests.bench.rig.station import a_station, door_of, hire, written_settings
from tests.bench.rig.worker import go_on

_FPS = 15
FULL, SMALLEST = 200, 2
"""Photos taken of each."""
_WARM_UP = 5
_MANY = 10_000
"""Photos a worker may take of one confirmation: here, all of them are."""


def run(photos: int = FULL) -> list[Result]:
    """Take photos with the station and the floor in turn."""
    pauses_s = [part / photos / _FPS for part in range(photos)]
    random.shuffle(pauses_s)
    with folder_on_disk() as folder, ExitStack() as stack:
        takers = (
            stack.enter_context(_a_station_at_a_confirmation(folder)),
            stack.enter_context(_a_floor(folder)),
        )
        for take in takers * _WARM_UP:
            take()
        took_ms = [tuple(_timed_ms(take, pause_s) for take in takers) for pause_s in pauses_s]
    measured, floor = map(fmean, zip(*took_ms, strict=True))
    return [Result("touch to durable photo; a bare loop", measured, floor, "ms", aim=1.3)]


def _timed_ms(take: Callable[[], None], pause_s: float) -> float:
    """The last answer came just after a frame, so the pause decides how far the next one is."""
    time.sleep(pause_s)
    began_s = time.perf_counter()
    take()
    return (time.perf_counter() - began_s) * 1e3


@contextmanager
def _a_station_at_a_confirmation(folder: Path) -> Iterator[Callable[[], None]]:
    """Run a station and bring a worker to the first confirmation; yield a way to take its photo,
    again and again.
    """
    data = folder / "data"
    data.mkdir()
    reader = ReaderTty(data / "reader")
    settings = written_settings(
        folder, camera={"driver": "simulated", "fps": _FPS}, timings={"photo_attempts": _MANY}
    )
    door = door_of(settings)
    with a_station(settings, data) as station, ExitStack() as stack:
        (card,) = hire(station, 1)
        events = stack.enter_context(closing(Events(station.port)))
        finger = stack.enter_context(closing(Finger(station.port)))
        events.quiet()
        reader.write(rdm6300_frame(card))
        shown = shown_in(events.until("choosing"))
        while shown.template != "confirming":
            shown = go_on(finger, shown, door)

        def take() -> None:
            nonlocal shown
            shown = finger.touch(TakePhotoNow(), shown.turn)
            assert "/photo/" in shown.html, shown

        yield take


@contextmanager
def _a_floor(folder: Path) -> Iterator[Callable[[], None]]:
    """Run the floor; yield a way to take a photo."""
    (folder / "floor").mkdir()
    with process("-m", "tests.bench.floors.photo", folder / "floor", _FPS) as running:

        def take() -> None:
            assert running.stdin
            assert running.stdout
            running.stdin.write("\n")
            running.stdin.flush()
            assert running.stdout.readline()

        yield take
