"""One check as its page shows it: pure, from entries to what a person reads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from kiosk.journal.entries import Entry
from kiosk.model.content import Part
from kiosk.records.checks.facts import (
    AbnormalReported,
    CheckClosed,
    CheckReleased,
    CheckSigned,
    ConfirmationMade,
    DangerFound,
    PhotoMissed,
    PhotoTaken,
    QuestionAnswered,
    StepCalled,
    WorksChosen,
    WorkStopped,
)
from kiosk.records.crews.facts import MemberJoined, MemberSigned
from kiosk.records.facts import AnyFact
from kiosk.records.reviews.facts import ReviewDecided, Verdict
from sync.county.projecting import fact_of
from sync.sentences import say


class PhotoView(msgspec.Struct, frozen=True):
    """One photo that was taken for a confirmation."""

    photo: str
    thumbnail: str
    attempt: int
    faults: tuple[str, ...]


class ConfirmationView(msgspec.Struct, frozen=True):
    """One of the four confirmations: the answer (None while there is none) and the photos."""

    title: str
    made: ConfirmationMade | None
    photos: tuple[PhotoView, ...]
    missed: str


class Remark(msgspec.Struct, frozen=True):
    """Something out of the ordinary; `at` is a stored time, `tone` is bad, good or plain."""

    at: str
    text: str
    tone: str = "plain"


class CheckView(msgspec.Struct, frozen=True):
    """What a check's page shows in addition to the row of the check itself."""

    confirmations: tuple[ConfirmationView, ...]
    questions: tuple[QuestionAnswered, ...]
    steps: tuple[StepCalled, ...]
    works: tuple[str, ...]
    reasons: tuple[str, ...]
    remarks: tuple[Remark, ...]
    signature: tuple[str, ...]
    """Polylines of the signature in its field of 1000 × 400."""
    unread: int
    """How many entries are of a kind that this version does not know."""


def view(entries: Sequence[Entry]) -> CheckView:
    """Sort the entries of a check by where they stand on its page."""
    facts = [(entry, fact) for entry in entries if (fact := fact_of(entry)) is not None]
    alone = [fact for _, fact in facts]
    signed = next((fact for fact in alone if isinstance(fact, CheckSigned | MemberSigned)), None)
    return CheckView(
        tuple(_confirmation(part, alone) for part in Part),
        tuple(fact for fact in alone if isinstance(fact, QuestionAnswered)),
        tuple(fact for fact in alone if isinstance(fact, StepCalled)),
        tuple(work for fact in alone if isinstance(fact, WorksChosen) for work in fact.works),
        tuple(reason for fact in alone if isinstance(fact, CheckClosed) for reason in fact.reasons),
        tuple(remark for entry, fact in facts if (remark := _remark(entry.at, fact)) is not None),
        tuple(_polyline(stroke) for stroke in signed.strokes) if signed else (),
        len(entries) - len(facts),
    )


def crew_check_of(entries: Iterable[Entry]) -> str:
    """Return the crew's check that a member's is a part of; empty for a check of one's own."""
    facts = (fact_of(entry) for entry in entries)
    return next((fact.check for fact in facts if isinstance(fact, MemberJoined)), "")


def with_crew(own: Sequence[Entry], crew: Iterable[Entry]) -> list[Entry]:
    """Return a member's entries with what is recorded of the whole crew, in order; the other
    members' are not this one's.
    """
    of_others = MemberJoined | MemberSigned
    common = {entry.seq: entry for entry in crew if not isinstance(fact_of(entry), of_others)}
    every = common | {entry.seq: entry for entry in own}
    return [every[seq] for seq in sorted(every)]


def _confirmation(part: Part, facts: Iterable[AnyFact]) -> ConfirmationView:
    mine = [fact for fact in facts if getattr(fact, "part", None) is part]
    taken = [fact for fact in mine if isinstance(fact, PhotoTaken)]
    return ConfirmationView(
        say(part.value),
        next((fact for fact in reversed(mine) if isinstance(fact, ConfirmationMade)), None),
        tuple(PhotoView(fact.photo, fact.thumbnail, fact.attempt, fact.faults) for fact in taken),
        next((fact.reason for fact in reversed(mine) if isinstance(fact, PhotoMissed)), ""),
    )


def _remark(at: str, fact: AnyFact) -> Remark | None:
    match fact:
        case AbnormalReported():
            return Remark(at, say("remark_abnormal", at=_place(fact.at), reason=fact.reason), "bad")
        case DangerFound():
            return Remark(at, say("remark_danger", at=_place(fact.at), text=fact.text), "bad")
        case WorkStopped():
            return Remark(at, say("remark_stopped", reason=fact.reason), "bad")
        case CheckReleased():
            return Remark(at, say("remark_released", by=fact.by, reason=fact.reason))
        case ReviewDecided():
            about = say("about_photo" if fact.photo else "about_check")
            verdict = say(fact.verdict.value)
            text = say(
                "remark_reviewed", by=fact.by, about=about, verdict=verdict, comment=fact.comment
            )
            return Remark(at, text, "good" if fact.verdict is Verdict.ACCEPTED else "bad")
    return None


def _place(at: str) -> str:
    """Return a part's name in Chinese; a drill step keeps its id."""
    return say(at) if at in set(Part) else at


def _polyline(stroke: Sequence[int]) -> str:
    """Write a stroke `[x, y, t, …]` as an SVG polyline's points."""
    return " ".join(f"{x},{y}" for x, y in zip(stroke[0::3], stroke[1::3], strict=False))
