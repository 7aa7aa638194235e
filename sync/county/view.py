"""One check as its page shows it: pure, from entries to what a person reads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby, zip_longest

import msgspec

from kiosk.journal.entries import Entry
from kiosk.model.content import Part
from kiosk.model.drills import StepId
from kiosk.model.outside import as_line
from kiosk.records.checks.facts import (
    AbnormalReported,
    CheckClosed,
    CheckReleased,
    CheckSigned,
    ConfirmationMade,
    DangerFound,
    PhotoMissed,
    PhotoTaken,
    PostChosen,
    QuestionAnswered,
    StepCalled,
    WorkRefused,
    WorksChosen,
    WorkStopped,
)
from kiosk.records.crews.facts import MemberJoined, MemberSigned
from kiosk.records.facts import AnyFact
from kiosk.records.reviews.facts import ReviewDecided, Verdict
from sync.county.projecting import Noted, fact_of
from sync.county.wording import Wording
from sync.sentences import known, say

_MOST_LISTED = 50
_MOST_COMMENT = 600


class PhotoView(msgspec.Struct, frozen=True):
    """One photo that was taken for a confirmation."""

    photo: str
    thumbnail: str
    attempt: int
    faults: tuple[str, ...]


class ConfirmationView(msgspec.Struct, frozen=True):
    """One of the four confirmations: the answer (empty while there is none) and the photos."""

    title: str
    answer: str
    reason: str
    lines: tuple[str, ...]
    photos: tuple[PhotoView, ...]
    missed: str


class Remark(msgspec.Struct, frozen=True):
    """Something out of the ordinary; `at` is a stored time, `tone` is bad, good, care, right (a
    right that was used) or plain.
    """

    at: str
    text: str
    tone: str = "plain"


class QuestionView(msgspec.Struct, frozen=True):
    """A question of 应知应会 and whether it was answered right."""

    text: str
    right: bool


class StepView(msgspec.Struct, frozen=True):
    """A step of 手指口述: what is called out at it, how long it took, and its misses."""

    call: str
    dwell_ms: int
    misses: int


class DrillView(msgspec.Struct, frozen=True):
    """A drill with those of its steps that were called."""

    title: str
    steps: tuple[StepView, ...]


class NoticeView(msgspec.Struct, frozen=True):
    """Something at the door that belongs to no check."""

    at: str
    worker: str
    title: str
    why: tuple[str, ...]
    stopped: bool


class CheckView(msgspec.Struct, frozen=True):
    """What a check's page shows in addition to the row of the check itself."""

    confirmations: tuple[ConfirmationView, ...]
    questions: tuple[QuestionView, ...]
    drills: tuple[DrillView, ...]
    works: tuple[str, ...]
    reasons: tuple[str, ...]
    remarks: tuple[Remark, ...]
    signature: tuple[str, ...]
    """Polylines of the signature in its field of 1000 × 400."""
    other_content: bool
    """The station's content of this post is another than what gave these words."""
    unread: int
    """How many entries are of a kind that this version does not know."""


def view(entries: Sequence[Entry], words: Wording) -> CheckView:
    """Sort the entries of a check by where they stand on its page."""
    facts = [(entry, fact) for entry in entries if (fact := fact_of(entry)) is not None]
    alone = [fact for _, fact in facts]
    post, digest = _content_of(alone)
    signed = next((fact for fact in alone if isinstance(fact, CheckSigned | MemberSigned)), None)
    return CheckView(
        tuple(_confirmation(part, alone, words) for part in Part),
        tuple(
            QuestionView(words.question(post, fact.question), fact.right)
            for fact in alone
            if isinstance(fact, QuestionAnswered)
        ),
        _drills(post, alone, words),
        tuple(
            work
            for fact in alone
            if isinstance(fact, WorksChosen)
            for work in words.works(fact.works)
        ),
        tuple(
            words.ended(reason)
            for fact in alone
            if isinstance(fact, CheckClosed)
            for reason in fact.reasons[:_MOST_LISTED]
        ),
        tuple(
            remark
            for entry, fact in facts
            if (remark := _remark(entry.at, fact, post, words)) is not None
        ),
        tuple(_polyline(stroke) for stroke in signed.strokes) if signed else (),
        bool(digest) and not words.is_shipped(post, digest),
        len(entries) - len(facts),
    )


def _drills(post: str, facts: Iterable[AnyFact], words: Wording) -> tuple[DrillView, ...]:
    called = (fact for fact in facts if isinstance(fact, StepCalled))
    return tuple(
        DrillView(
            words.drill(post, drill),
            tuple(
                StepView(words.step(post, StepId(drill, fact.step)), fact.dwell_ms, fact.misses)
                for fact in of_drill
            ),
        )
        for drill, of_drill in groupby(called, lambda fact: fact.drill)
    )


def notice(row: Noted, words: Wording) -> NoticeView:
    """Word what belongs to no check."""
    codes = row.reasons.split("\n")[:_MOST_LISTED]
    if row.kind == "work.stopped":
        why = tuple(words.stop_work(code) for code in codes)
        return NoticeView(row.at, row.worker or say("nobody"), say("stopped"), why, True)
    why = tuple(words.refused(code) for code in codes)
    return NoticeView(row.at, row.worker or say("unknown_card"), say("refused_card"), why, False)


def kind_of(entry: Entry) -> str:
    """Name the kind of an entry; as it is where it is unknown."""
    return known(f"kind_{entry.kind}", entry.kind)


def _content_of(facts: Iterable[AnyFact]) -> tuple[str, str]:
    """Return the post that was checked, and the digest of its content where that is recorded."""
    for fact in facts:
        match fact:
            case PostChosen():
                return fact.post, fact.pack_digest
            case MemberJoined():
                return fact.post, ""
    return "", ""


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


def _confirmation(part: Part, facts: Iterable[AnyFact], words: Wording) -> ConfirmationView:
    mine = [fact for fact in facts if getattr(fact, "part", None) is part]
    taken = [fact for fact in mine if isinstance(fact, PhotoTaken)]
    made = next((fact for fact in reversed(mine) if isinstance(fact, ConfirmationMade)), None)
    missed = next((fact.reason for fact in reversed(mine) if isinstance(fact, PhotoMissed)), "")
    return ConfirmationView(
        say(part.value),
        made.answer.value if made else "",
        words.answered(made.answer, made.reason) if made and made.reason else "",
        _lines(made) if made else (),
        tuple(
            PhotoView(fact.photo, fact.thumbnail, fact.attempt, _photo_faults(fact))
            for fact in taken
        ),
        known(f"no_photo_{missed}", as_line(missed)),
    )


def _lines(made: ConfirmationMade) -> tuple[str, ...]:
    """Return what was asked, each line with the others that it stood for."""
    asked = zip_longest(made.lines[:_MOST_LISTED], made.stands_for[:_MOST_LISTED], fillvalue=())
    return tuple(
        as_line(say("stands_for", line=line, lines="；".join(others)) if others else line)
        for line, others in asked
        if line
    )


def _photo_faults(taken: PhotoTaken) -> tuple[str, ...]:
    return tuple(known(f"photo_{fault}", as_line(fault)) for fault in taken.faults[:_MOST_LISTED])


def _remark(at: str, fact: AnyFact, post: str, words: Wording) -> Remark | None:
    match fact:
        case AbnormalReported():
            place, reason = words.place(post, fact.at), words.abnormal(fact.reason)
            return Remark(at, say("remark_abnormal", at=place, reason=reason), "care")
        case DangerFound():
            place = words.place(post, fact.at)
            return Remark(at, say("remark_danger", at=place, text=as_line(fact.text)), "care")
        case WorkStopped():
            reason = words.stop_work(fact.reason)
            return Remark(at, say("remark_stopped", reason=reason), "right")
        case WorkRefused():
            (work,) = words.works((fact.work,))
            return Remark(at, say("remark_work_refused", work=work), "bad")
        case CheckReleased():
            by, reason = as_line(fact.by), words.release(fact.reason)
            return Remark(at, say("remark_released", by=by, reason=reason))
        case ReviewDecided():
            about = say("about_photo" if fact.photo else "about_check")
            verdict = say(fact.verdict.value)
            text = say(
                "remark_reviewed",
                by=as_line(fact.by),
                about=about,
                verdict=verdict,
                comment=as_line(fact.comment, _MOST_COMMENT),
            )
            return Remark(at, text, "good" if fact.verdict is Verdict.ACCEPTED else "bad")
    return None


def _polyline(stroke: Sequence[int]) -> str:
    """Write a stroke `[x, y, t, …]` as an SVG polyline's points."""
    return " ".join(f"{x},{y}" for x, y in zip(stroke[0::3], stroke[1::3], strict=False))
