"""What can happen to the door, as plain data. `at_s` is on the monotonic clock, `id` is fresh for each input (UUIDv7)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import msgspec

from kiosk.flow.effects import AnyPhoto
from kiosk.model.facts import Answer, Outcome
from kiosk.model.people import Worker
from kiosk.model.rules import PermitNumber
from kiosk.model.shifts import Shift
from kiosk.model.training import Attempt


class Touch(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The base of what a finger can ask for; the tag is its name on the wire."""


class Go(Touch, frozen=True, tag="go"):
    """Go on: the large button of a screen that has one."""


class Back(Touch, frozen=True, tag="back"):
    """Leave a side way (a list of reasons, the emergency card) without choosing."""


class ChoosePost(Touch, frozen=True, tag="choose_post"):
    """Take one of several posts."""

    post: str


class Together(Touch, frozen=True, tag="together"):
    """Check the whole crew together."""


class SignByHand(Touch, frozen=True, tag="sign_by_hand"):
    """Sign with a finger instead of the card, where the names are too many to be touched all at once."""


class SignMember(Touch, frozen=True, tag="sign_member"):
    """Let a member of the crew sign with a finger; `member` is his or her own check."""

    member: str


class EndCrew(Touch, frozen=True, tag="end_crew"):
    """Wait no longer for the members who have not signed."""


class ToggleWork(Touch, frozen=True, tag="toggle_work"):
    """Add or remove a hazardous work of today."""

    work: str


class ChooseLevel(Touch, frozen=True, tag="choose_level"):
    """Take the level (作业级别) that is written on the permit."""

    level: str


class EnterNumber(Touch, frozen=True, tag="enter_number"):
    """Hand in the permit's number, typed on the screen."""

    number: PermitNumber


class ChooseHalfDay(Touch, frozen=True, tag="choose_half_day"):
    """Take the half day in which the permit ends: 0 is this morning, 1 this afternoon, 2 tomorrow morning …"""

    half_day: int


class Later(Touch, frozen=True, tag="later"):
    """Show more to choose from: later half days, other types of accident."""


class ChooseHour(Touch, frozen=True, tag="choose_hour"):
    """Take the hour (1 to 24) at which the permit ends."""

    hour: int


class NoPermit(Touch, frozen=True, tag="no_permit"):
    """There is no permit."""


class PermitEnded(Touch, frozen=True, tag="permit_ended"):
    """The permit ended on an earlier day."""


class Choose(Touch, frozen=True, tag="choose"):
    """Answer the question with this choice."""

    choice: int


class Point(Touch, frozen=True, tag="point"):
    """Touch the target's photo; fractions of its width and height."""

    x: float
    y: float


class TakePhotoNow(Touch, frozen=True, tag="take_photo"):
    """Take the photo now (or once more)."""


class Confirm(Touch, frozen=True, tag="confirm"):
    """Answer a confirmation."""

    answer: Answer


class GiveReason(Touch, frozen=True, tag="give_reason"):
    """Choose a reason from the list shown."""

    reason: str


class Sign(Touch, frozen=True, tag="sign"):
    """Hand in the signature; strokes as in `kiosk.model.facts.CheckSigned`."""

    strokes: tuple[tuple[int, ...], ...]


class CheckAnyway(Touch, frozen=True, tag="check_anyway"):
    """Begin a check though none is asked for."""


class Propose(Touch, frozen=True, tag="propose"):
    """Tell of an accident that could happen (事故假想)."""


class ChooseAccident(Touch, frozen=True, tag="choose_accident"):
    """Take this type of accident, by its code."""

    code: str


class ChooseWord(Touch, frozen=True, tag="choose_word"):
    """Take one of the words of a scene: where, or what happens."""

    word: str


class NoPhoto(Touch, frozen=True, tag="no_photo"):
    """Tell of it without a photo."""


class Discard(Touch, frozen=True, tag="discard"):
    """Do not send it."""


class Abnormal(Touch, frozen=True, tag="abnormal"):
    """Report 异常."""


class Emergency(Touch, frozen=True, tag="emergency"):
    """Show the emergency cards, or one of them."""

    card: str = ""


class StopWork(Touch, frozen=True, tag="stop_work"):
    """Refuse unsafe work."""


AnyTouch = (
    Go
    | Back
    | ChoosePost
    | Together
    | SignByHand
    | SignMember
    | EndCrew
    | ToggleWork
    | ChooseLevel
    | EnterNumber
    | ChooseHalfDay
    | Later
    | ChooseHour
    | NoPermit
    | PermitEnded
    | Choose
    | Point
    | TakePhotoNow
    | Confirm
    | GiveReason
    | Sign
    | CheckAnyway
    | Propose
    | ChooseAccident
    | ChooseWord
    | NoPhoto
    | Discard
    | Abnormal
    | Emergency
    | StopWork
)


class Input(msgspec.Struct, frozen=True):
    """The base of all inputs."""

    at_s: float
    id: str


class Earlier(msgspec.Struct, frozen=True):
    """A check of the same worker in the same shift that is already closed."""

    check: str
    outcome: Outcome
    at: str
    reasons: tuple[str, ...] = ()
    released: bool = False
    post: str = ""


class Adopted(msgspec.Struct, frozen=True):
    """A scene that somebody proposed and the responsible person approved, in the words of who proposed it."""

    proposal: str
    where: str
    what: str


class CardRead(Input, frozen=True):
    """A card was presented. The shell looked up its holder; `card` is its keyed hash, `now` the wall clock of the place."""

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
    adopted: tuple[Adopted, ...] = ()
    """What the holder proposed, was approved, and has not been told of; oldest first."""

    @property
    def today(self) -> date:
        """Give the day of the place."""
        return self.now.date()

    def later(self, at_s: float) -> CardRead:
        """Give the same as if the card were presented at a later moment."""
        return msgspec.structs.replace(self, at_s=at_s, now=self.now + timedelta(seconds=at_s - self.at_s))


class EnrolmentBegun(Input, frozen=True):
    """A supervisor wants the next card for a worker, or only its number; `name` is whose, empty for nobody's."""

    awaited: str
    name: str = ""


class EnrolmentEnded(Input, frozen=True):
    """The awaited card was taken, or could not be; `reason` is a sentence, empty when all is well."""

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
