"""The bodies of journal entries: everything that can be recorded, as a tagged union.

A fact's tag is its kind, `noun.past_participle`. A fact names a worker by id and a card by keyed hash, never by name or number.
An old fact stays readable for ever: fields are only ever added, with a default.
"""

from __future__ import annotations

import enum
from datetime import date, datetime

import msgspec

from kiosk.model.content import Part
from kiosk.model.levels import DrillLevel
from kiosk.model.policy import CheckPolicy
from kiosk.model.rules import PermitFault


class Outcome(enum.StrEnum):
    """How a check ended."""

    PASSED = "passed"
    FAILED = "failed"
    ABANDONED = "abandoned"


class Answer(enum.StrEnum):
    """The three answers to a confirmation: 符合, 不符合, 不涉及."""

    OK = "ok"
    NOT_OK = "not_ok"
    NOT_APPLICABLE = "not_applicable"


class Verdict(enum.StrEnum):
    """A supervisor's verdict in a review (复核): 合格, 不合格."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"


class ErasureReason(enum.StrEnum):
    """Why a worker's personal data was erased (个人信息保护法 第四十七条); a code, so that no name gets into the journal."""

    ASKED = "asked"
    PURPOSE_ENDED = "purpose_ended"
    MISTAKE = "mistake"


class PaperCause(enum.StrEnum):
    """Why a check was made on paper: 停电, 班前站故障, 网页打不开, 作业点离站太远."""

    POWER = "power"
    BROKEN = "broken"
    NETWORK = "network"
    MOVED = "moved"


class Fact(msgspec.Struct, frozen=True, omit_defaults=True):
    """The base of all facts."""


class StationStarted(Fact, frozen=True, tag="station.started"):
    """The station began to run, with this version of the product and of its content."""

    version: str
    packs: dict[str, str] = {}


class CheckRefused(Fact, frozen=True, tag="check.refused"):
    """A card was presented and its holder was not let into a check. `reasons` are `ground` or `ground:about`."""

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

    `level` is how much of the drill is given away, `question` what is asked of 应知应会 (empty in old facts: the one that the draw
    of `check.opened` chooses), `stale` tells that the content was past its review date.
    """

    check: str
    post: str
    pack: str
    pack_version: str
    pack_digest: str = ""
    level: DrillLevel = DrillLevel.FOLLOW
    question: str = ""
    stale: bool = False


class WorksChosen(Fact, frozen=True, tag="works.chosen"):
    """The hazardous works of today, none included."""

    check: str
    works: tuple[str, ...]


class PermitShown(Fact, frozen=True, tag="permit.shown"):
    """A worker showed the permit (作业票) of a work, as a rule set asks for it: its level, number and end.

    `until` is the place's wall clock, as written on the permit; None when it ended on an earlier day.
    """

    check: str
    work: str
    rule_set: str
    level: str
    number: str
    until: datetime | None = None


class WorkRefused(Fact, frozen=True, tag="work.refused"):
    """A chosen work may not begin, because of its permit; the check of the post goes on without it."""

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
    """A step of the drill was pointed at and called. `misses` counts touches beside the target."""

    check: str
    drill: str
    step: str
    dwell_ms: int
    misses: int = 0


class AbnormalReported(Fact, frozen=True, tag="abnormal.reported"):
    """The worker reported 异常 at this stage of the check (`at`: a step's id, or the name of the stage)."""

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
    measures: dict[str, float] = {}
    dhash: str = ""


class PhotoMissed(Fact, frozen=True, tag="photo.missed"):
    """No photo could be taken for a confirmation, and why."""

    check: str
    part: Part
    reason: str


class ConfirmationMade(Fact, frozen=True, tag="confirmation.made"):
    """The worker answered one of the four confirmations, over these lines, with this photo."""

    check: str
    part: Part
    answer: Answer
    lines: tuple[str, ...]
    photo: str = ""
    reason: str = ""


class DangerFound(Fact, frozen=True, tag="danger.found"):
    """A hidden danger (隐患) came to light in a check; `at` is the part or the step's id."""

    danger: str
    check: str
    at: str
    text: str
    photo: str = ""


class CheckSigned(Fact, frozen=True, tag="check.signed"):
    """The worker signed the commitment. A stroke is `[x, y, t, x, y, t, …]`: pixels of a 1000 × 400 field, milliseconds."""

    check: str
    commitment: str
    strokes: tuple[tuple[int, ...], ...]


class CheckClosed(Fact, frozen=True, tag="check.closed"):
    """The check ended. `reasons` say why it did not pass."""

    check: str
    outcome: Outcome
    reasons: tuple[str, ...] = ()


class CheckReleased(Fact, frozen=True, tag="check.released"):
    """A supervisor, present with a card at the station, let the worker of a failed check in, and why (放行)."""

    check: str
    by: str
    card: str
    reason: str


class SignedBy(enum.StrEnum):
    """How a member of a crew stood up for the check: with the card, or with a finger."""

    CARD = "card"
    STROKES = "strokes"


class CrewOpened(Fact, frozen=True, tag="crew.opened"):
    """A leader began a check of a whole crew (全班) for a post. `draw` chooses the question, and who is checked alone.

    `stale` tells that the content was past its review date. What is recorded of the check from here on stands for each of its members,
    who have checks of their own (`member.joined`).
    """

    check: str
    leader: str
    card: str
    crew: str
    shift_on: date
    shift: str
    draw: int
    post: str
    pack: str
    pack_version: str
    pack_digest: str = ""
    stale: bool = False


class MemberJoined(Fact, frozen=True, tag="member.joined"):
    """A worker's card was presented while the crew gathered: a check of his or her own begins, as part of the crew's."""

    check: str
    member_check: str
    worker: str
    card: str
    shift_on: date
    shift: str
    post: str


class MemberLeftOut(Fact, frozen=True, tag="member.left_out"):
    """A card was presented while the crew gathered, and its holder does not take part. `reasons` are `ground` or `ground:about`."""

    check: str
    card: str
    reasons: tuple[str, ...]
    worker: str = ""


class CrewGathered(Fact, frozen=True, tag="crew.gathered"):
    """The crew is complete; nobody joins any more. `drawn` is the check of the member who was drawn to be checked alone."""

    check: str
    drawn: str = ""


class MemberSigned(Fact, frozen=True, tag="member.signed"):
    """A member signed the commitment at the end of the crew's check; strokes as in `check.signed`."""

    check: str
    member_check: str
    commitment: str
    by: SignedBy
    strokes: tuple[tuple[int, ...], ...] = ()


class CrewClosed(Fact, frozen=True, tag="crew.closed"):
    """The crew's check ended; how it ended for each member, their own `check.closed` say."""

    check: str
    outcome: Outcome
    reasons: tuple[str, ...] = ()


class WorkStopped(Fact, frozen=True, tag="work.stopped"):
    """Somebody refused unsafe work (停止作业). No one can delete it; without a badge there is no worker."""

    stop: str
    reason: str
    worker: str = ""
    check: str = ""


class ReviewDecided(Fact, frozen=True, tag="review.decided"):
    """A supervisor's verdict on a check, or on one photo of it."""

    check: str
    by: str
    verdict: Verdict
    comment: str = ""
    photo: str = ""


class PaperAnswer(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What a paper form says to one of the four confirmations; `reason` is the id of why it is not 符合."""

    part: Part
    answer: Answer
    reason: str = ""


class PaperEntered(Fact, frozen=True, tag="paper.entered"):
    """A supervisor entered what a paper form of 一备三查 says (补录): `by` of whom, signed on paper by `signed_by`, filed at `kept_at`.

    It is never a check: it lets nobody in, counts nowhere, and changes no check.
    """

    paper: str
    by: str
    worker: str
    post: str
    works: tuple[str, ...]
    shift_on: date
    shift: str
    answers: tuple[PaperAnswer, ...]
    signed_by: str
    cause: PaperCause
    kept_at: str


class WorkerChanged(Fact, frozen=True, tag="worker.changed"):
    """A worker was added, changed or erased in the roster; the personal data itself stays out of the journal.

    `digest` (hex, keyed with the station's card secret) holds the roster to what it was then; empty in old facts.
    """

    worker: str
    digest: str = ""


class CardAssigned(Fact, frozen=True, tag="card.assigned"):
    """A card (by keyed hash) belongs to a worker from now on; with an empty `worker`, to nobody any more."""

    card: str
    worker: str
    by: str = ""


class RosterImported(Fact, frozen=True, tag="roster.imported"):
    """A supervisor took over a spreadsheet of people, or took one back; what changed follows, entry by entry."""

    by: str
    workers: int
    cards: int
    undone: bool = False


class WorkerDismissed(Fact, frozen=True, tag="worker.dismissed"):
    """A worker left (离职), as a supervisor says."""

    worker: str
    by: str


class WorkerErased(Fact, frozen=True, tag="worker.erased"):
    """A worker's name, certificates and cards were forgotten, by whom and why; the 工号 stays in the entries there are."""

    worker: str
    by: str
    reason: ErasureReason


class MeasureNamed(Fact, frozen=True, tag="measure.named"):
    """A worker answers for a measure of a post (到岗到人) from now on; with an empty `worker`, nobody any more."""

    post: str
    measure: str
    worker: str
    by: str
    deputy: str = ""


class PackPublished(Fact, frozen=True, tag="pack.published"):
    """This version of a pack is in use from now on, as `by` decided (empty in old facts)."""

    pack: str
    version: str
    digest: str
    by: str = ""


class ReadingSet(Fact, frozen=True, tag="reading.set"):
    """The voice reads this word so from now on (toned syllables, one a character); without sounds, as the product does."""

    word: str
    sounds: tuple[str, ...]
    by: str


class RecordingKept(Fact, frozen=True, tag="recording.kept"):
    """A sentence is played in a person's own voice from now on. The sound itself, SHA-256 hex, never leaves the station."""

    text: str
    recording: str
    by: str


class RecordingRemoved(Fact, frozen=True, tag="recording.removed"):
    """A sentence is spoken by the synthesiser again; the recording is deleted."""

    text: str
    by: str


class ScenarioProposed(Fact, frozen=True, tag="scenario.proposed"):
    """A worker told of an accident that could happen at a post (事故假想), in the words of the station's short lists.

    `accident_type` is a code of the list `accident_list`; the digests are SHA-256 of the stored files, hex, empty without a photo.
    """

    proposal: str
    worker: str
    post: str
    accident_list: str
    accident_type: str
    where: str
    what: str
    photo: str = ""
    thumbnail: str = ""


class ScenarioEdited(Fact, frozen=True, tag="scenario.edited"):
    """A supervisor wrote the columns of Annex 1 for what was proposed; without an `accident_type` it is as proposed."""

    proposal: str
    by: str
    scene: str
    prevention: tuple[str, ...]
    response: tuple[str, ...]
    improvement: str = ""
    accident_type: str = ""


class ScenarioApproved(Fact, frozen=True, tag="scenario.approved"):
    """The main responsible person approved what was proposed, as it was last edited."""

    proposal: str
    by: str


class ScenarioRejected(Fact, frozen=True, tag="scenario.rejected"):
    """What was proposed is not taken over, and why."""

    proposal: str
    by: str
    reason: str


class ScenarioTold(Fact, frozen=True, tag="scenario.told"):
    """Who proposed it was told at the station that it was approved."""

    proposal: str


class HeadSigned(Fact, frozen=True, tag="head.signed"):
    """The station signed the chain's head: Ed25519 over the hash, both hex."""

    seq: int
    hash: str
    key: str
    signature: str


AnyFact = (
    StationStarted
    | CheckRefused
    | CardNoted
    | CheckOpened
    | PostChosen
    | WorksChosen
    | PermitShown
    | WorkRefused
    | QuestionAnswered
    | StepCalled
    | AbnormalReported
    | PhotoTaken
    | PhotoMissed
    | ConfirmationMade
    | DangerFound
    | CheckSigned
    | CheckClosed
    | CheckReleased
    | CrewOpened
    | MemberJoined
    | MemberLeftOut
    | CrewGathered
    | MemberSigned
    | CrewClosed
    | WorkStopped
    | ReviewDecided
    | PaperEntered
    | WorkerChanged
    | CardAssigned
    | RosterImported
    | WorkerDismissed
    | WorkerErased
    | MeasureNamed
    | PackPublished
    | ReadingSet
    | RecordingKept
    | RecordingRemoved
    | ScenarioProposed
    | ScenarioEdited
    | ScenarioApproved
    | ScenarioRejected
    | ScenarioTold
    | HeadSigned
)


def kind_of(fact: Fact) -> str:
    """Give a fact's kind, such as "check.opened"."""
    tag = fact.__struct_config__.tag
    assert isinstance(tag, str)
    return tag
