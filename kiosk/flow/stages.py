"""The stages of the door, and what can lie over any of them."""

from __future__ import annotations

from datetime import date

from kiosk.flow import crew_stages as crew
from kiosk.flow import proposal_stages as proposal
from kiosk.flow.inputs import CardRead
from kiosk.flow.stage import Stage as Stage
from kiosk.model.content import Part
from kiosk.model.drills import StepId
from kiosk.model.eligibility import Refusal
from kiosk.model.outcome import Answer, Outcome
from kiosk.model.people import Worker
from kiosk.model.rules import PermitFault


class Waiting(Stage, frozen=True, tag="waiting"):
    """Nobody is here."""


class Refused(Stage, frozen=True, kw_only=True, tag="refused"):
    """A card's holder is not let into a check."""

    refusals: tuple[Refusal, ...]


class Enrolling(Stage, frozen=True, kw_only=True, tag="enrolling"):
    """The next card is registered for somebody (`name`), or only looked at: it is no arrival."""

    awaited: str
    name: str = ""


class Enrolled(Stage, frozen=True, kw_only=True, tag="enrolled"):
    """The awaited card was presented.

    It opens nothing by that; `reason` says why it was not taken.
    """

    reason: str = ""


class OnRecord(Stage, frozen=True, kw_only=True, tag="on_record"):
    """The worker has already been checked in this shift and sees how it ended."""

    read: CardRead


class NotAsked(Stage, frozen=True, kw_only=True, tag="not_asked"):
    """The station's policy asks this worker for no check now; one may be done all the same."""

    read: CardRead


class ChoosingPost(Stage, frozen=True, kw_only=True, tag="choosing_post"):
    """The worker has several posts."""

    posts: tuple[str, ...]


class ChoosingWorks(Stage, frozen=True, kw_only=True, tag="choosing_works"):
    """Which hazardous works are for today, if any."""

    works: tuple[str, ...] = ()


class ShowingPermit(Stage, frozen=True, kw_only=True, tag="showing_permit"):
    """The permit of a work, told piece by piece: its level, its number, the half day and the hour
    of its end.
    """

    work: str
    today: date
    """The day that half days are counted from, even when midnight comes meanwhile."""
    level: str = ""
    number: str = ""
    doubted: str = ""
    """A number that another work of this check has too, until somebody says that it is right."""
    first_half_day: int = 0
    """The first of the half days to choose from; 0 is this morning."""
    half_day: int | None = None


class RefusedWork(Stage, frozen=True, kw_only=True, tag="refused_work"):
    """A work that may not begin on its permit, and why; the check of the post goes on."""

    work: str
    fault: PermitFault


class Asking(Stage, frozen=True, kw_only=True, tag="asking"):
    """One question of 应知应会; after a wrong choice the right one is shown until the worker goes
    on.
    """

    question: str
    wrong: int | None = None


class Calling(Stage, frozen=True, kw_only=True, tag="calling"):
    """A step of a drill; it cannot be left before `ready_s`."""

    step: StepId
    index: int
    """Among all steps of the check."""
    title: str = ""
    """Of the drill, where it is one of today's works."""
    announced: str = ""
    """That title, where the drill begins with this step: it is said first."""
    began_s: float
    ready_s: float
    misses: int = 0


class Called(Stage, frozen=True, kw_only=True, tag="called"):
    """A step was pointed at without being told what to call; now the sentence is shown, to
    compare.
    """

    step: StepId
    index: int
    title: str = ""


class Listening(Stage, frozen=True, kw_only=True, tag="listening"):
    """The lines of a confirmation are shown and spoken."""

    part: Part


class Counting(Stage, frozen=True, kw_only=True, tag="counting"):
    """3, 2, 1 before the photo."""

    part: Part


class Taking(Stage, frozen=True, kw_only=True, tag="taking"):
    """The camera is asked for the photo."""

    part: Part


class Answering(Stage, frozen=True, kw_only=True, tag="answering"):
    """The photo (or its absence) is shown and the worker answers."""

    part: Part


class Reasoning(Stage, frozen=True, kw_only=True, tag="reasoning"):
    """Why 不符合 or 不涉及."""

    part: Part
    answer: Answer


class Signing(Stage, frozen=True, tag="signing"):
    """The commitment and the signature."""


class Closed(Stage, frozen=True, kw_only=True, tag="closed"):
    """The check has ended and is recorded."""

    check: str
    outcome: Outcome
    reasons: tuple[str, ...] = ()


class Releasing(Stage, frozen=True, kw_only=True, tag="releasing"):
    """A supervisor's card was presented while a failed check was shown: why is the worker let in?

    Or it was for the supervisor's own check; `read` is the card that was presented.
    """

    check: str
    by: Worker
    read: CardRead


class Released(Stage, frozen=True, kw_only=True, tag="released"):
    """The release is recorded. It is not a pass."""

    by: Worker


AnyStage = (
    Waiting
    | Refused
    | Enrolling
    | Enrolled
    | OnRecord
    | NotAsked
    | ChoosingPost
    | ChoosingWorks
    | ShowingPermit
    | RefusedWork
    | Asking
    | Calling
    | Called
    | Listening
    | Counting
    | Taking
    | Answering
    | Reasoning
    | Signing
    | Closed
    | Releasing
    | Released
    | crew.OfCrew
    | proposal.OfProposal
)


class EmergencyShown(Stage, frozen=True, kw_only=True, tag="emergency"):
    """The emergency cards lie over whatever the door is doing: one of them, the titles of those
    without a sign, or the eight signs.
    """

    card: str = ""
    """Its key (`kiosk.flow.emergency`)."""
    others: bool = False


class Reporting(Stage, frozen=True, tag="reporting"):
    """What is abnormal, to choose from a list."""


class Stopping(Stage, frozen=True, tag="stopping"):
    """Why the work is unsafe, to choose from a list."""


class Stopped(Stage, frozen=True, tag="stopped"):
    """The refusal is recorded and thanked for."""


AnySide = EmergencyShown | Reporting | Stopping | Stopped
