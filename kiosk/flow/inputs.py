"""What can happen to the door, as plain data.

`at_s` is on the monotonic clock, `id` is fresh for each input (UUIDv7).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

import msgspec

from kiosk.flow.effects import AnyPhoto
from kiosk.flow.touches import AnyTouch
from kiosk.model.earlier import Earlier
from kiosk.model.people import Worker
from kiosk.model.scenes import Decided
from kiosk.model.shifts import Shift
from kiosk.model.training import Attempt


class Input(msgspec.Struct, frozen=True):
    """The base of all inputs."""

    at_s: float
    id: str


class CardRead(Input, frozen=True):
    """A card was presented.

    The shell looked up its holder; `card` is its keyed hash, `now` the wall clock of the place.
    """

    card: str
    worker: Worker | None
    shift: Shift
    now: datetime
    draw: int
    earlier: Earlier | None = None
    passed: dict[str, str] = {}
    """By post: who passed there last in this shift."""
    attempts: tuple[Attempt, ...] = ()
    """The earlier checks of the holder, oldest first."""
    crew: tuple[Worker, ...] = ()
    """Who belongs to the holder's crew, when the holder may lead it."""
    decided: tuple[Decided, ...] = ()
    """The holder's proposals that were decided and that they have not been told of; oldest
    first.
    """

    @property
    def today(self) -> date:
        """Return the day of the place."""
        return self.now.date()

    def later(self, at_s: float) -> CardRead:
        """Return the same as if the card were presented at a later moment."""
        return msgspec.structs.replace(
            self, at_s=at_s, now=self.now + timedelta(seconds=at_s - self.at_s)
        )


class EnrolmentBegun(Input, frozen=True):
    """A supervisor wants the next card for a worker, or only its number; `name` is whose, empty for
    nobody's.
    """

    awaited: str
    name: str = ""


class EnrolmentEnded(Input, frozen=True):
    """The awaited card was taken, or could not be; `reason` is a sentence, empty when all is
    well.
    """

    reason: str = ""


class EnrolmentDropped(Input, frozen=True):
    """The supervisor no longer wants the card."""

    awaited: str


class CardMisread(Input, frozen=True):
    """The reader saw a card but not its number."""


class CardTooEarly(Input, frozen=True):
    """A card was presented while what the door has to say is still being rendered."""


class Touched(Input, frozen=True):
    """A touch on the screen that showed turn `turn`; a touch on an older screen does nothing."""

    touch: AnyTouch
    turn: int


class Pressed(Input, frozen=True):
    """A physical button was pressed: "confirm" or "abnormal"."""

    button: str


class PhotoArrived(Input, frozen=True):
    """The photo asked for is on disk; `wanted` is what it answers."""

    wanted: AnyPhoto
    photo: str
    thumbnail: str
    faults: tuple[str, ...] = ()
    measures: dict[str, float] = {}
    dhash: str = ""


class PhotoFailed(Input, frozen=True):
    """The photo asked for could not be taken or stored; `wanted` is what this answers."""

    wanted: AnyPhoto
    reason: str


class TimePassed(Input, frozen=True):
    """Time went by; the shell sends one when the state's `until_s` is reached."""


AnyInput = (
    CardRead
    | CardMisread
    | CardTooEarly
    | Touched
    | Pressed
    | PhotoArrived
    | PhotoFailed
    | EnrolmentBegun
    | EnrolmentEnded
    | EnrolmentDropped
    | TimePassed
)
