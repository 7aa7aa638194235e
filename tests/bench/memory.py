"""The memory of the processes at the door: when they have started, and whether 1,000 checks make
them grow.

Every fifth check is a whole one, with four photos and a signature; the others are closed by 异常
after the drill, so that the bench takes two minutes. After the first 100 and after all of them, a
supervisor looks at the newest.
"""

from __future__ import annotations

from contextlib import ExitStack, closing
from itertools import count, cycle, islice

import msgspec

from kiosk.demo.cards import rdm6300_frame
from kiosk.demo.screen import Shown
from kiosk.demo.tty import ReaderTty
from kiosk.flow.door import Door
from kiosk.flow.touches import Abnormal, GiveReason, Go
from tests.bench.result import Result, folder_on_disk
from tests.bench.rig.desk import a_desk
from tests.bench.rig.rss import child_of, rss_mb
from tests.bench.rig.screen import Events, Finger, shown_in
from tests.bench.rig.station import (
    StationProcess,
    Table,
    a_station,
    door_of,
    hire,
    written_settings,
)
from tests.bench.rig.worker import go_on

_WHOLE_EVERY = 5
_BACK_AGAIN = 40
"""So many workers come again and again, and never pass."""
_LOOKED_AT = 100
_CAMERA: Table = {"driver": "simulated", "fps": 30, "width_px": 640}
_STATION_MB = 60
_GROWTH_MB = 3


class Load(msgspec.Struct, frozen=True):
    """How many checks come before the first weighing, and before the last."""

    few: int
    many: int


FULL, SMALLEST = Load(100, 1_000), Load(1, 2)


def run(load: Load = FULL) -> list[Result]:
    """Measure the processes idle, after a few and after many checks."""
    with folder_on_disk() as folder, ExitStack() as stack:
        settings, data = written_settings(folder, camera=_CAMERA), folder / "data"
        data.mkdir()
        reader = ReaderTty(data / "reader")
        station = stack.enter_context(a_station(settings, data))
        workers = stack.enter_context(closing(_Workers(station, reader, door_of(settings), load)))
        desk = stack.enter_context(a_desk(settings, data))
        camera = child_of(station.pid, "devices.camera.worker")
        pids = {"station": station.pid, "camera": camera, "review": desk.pid}
        sizes = [_sizes(pids)]
        for how_many in (load.few, load.many - load.few):
            workers.come(how_many)
            desk.look(_LOOKED_AT)
            sizes.append(_sizes(pids))
    return [
        result for name in pids for result in _results(name, load, *(each[name] for each in sizes))
    ]


def _sizes(pids: dict[str, int]) -> dict[str, float]:
    return {name: rss_mb(pid) for name, pid in pids.items()}


def _results(name: str, load: Load, idle: float, few: float, many: float) -> tuple[Result, ...]:
    aim = _STATION_MB if name == "station" else None
    return (
        Result(f"memory of {name}, idle", idle, None, "MB", aim),
        Result(f"memory of {name} after {load.many:,} checks", many, None, "MB", aim),
        Result(
            f"growth of {name} from {load.few} to {load.many:,} checks",
            many - few,
            None,
            "MB",
            _GROWTH_MB,
        ),
    )


class _Workers:
    """Workers who come to the door one after the other."""

    def __init__(self, station: StationProcess, reader: ReaderTty, door: Door, load: Load) -> None:
        self._reader = reader
        self._door = door
        self._events = Events(station.port)
        self._finger = Finger(station.port)
        cards = hire(station, _BACK_AGAIN + 1 + load.many // _WHOLE_EVERY)
        self._passing, self._failing = iter(cards[_BACK_AGAIN:]), cycle(cards[:_BACK_AGAIN])
        self._numbers = count()
        self._events.quiet()

    def come(self, how_many: int) -> None:
        """Take this many people through a check."""
        for number in islice(self._numbers, how_many):
            if number % _WHOLE_EVERY:
                shown = self._check_until("confirming", next(self._failing))
                shown = self._finger.touch(Abnormal(), shown.turn)
                shown = self._finger.touch(GiveReason("machine"), shown.turn)
            else:
                shown = self._check_until("passed", next(self._passing))
            self._finger.touch(Go(), shown.turn)
            self._events.until("waiting")

    def close(self) -> None:
        """Disconnect."""
        self._events.close()
        self._finger.close()

    def _check_until(self, template: str, card: str) -> Shown:
        self._reader.write(rdm6300_frame(card))
        shown = shown_in(self._events.past("waiting"))
        while shown.template != template:
            shown = go_on(self._finger, shown, self._door)
        return shown
