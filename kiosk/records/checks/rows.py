"""What pages get to see of a check: a line of a list, or everything on record of it."""

from __future__ import annotations

from datetime import date

import msgspec

from kiosk.model.asking import Asked
from kiosk.model.content import Part
from kiosk.model.levels import DrillLevel
from kiosk.model.outcome import Answer, Outcome
from kiosk.model.rules import PermitFault
from kiosk.records.crews.facts import SignedBy
from kiosk.records.crews.rows import CrewRow
from kiosk.records.reviews.facts import Verdict
from kiosk.records.reviews.rows import ReviewRow


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
    """A permit that was shown; `until` (the place's wall clock) is empty when it ended on an
    earlier day.
    """

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
    stands_for: tuple[tuple[str, ...], ...] = ()
    """For each line the others that it stands for; empty where none does."""

    @property
    def asked(self) -> tuple[Asked, ...]:
        """Return the lines, each with those that it stands for."""
        others = self.stands_for or ((),) * len(self.lines)
        return tuple(Asked(line, more) for line, more in zip(self.lines, others, strict=True))


class DangerRow(msgspec.Struct, frozen=True):
    """A hidden danger found in a check."""

    seq: int
    at: str
    danger: str
    stage: str
    text: str
    photo: str


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
    """The signature, as in `kiosk.records.checks.facts.CheckSigned`."""
    hash: str
    """Of the entry that closed the check, hex; empty while it is open."""
    signed_by: SignedBy | None = None
    """How it was signed, with the card or with a finger; None when nothing was."""
    crew: CrewRow | None = None
    """The crew that was checked together; None for a check of one's own."""

    @property
    def short_hash(self) -> str:
        """Return what is printed and read out, to find this record again and to compare it."""
        return self.hash[:12]
