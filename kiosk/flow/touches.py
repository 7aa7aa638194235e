"""What a finger can ask for, as it comes from the screen."""

from __future__ import annotations

import msgspec

from kiosk.model.outcome import Answer
from kiosk.model.rules import PermitNumber


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
    """Sign with a finger instead of the card, where the names are too many to be touched all at
    once.
    """


class SignMember(Touch, frozen=True, tag="sign_member"):
    """A member of the crew wants to sign with a finger; `member` is their own check."""

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


class SamePermit(Touch, frozen=True, tag="same_permit"):
    """Two works are on one permit."""


class ChooseHalfDay(Touch, frozen=True, tag="choose_half_day"):
    """Take the half day in which the permit ends: 0 is this morning, 1 this afternoon, 2 tomorrow
    morning …
    """

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
    """Hand in the signature; strokes as in `kiosk.records.checks.facts.CheckSigned`."""

    strokes: tuple[tuple[int, ...], ...]


class CheckAnyway(Touch, frozen=True, tag="check_anyway"):
    """Begin a check though none is asked for."""


class Propose(Touch, frozen=True, tag="propose"):
    """Propose an accident that could happen (事故假想)."""


class ChooseAccident(Touch, frozen=True, tag="choose_accident"):
    """Take this type of accident, by its code."""

    code: str


class ChooseWord(Touch, frozen=True, tag="choose_word"):
    """Take one of the words of a scene: where, or what happens."""

    word: str


class NoPhoto(Touch, frozen=True, tag="no_photo"):
    """Propose it without a photo."""


class Discard(Touch, frozen=True, tag="discard"):
    """Do not send it."""


class Abnormal(Touch, frozen=True, tag="abnormal"):
    """Report 异常."""


class Emergency(Touch, frozen=True, tag="emergency"):
    """Show the eight signs, the titles of the cards without a sign (`others`), or one card."""

    card: str = ""
    others: bool = False


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
    | SamePermit
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
