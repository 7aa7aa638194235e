"""What pages get to see: typed rows made from the projections."""

from __future__ import annotations

import enum
import sqlite3
from datetime import date
from typing import Any, TypeVar

import msgspec

from kiosk.model.content import Part
from kiosk.model.facts import Answer, Outcome, PaperAnswer, PaperCause, SignedBy, Verdict
from kiosk.model.levels import DrillLevel
from kiosk.model.rules import PermitFault

T = TypeVar("T")
_LISTS = ("answers", "works", "reasons", "faults", "lines", "thumbnails", "sounds", "prevention", "response")
"""The columns that hold a JSON array."""


class CheckRow(msgspec.Struct, frozen=True):
    """A check in a list. Times are UTC, ISO 8601; what has not happened is None or empty."""

    id: str
    worker: str
    shift_on: date
    shift: str
    post: str
    pack: str
    pack_version: str
    pack_digest: str
    works: tuple[str, ...]
    opened_at: str
    seq_opened: int
    closed_at: str | None
    seq_closed: int | None
    outcome: Outcome | None
    reasons: tuple[str, ...]
    released_by: str | None
    release_reason: str | None
    released_at: str | None
    verdict: Verdict | None
    """Of the newest review of the check as a whole."""
    level: DrillLevel
    question: str
    """What was asked of 应知应会; empty in old entries."""
    stale: bool
    """The content was past its review date: what was checked does not count as covered."""
    thumbnails: tuple[str, ...]
    """Digests of the confirmed photos' thumbnails, in the order of the confirmations."""
    dangers: int
    """How many hidden dangers came to light."""
    crew_check: str = ""
    """The crew's check that this one is a part of; empty for a check of one's own."""


class PermitRow(msgspec.Struct, frozen=True):
    """A permit that was shown; `until` (the place's wall clock) is empty when it ended on an earlier day."""

    seq: int
    at: str
    work: str
    rule_set: str
    level: str
    number: str
    until: str


class WorkRefusalRow(msgspec.Struct, frozen=True):
    """A chosen work that was refused on its permit."""

    seq: int
    at: str
    work: str
    fault: PermitFault


class QuestionRow(msgspec.Struct, frozen=True):
    """An answer to a question of 应知应会."""

    seq: int
    at: str
    question: str
    choice: int
    is_right: bool


class StepRow(msgspec.Struct, frozen=True):
    """A step of the drill, called."""

    seq: int
    at: str
    drill: str
    step: str
    dwell_ms: int
    misses: int


class AbnormalRow(msgspec.Struct, frozen=True):
    """A report of 异常 at a step or stage."""

    seq: int
    at: str
    stage: str
    reason: str


class PhotoRow(msgspec.Struct, frozen=True):
    """A photo taken, whether or not it was kept for the confirmation."""

    seq: int
    at: str
    part: Part
    photo: str
    thumbnail: str
    attempt: int
    faults: tuple[str, ...]
    dhash: str


class PhotoMissedRow(msgspec.Struct, frozen=True):
    """A photo that could not be taken."""

    seq: int
    at: str
    part: Part
    reason: str


class ConfirmationRow(msgspec.Struct, frozen=True):
    """One of the four confirmations; without a photo, `photo` and `thumbnail` are empty."""

    seq: int
    at: str
    part: Part
    answer: Answer
    lines: tuple[str, ...]
    photo: str
    thumbnail: str
    faults: tuple[str, ...]
    reason: str


class DangerRow(msgspec.Struct, frozen=True):
    """A hidden danger found in a check."""

    seq: int
    at: str
    danger: str
    stage: str
    text: str
    photo: str


class ReviewRow(msgspec.Struct, frozen=True):
    """A supervisor's verdict, on the check or (with `photo`) on one photo of it."""

    seq: int
    at: str
    by_worker: str
    verdict: Verdict
    comment: str
    photo: str


class MemberRow(msgspec.Struct, frozen=True):
    """A member's own check, as a part of a crew's."""

    id: str
    worker: str
    outcome: Outcome | None
    is_signed: bool


class LeftOutRow(msgspec.Struct, frozen=True):
    """Somebody who was there and did not take part."""

    seq: int
    at: str
    worker: str
    reasons: tuple[str, ...]


class CrewRow(msgspec.Struct, frozen=True):
    """A crew's check (全班), with its members in the order they came."""

    id: str
    leader: str
    crew: str
    opened_at: str
    outcome: Outcome | None
    drawn: str
    """The check of the member who was drawn to be checked alone; empty when nobody was."""
    members: tuple[MemberRow, ...] = ()
    left_out: tuple[LeftOutRow, ...] = ()


class PaperRow(msgspec.Struct, frozen=True):
    """A paper form that was entered later (补录); `hash` is that of its entry, hex."""

    seq: int
    at: str
    id: str
    by_worker: str
    worker: str
    post: str
    works: tuple[str, ...]
    shift_on: date
    shift: str
    answers: tuple[PaperAnswer, ...]
    signed_by: str
    cause: PaperCause
    kept_at: str
    hash: str

    @property
    def short_hash(self) -> str:
        """Give what is printed and read out, to find this record again and to compare it."""
        return self.hash[:12]


class ProposalState(enum.StrEnum):
    """How far a proposed scene has come: 待整理, 待审定, 已采用, 未采用."""

    PROPOSED = "proposed"
    EDITED = "edited"
    APPROVED = "approved"
    REJECTED = "rejected"


class ProposalRow(msgspec.Struct, frozen=True):
    """A scene that a worker proposed for Annex 1 (事故假想), with what supervisors made of it; empty is what is still to be written.

    `told` is the number of the entry that the worker was told of its approval by, 0 until then.
    """

    seq: int
    at: str
    id: str
    worker: str
    post: str
    accident_list: str
    accident_type: str
    place: str
    """Where it would happen, in the words of who proposed it; `what` likewise."""
    what: str
    photo: str
    thumbnail: str
    state: ProposalState
    scene: str
    prevention: tuple[str, ...]
    response: tuple[str, ...]
    improvement: str
    edited_by: str
    edited_at: str
    decided_by: str
    decided_at: str
    reason: str
    told: int


class PublishedRow(msgspec.Struct, frozen=True):
    """A version of a pack, published."""

    seq: int
    at: str
    pack: str
    version: str
    digest: str
    by_worker: str


class ReadingRow(msgspec.Struct, frozen=True):
    """How the factory reads a word."""

    word: str
    sounds: tuple[str, ...]
    by_worker: str
    at: str


class RecordingRow(msgspec.Struct, frozen=True):
    """A sentence that is played in a person's own voice; `recording` is the digest of the sound."""

    text: str
    recording: str
    by_worker: str
    at: str


class CheckDetail(msgspec.Struct, frozen=True):
    """Everything on record of one check, each kind in the order it happened."""

    row: CheckRow
    permits: tuple[PermitRow, ...]
    refused_works: tuple[WorkRefusalRow, ...]
    questions: tuple[QuestionRow, ...]
    steps: tuple[StepRow, ...]
    abnormal: tuple[AbnormalRow, ...]
    photos: tuple[PhotoRow, ...]
    missed: tuple[PhotoMissedRow, ...]
    confirmations: tuple[ConfirmationRow, ...]
    dangers: tuple[DangerRow, ...]
    reviews: tuple[ReviewRow, ...]
    commitment: str
    """The sentence that was signed; empty when nothing was."""
    strokes: tuple[tuple[int, ...], ...]
    """The signature, as in `kiosk.model.facts.CheckSigned`."""
    hash: str
    """Of the entry that closed the check, hex; empty while it is open."""
    signed_by: SignedBy | None = None
    """How it was signed, with the card or with a finger; None when nothing was."""
    crew: CrewRow | None = None
    """The crew that was checked together; None for a check of one's own."""

    @property
    def short_hash(self) -> str:
        """Give what is printed and read out, to find this record again and to compare it."""
        return self.hash[:12]


def typed(row: sqlite3.Row, kind: type[T]) -> T:
    """Make a typed row; columns that the type does not have are left out. Raises msgspec.ValidationError."""
    values: dict[str, Any] = dict(row)
    for name in _LISTS:
        if name in values:
            values[name] = msgspec.json.decode(values[name] or "[]")
    return msgspec.convert(values, kind, strict=False)
