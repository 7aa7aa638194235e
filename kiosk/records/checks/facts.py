"""What happens at the door: from a card to the end of a check, its release, and a refusal of unsafe
work.
"""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from kiosk.model.content import Part
from kiosk.model.fact import Fact
from kiosk.model.levels import DrillLevel
from kiosk.model.outcome import Answer, Outcome
from kiosk.model.policy import CheckPolicy
from kiosk.model.rules import PermitFault


class CheckRefused(Fact, frozen=True, tag="check.refused"):
    """A card was presented and its holder was not let into a check.

    `reasons` are `ground` or `ground:about`.
    """

    card: str
    reasons: tuple[str, ...]
    worker: str = ""


class CardNoted(Fact, frozen=True, tag="card.noted"):
    """A worker presented a card, and the station's policy asked for no check."""

    card: str
    worker: str
    shift_on: date
    shift: str
    policy: CheckPolicy


class CheckOpened(Fact, frozen=True, tag="check.opened"):
    """A worker began a check. `draw` is the random number that chooses the day's question."""

    check: str
    worker: str
    card: str
    shift_on: date
    shift: str
    draw: int


class PostChosen(Fact, frozen=True, tag="post.chosen"):
    """The check is for this post, with this version of the content.

    `level` is how much of the drill is given away, `question` what is asked of 应知应会 (empty in
    old facts: the one that the draw of `check.opened` chooses), `stale` says that the content was
    past its review date. `post_title` names the post to those who do not have the content, such as
    the county; empty in old facts.
    """

    check: str
    post: str
    pack: str
    pack_version: str
    pack_digest: str = ""
    level: DrillLevel = DrillLevel.FOLLOW
    question: str = ""
    stale: bool = False
    post_title: str = ""


class WorksChosen(Fact, frozen=True, tag="works.chosen"):
    """The hazardous works of today, none included."""

    check: str
    works: tuple[str, ...]


class PermitShown(Fact, frozen=True, tag="permit.shown"):
    """A worker showed the permit (作业票) of a work, as a rule set asks for it: its level, number
    and end.

    `until` is the place's wall clock, as written on the permit; None when it ended on an earlier
    day.
    """

    check: str
    work: str
    rule_set: str
    level: str
    number: str
    until: datetime | None = None


class WorkRefused(Fact, frozen=True, tag="work.refused"):
    """A chosen work may not begin, because of its permit; the check of the post goes on without
    it.
    """

    check: str
    work: str
    fault: PermitFault


class QuestionAnswered(Fact, frozen=True, tag="question.answered"):
    """A question of 应知应会 was answered; `choice` is the index touched."""

    check: str
    question: str
    choice: int
    right: bool


class StepCalled(Fact, frozen=True, tag="step.called"):
    """A step of a drill was pointed at and called. `misses` counts touches outside the target.

    `drill` is the id of one of the post's drills; of a work's own drill, the work's id stands
    before it: "hot-work/before-fire".
    """

    check: str
    drill: str
    step: str
    dwell_ms: int
    misses: int = 0


class AbnormalReported(Fact, frozen=True, tag="abnormal.reported"):
    """The worker reported 异常 at this stage of the check (`at`: the name of the stage, or a step's
    id, with its drill before it where that is not the post's own: "isolation/lock").
    """

    check: str
    at: str
    reason: str


class PhotoTaken(Fact, frozen=True, tag="photo.taken"):
    """The station took a photo for a confirmation. Digests are SHA-256 of the stored files, hex."""

    check: str
    part: Part
    photo: str
    thumbnail: str
    attempt: int
    faults: tuple[str, ...] = ()
    measures: dict[str, float] = msgspec.field(default_factory=dict)
    dhash: str = ""


class PhotoMissed(Fact, frozen=True, tag="photo.missed"):
    """No photo could be taken for a confirmation, and why."""

    check: str
    part: Part
    reason: str


class ConfirmationMade(Fact, frozen=True, tag="confirmation.made"):
    """The worker answered one of the four confirmations, over these lines, with this photo.

    `stands_for` has for each line the others that say the same and were not asked; it is empty
    where no line stands for another.
    """

    check: str
    part: Part
    answer: Answer
    lines: tuple[str, ...]
    photo: str = ""
    reason: str = ""
    stands_for: tuple[tuple[str, ...], ...] = ()


class DangerFound(Fact, frozen=True, tag="danger.found"):
    """A hidden danger (隐患) came to light in a check; `at` is the part, or the step as in
    `AbnormalReported`.
    """

    danger: str
    check: str
    at: str
    text: str
    photo: str = ""


class CheckSigned(Fact, frozen=True, tag="check.signed"):
    """The worker signed the commitment.

    A stroke is `[x, y, t, x, y, t, …]`: pixels of a 1000 × 400 field, milliseconds.
    """

    check: str
    commitment: str
    strokes: tuple[tuple[int, ...], ...]


class CheckClosed(Fact, frozen=True, tag="check.closed"):
    """The check ended. `reasons` say why it did not pass."""

    check: str
    outcome: Outcome
    reasons: tuple[str, ...] = ()


class CheckReleased(Fact, frozen=True, tag="check.released"):
    """A supervisor, present with a card at the station, let the worker of a failed check in, and
    why (放行).
    """

    check: str
    by: str
    card: str
    reason: str


class WorkStopped(Fact, frozen=True, tag="work.stopped"):
    """Somebody refused unsafe work (停止作业).

    No one can delete it; without a badge there is no worker.
    """

    stop: str
    reason: str
    worker: str = ""
    check: str = ""
