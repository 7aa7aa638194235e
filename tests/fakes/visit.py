"""A person at the door, at simulated time: badges, touches, waits, and sees what was recorded."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from kiosk.flow.advance import advance, due_s
from kiosk.flow.door import Door
from kiosk.flow.effects import AnyPhoto, Record, TakePhoto, TakeScenePhoto
from kiosk.flow.inputs import (
    AnyInput,
    CardRead,
    PhotoArrived,
    PhotoFailed,
    Pressed,
    TimePassed,
    Touched,
)
from kiosk.flow.permit import hours
from kiosk.flow.stages import (
    Answering,
    Asking,
    Called,
    Calling,
    ChoosingWorks,
    RefusedWork,
    ShowingPermit,
    Signing,
)
from kiosk.flow.state import State
from kiosk.flow.touches import (
    AnyTouch,
    Choose,
    ChooseHalfDay,
    ChooseHour,
    ChooseLevel,
    Confirm,
    EnterNumber,
    Go,
    Point,
    SamePermit,
    Sign,
)
from kiosk.model.earlier import Earlier
from kiosk.model.outcome import Answer
from kiosk.model.people import Worker
from kiosk.model.shifts import Shift
from kiosk.records.facts import AnyFact
from tests.fakes.content import NOW, SIGNATURE, TODAY


class Visit:
    """Drives `advance` with a clock turned by hand; photos arrive at once unless `camera` is
    off.
    """

    def __init__(self, door: Door, state: State | None = None) -> None:
        self.door = door
        self.state = state or State()
        self.now_s = 1000.0
        self.facts: list[AnyFact] = []
        self.touches = 0
        self.faults: tuple[str, ...] = ()
        self.camera = True
        self._ids = (f"id-{number}" for number in count(1))

    def wall(self) -> datetime:
        """Return what the clock on the wall shows."""
        return NOW + timedelta(seconds=self.now_s - 1000.0)

    def put(self, event: AnyInput) -> None:
        self.state, effects = advance(self.door, self.state, event)
        for effect in effects:
            match effect:
                case Record(facts):
                    self.facts.extend(facts)
                case TakePhoto() | TakeScenePhoto() as wanted:
                    self.answers(wanted)

    def answers(self, wanted: AnyPhoto) -> None:
        """Answer as the camera, at once."""
        self.put(self._photo(wanted))

    def _photo(self, wanted: AnyPhoto) -> PhotoArrived | PhotoFailed:
        if self.camera:
            return PhotoArrived(
                self.now_s, next(self._ids), wanted, "ab" * 32, "cd" * 32, self.faults
            )
        return PhotoFailed(self.now_s, next(self._ids), wanted, "摄像头离线")

    def badge(
        self, worker: Worker | None, card: str = "", earlier: Earlier | None = None, **more: Any
    ) -> None:
        """Hold a card to the reader; `more` are other fields of the input."""
        holder = card or (worker.id if worker else "unknown")
        known: dict[str, Any] = {
            "shift": Shift(TODAY, "白班"),
            "now": self.wall(),
            "draw": 0,
            "earlier": earlier,
        }
        self.put(CardRead(self.now_s, next(self._ids), holder, worker, **(known | more)))

    def touch(self, touch: AnyTouch, turn: int | None = None) -> None:
        self.touches += 1
        self.put(
            Touched(self.now_s, next(self._ids), touch, self.state.turn if turn is None else turn)
        )

    def press(self, button: str) -> None:
        self.put(Pressed(self.now_s, next(self._ids), button))

    def wait(self, seconds: float) -> None:
        """Advance the clock, telling the door whenever something is due."""
        end_s = self.now_s + seconds
        while (due := due_s(self.door, self.state)) is not None and due <= end_s:
            self.now_s = max(self.now_s, due)
            before = self.state
            self.put(TimePassed(self.now_s, next(self._ids)))
            assert self.state is not before, f"due at {due} but nothing happened in {before.stage}"
        self.now_s = end_s

    def kinds(self) -> list[str]:
        return [type(fact).__name__ for fact in self.facts]

    def go_on(self) -> None:
        """Do what a good worker does on the present screen."""
        match self.state.stage:
            case Asking():
                assert self.state.check
                check = self.state.check
                self.touch(
                    Choose(self.door.question(check.post, check.draw, check.question).answer)
                )
            case Calling(step=step, ready_s=ready_s):
                assert self.state.check
                self.wait(max(0.0, ready_s - self.now_s))
                target = self.door.step(self.state.check.post, step).target
                self.touch(Point(target.x, target.y) if target else Go())
            case ChoosingWorks():
                self.touch(Go())
            case ShowingPermit() as stage:
                self.touch(self.of_permit(stage))
            case RefusedWork() | Called():
                self.touch(Go())
            case Answering():
                self.wait(1)
                self.touch(Confirm(Answer.OK))
            case Signing():
                self.wait(2)
                self.touch(Sign(SIGNATURE))
            case _:
                self.wait(0.5)

    def of_permit(self, stage: ShowingPermit) -> AnyTouch:
        """Return the next piece of a permit that holds: of the first level, until the end of this
        half day.
        """
        if not stage.level:
            found = self.door.permit_rule(stage.work, TODAY)
            assert found
            return ChooseLevel(found[1].levels[0].id)
        if stage.doubted:
            return SamePermit()
        if not stage.number:
            return EnterNumber("2026-1124")
        if stage.half_day is None:
            return ChooseHalfDay(stage.first_half_day)
        return ChooseHour(hours(stage.half_day)[-1])

    def until(self, *stages: type) -> None:
        for _ in range(500):
            if isinstance(self.state.stage, stages):
                return
            self.go_on()
        raise AssertionError(f"stuck in {self.state.stage}")
