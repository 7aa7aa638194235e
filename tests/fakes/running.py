"""A whole station on simulated devices, its loop in a thread: what tests of the door with real
parts begin with.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from devices.supervised import Online
from kiosk.flow.door import Door, Timings
from kiosk.flow.proposal_stages import Dropped, Proposed
from kiosk.flow.stages import (
    Answering,
    AnyStage,
    Asking,
    Calling,
    ChoosingWorks,
    Closed,
    Counting,
    Listening,
    Signing,
)
from kiosk.flow.state import State
from kiosk.flow.touches import AnyTouch, Choose, Confirm, Go, Point, Sign, TakePhotoNow
from kiosk.model.outcome import Answer
from kiosk.model.people import CardNumber, Role, Roster, Worker
from kiosk.paths import Place
from kiosk.processes.wiring import open_devices, station
from kiosk.records.people.commands import ChangeRoster
from kiosk.settings import Settings
from kiosk.station.loop import Station
from kiosk.station.snapshot import Snapshot
from tests.fakes.content import SIGNATURE, a_door, a_worker
from tests.fakes.waiting import until

QUICK = Timings(
    dwell_s=0.0,
    syllable_s=0.0,
    listen_s=0.05,
    countdown_s=0.05,
    passed_s=0.3,
    failed_s=30,
    warn_s=30,
    abandon_s=60,
)
CARDS = {"A001": "0101010101", "S001": "0505050505"}
ROSTER = Roster(
    (a_worker("A001"), Worker("S001", "王五", role=Role.SUPERVISOR)),
    tuple(CardNumber(worker, "10H", number) for worker, number in CARDS.items()),
)


SIMULATED = {"driver": "simulated"}


def settings(**changes: Any) -> Settings:
    """Return settings with simulated devices, but without camera and voice: a camera is a process
    of its own, which is long in starting.
    """
    table = {
        "station": {"id": "test-0001", "name": "东门", "enterprise": "示例厂"},
        "clock": {"trust": "always"},
        "card_reader": SIMULATED,
        "camera": {"driver": "disabled"},
        "voice": {"driver": "disabled"},
        "lights": {**SIMULATED, "green_s": 5.0},
        "buttons": SIMULATED,
    }
    return msgspec.convert(table | changes, Settings)


class Running:
    """A running station and the person in front of it."""

    def __init__(self, ready: Station) -> None:
        self.station = ready

    def tap(self, worker: str) -> None:
        """Hold a card to the reader, and wait until the door has taken note (by a notice, too)."""
        before = self.station.snapshot().state
        self.station.devices.card_reader.tap("10H", CARDS.get(worker, worker))  # type: ignore[attr-defined]
        until(lambda: self._has_taken_note(before))

    def _has_taken_note(self, before: State) -> bool:
        now = self.station.snapshot().state
        return now.turn > before.turn or now.noticed_s != before.noticed_s

    def touch(self, touch: AnyTouch, turn: int | None = None) -> Snapshot:
        return self.station.touch(
            touch, self.station.snapshot().state.turn if turn is None else turn
        )

    @property
    def stage(self) -> AnyStage:
        return self.station.snapshot().state.stage

    def wait_for(self, *stages: type) -> None:
        until(lambda: isinstance(self.stage, stages))

    def go_on(self) -> None:
        """Do what a good worker does on the present screen."""
        touch = self._next()
        if touch is None:
            before = self.station.snapshot().version
            self.station.after(before, 1.0)
        else:
            self.touch(touch)

    def go_to(self, *stages: type) -> None:
        for _ in range(200):
            if isinstance(self.stage, stages):
                return
            self.go_on()
        raise AssertionError(f"stuck in {self.stage}")

    def _next(self) -> AnyTouch | None:
        state, door = self.station.snapshot().state, self.station.door
        match state.stage:
            case ChoosingWorks():
                return Go()
            case Asking():
                assert state.check
                return Choose(
                    door.question(state.check.post, state.check.draw, state.check.question).answer
                )
            case Calling(step=step):
                assert state.check
                target = door.step(state.check.post, step).target
                return Point(target.x, target.y) if target else Go()
            case Listening() | Counting():
                return TakePhotoNow()
            case Answering():
                return Confirm(Answer.OK)
            case Signing():
                return Sign(SIGNATURE)
            case Closed() | Proposed() | Dropped():
                return Go()
        return None


@contextmanager
def a_running_station(
    data: Path,
    door: Door | None = None,
    roster: Roster | None = ROSTER,
    before: Callable[[Station], None] | None = None,
    now: Callable[[ZoneInfo], datetime] = datetime.now,
    recount_s: float = 5.0,
    **changes: Any,
) -> Iterator[Running]:
    """Run a station on `data`; `now` and `recount_s` are those of the wiring, `changes` replace
    tables of its settings.
    """
    place = Place(Path("config"), data)
    with station(settings(**changes), place, door or a_door(QUICK), str, now, recount_s) as ready:
        open_devices(settings(**changes), place, ready)
        if before:
            before(ready)
        loop = threading.Thread(target=ready.run, name="loop")
        loop.start()
        try:
            until(lambda: ready.snapshot().version > 0)
            if roster is not None:
                ready.command(ChangeRoster(roster))
            if settings(**changes).camera["driver"] == "simulated":
                until(lambda: isinstance(ready.devices.camera.state, Online))
            yield Running(ready)
        finally:
            ready.stop()
            loop.join()
