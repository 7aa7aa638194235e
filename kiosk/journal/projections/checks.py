"""The tables of a check and what happened in it."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from kiosk.journal.entries import Entry
from kiosk.journal.writes import Write, insert, json_text
from kiosk.records import facts as f


@functools.singledispatch
def writes(_fact: f.Fact, _entry: Entry) -> Sequence[Write]:
    """Return the statements that carry an entry and its fact into these tables."""
    return ()


@writes.register(f.CheckOpened)
def _(fact: f.CheckOpened, entry: Entry) -> Sequence[Write]:
    statement = """INSERT INTO check_record (seq_opened, opened_at, id, worker, shift_on, shift)
        VALUES (?, ?, ?, ?, ?, ?)"""
    shift_on = fact.shift_on.isoformat()
    return ((statement, (entry.seq, entry.at, fact.check, fact.worker, shift_on, fact.shift)),)


@writes.register(f.PostChosen)
def _(fact: f.PostChosen, _entry: Entry) -> Sequence[Write]:
    statement = """UPDATE check_record SET post = ?, pack = ?, pack_version = ?, pack_digest = ?,
        level = ?, question = ?, stale = ? WHERE id = ?"""
    content = (fact.post, fact.pack, fact.pack_version, fact.pack_digest)
    return ((statement, (*content, fact.level, fact.question, int(fact.stale), fact.check)),)


@writes.register(f.WorksChosen)
def _(fact: f.WorksChosen, _entry: Entry) -> Sequence[Write]:
    return (
        ("UPDATE check_record SET works = ? WHERE id = ?", (json_text(fact.works), fact.check)),
    )


@writes.register(f.PermitShown)
def _(fact: f.PermitShown, entry: Entry) -> Sequence[Write]:
    until = fact.until.isoformat() if fact.until else ""
    values = (fact.work, fact.rule_set, fact.level, fact.number, until)
    return insert("permit", fact.check, entry.seq, entry.at, *values)


@writes.register(f.WorkRefused)
def _(fact: f.WorkRefused, entry: Entry) -> Sequence[Write]:
    without = """UPDATE check_record SET works = (
        SELECT json_group_array(value) FROM json_each(works) WHERE value <> ?) WHERE id = ?"""
    refusal = insert("work_refusal", fact.check, entry.seq, entry.at, fact.work, fact.fault)
    return (*refusal, (without, (fact.work, fact.check)))


@writes.register(f.QuestionAnswered)
def _(fact: f.QuestionAnswered, entry: Entry) -> Sequence[Write]:
    values = (fact.question, fact.choice, int(fact.right))
    return insert("question_answer", fact.check, entry.seq, entry.at, *values)


@writes.register(f.StepCalled)
def _(fact: f.StepCalled, entry: Entry) -> Sequence[Write]:
    values = (fact.drill, fact.step, fact.dwell_ms, fact.misses)
    return insert("step_called", fact.check, entry.seq, entry.at, *values)


@writes.register(f.AbnormalReported)
def _(fact: f.AbnormalReported, entry: Entry) -> Sequence[Write]:
    return insert("abnormal", fact.check, entry.seq, entry.at, fact.at, fact.reason)


@writes.register(f.PhotoTaken)
def _(fact: f.PhotoTaken, entry: Entry) -> Sequence[Write]:
    values = (
        fact.part,
        fact.photo,
        fact.thumbnail,
        fact.attempt,
        json_text(fact.faults),
        fact.dhash,
    )
    return insert("photo", fact.check, entry.seq, entry.at, *values)


@writes.register(f.PhotoMissed)
def _(fact: f.PhotoMissed, entry: Entry) -> Sequence[Write]:
    return insert("photo_missed", fact.check, entry.seq, entry.at, fact.part, fact.reason)


@writes.register(f.ConfirmationMade)
def _(fact: f.ConfirmationMade, entry: Entry) -> Sequence[Write]:
    values = (fact.part, fact.answer, json_text(fact.lines), fact.photo, fact.reason)
    return insert("confirmation", fact.check, entry.seq, entry.at, *values)


@writes.register(f.DangerFound)
def _(fact: f.DangerFound, entry: Entry) -> Sequence[Write]:
    values = (fact.danger, fact.at, fact.text, fact.photo)
    return insert("danger", fact.check, entry.seq, entry.at, *values)


@writes.register(f.CheckSigned)
def _(fact: f.CheckSigned, entry: Entry) -> Sequence[Write]:
    return (("UPDATE check_record SET seq_signed = ? WHERE id = ?", (entry.seq, fact.check)),)


@writes.register(f.CheckClosed)
def _(fact: f.CheckClosed, entry: Entry) -> Sequence[Write]:
    statement = (
        "UPDATE check_record SET outcome = ?, reasons = ?, closed_at = ?, seq_closed = ? "
        "WHERE id = ?"
    )
    return ((statement, (fact.outcome, json_text(fact.reasons), entry.at, entry.seq, fact.check)),)


@writes.register(f.CheckReleased)
def _(fact: f.CheckReleased, entry: Entry) -> Sequence[Write]:
    statement = (
        "UPDATE check_record SET released_by = ?, release_reason = ?, released_at = ? WHERE id = ?"
    )
    return ((statement, (fact.by, fact.reason, entry.at, fact.check)),)


@writes.register(f.ReviewDecided)
def _(fact: f.ReviewDecided, entry: Entry) -> Sequence[Write]:
    values = (fact.by, fact.verdict, fact.comment, fact.photo)
    review = insert("review", fact.check, entry.seq, entry.at, *values)
    if fact.photo:  # a verdict on one photo says nothing of the check as a whole
        return review
    return (
        *review,
        ("UPDATE check_record SET verdict = ? WHERE id = ?", (fact.verdict, fact.check)),
    )
