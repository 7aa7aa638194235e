"""What a batch of entries changes in the county's projections: pure, from facts to rows."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator

import msgspec

from kiosk.journal.entries import Entry
from kiosk.model.outcome import Outcome
from kiosk.model.outside import as_line
from kiosk.records.checks.facts import (
    CheckClosed,
    CheckOpened,
    CheckRefused,
    PhotoTaken,
    PostChosen,
    WorkStopped,
)
from kiosk.records.crews.facts import MemberJoined, MemberSigned
from kiosk.records.facts import AnyFact
from kiosk.records.paper.facts import PaperEntered
from kiosk.records.scenarios.facts import ScenarioProposed
from kiosk.records.station.facts import HeadSigned
from sync.protocol import DIGEST

MAX_ID = 64
"""A check with a longer id is kept in the journal and not listed."""
_MOST_REASON = 80


class Photos(enum.StrEnum):
    """Which photos the county wants of a station."""

    ALL = "all"
    THUMBNAILS = "thumbnails"
    NONE = "none"

    @property
    def sizes(self) -> tuple[str, ...]:
        """Return the sizes of photo that are wanted."""
        return {"all": ("photo", "thumbnail"), "thumbnails": ("thumbnail",), "none": ()}[self.value]


class Opened(msgspec.Struct, frozen=True):
    """A check begins to be listed."""

    check_id: str
    opened_seq: int
    worker: str
    shift_on: str
    shift: str
    opened_at: str


class Posted(msgspec.Struct, frozen=True):
    """A check is for this post: by its title, or by its id where an older station sent none."""

    check_id: str
    post: str


class Closed(msgspec.Struct, frozen=True):
    """A check has ended."""

    check_id: str
    outcome: str
    closed_at: str


class Ending(enum.StrEnum):
    """How a check is listed once it ended: as `Outcome`, and two endings that are no failure of the
    worker: he reported 异常, or refused unsafe work (停止作业).
    """

    PASSED = "passed"
    FAILED = "failed"
    ABANDONED = "abandoned"
    REPORTED = "reported"
    STOPPED = "stopped"


class Noted(msgspec.Struct, frozen=True):
    """Something at the door that belongs to no check: a card was refused, or work was stopped.

    `kind` is the entry's; `reasons` are its codes, one a line.
    """

    seq: int
    kind: str
    worker: str
    reasons: str
    at: str


class Named(msgspec.Struct, frozen=True):
    """An entry names a photo; `size` is photo or thumbnail."""

    digest: str
    size: str
    seq: int


class Belongs(msgspec.Struct, frozen=True):
    """An entry belongs to a check."""

    check_id: str
    seq: int


class Signed(msgspec.Struct, frozen=True):
    """An entry carries a signed head of the chain."""

    seq: int
    at: str
    head: HeadSigned


Change = Opened | Posted | Closed | Noted | Named | Belongs | Signed


def fact_of(entry: Entry) -> AnyFact | None:
    """Decode an entry's fact; None for one that this version does not know or cannot list.

    The entry is kept all the same.
    """
    if "\\u0000" in entry.body:  # PostgreSQL's text cannot hold it.
        return None
    try:
        return entry.fact
    except (msgspec.DecodeError, RecursionError):
        return None


def _named(fact: PhotoTaken | ScenarioProposed | PaperEntered, seq: int) -> Iterator[Named]:
    for size, digest in (("photo", fact.photo), ("thumbnail", fact.thumbnail)):
        if DIGEST.fullmatch(digest):
            yield Named(digest, size, seq)


def changes(entries: Iterable[Entry]) -> Iterator[Change]:
    """Yield what these entries change, in their order."""
    for entry in entries:
        fact = fact_of(entry)
        if fact is not None and len(getattr(fact, "check", "")) <= MAX_ID:
            yield from _changes(entry, fact)


def _changes(entry: Entry, fact: AnyFact) -> Iterator[Change]:
    match fact:
        case CheckOpened():
            yield Opened(
                fact.check, entry.seq, fact.worker, fact.shift_on.isoformat(), fact.shift, entry.at
            )
        case PostChosen():
            yield Posted(fact.check, fact.post_title or fact.post)
        case MemberJoined() if len(fact.member_check) <= MAX_ID:
            on = fact.shift_on.isoformat()
            yield Opened(fact.member_check, entry.seq, fact.worker, on, fact.shift, entry.at)
            yield Posted(fact.member_check, fact.post_title or fact.post)
            yield Belongs(fact.member_check, entry.seq)
        case MemberSigned() if len(fact.member_check) <= MAX_ID:
            yield Belongs(fact.member_check, entry.seq)
        case CheckClosed():
            yield Closed(fact.check, _ending(fact).value, entry.at)
        case CheckRefused():
            yield _noted(entry, fact.worker, fact.reasons)
        case WorkStopped(check=""):
            yield _noted(entry, fact.worker, (fact.reason,))
        case PhotoTaken() | ScenarioProposed() | PaperEntered():
            yield from _named(fact, entry.seq)
        case HeadSigned():
            yield Signed(entry.seq, entry.at, fact)
    if check_id := getattr(fact, "check", ""):
        yield Belongs(check_id, entry.seq)


def _ending(closed: CheckClosed) -> Ending:
    if closed.outcome is Outcome.FAILED and closed.reasons:
        cause = closed.reasons[0].partition(":")[0]
        return {"stop_work": Ending.STOPPED, "abnormal": Ending.REPORTED}.get(cause, Ending.FAILED)
    return Ending(closed.outcome.value)


def _noted(entry: Entry, worker: str, reasons: Iterable[str]) -> Noted:
    lines = "\n".join(as_line(reason, _MOST_REASON) for reason in reasons)
    return Noted(entry.seq, entry.kind, as_line(worker, MAX_ID), lines, entry.at)
