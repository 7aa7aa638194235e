"""Tables for pages, made from entries and from nothing else: they can be thrown away and rebuilt at any time.

What an entry does to the tables is a pure function of it, `writes`: a few statements with their values. One function a kind of
fact; a kind without one leaves the tables as they are.
"""

from __future__ import annotations

import functools
import sqlite3
from collections.abc import Callable, Sequence

import msgspec

from kiosk.journal.database import select_entries
from kiosk.journal.entries import Entry
from kiosk.journal.tables import PROJECTION_INDEXES, PROJECTIONS
from kiosk.model import facts as f

Write = tuple[str, tuple[str | int, ...]]
_PAGE = 1000


@functools.singledispatch
def writes(_fact: f.Fact, _entry: Entry) -> Sequence[Write]:
    """Give the statements that carry an entry and its fact into the tables."""
    return ()


def project(connection: sqlite3.Connection, entry: Entry, fact: f.Fact) -> None:
    """Carry one entry into the tables, within the caller's transaction."""
    for statement, values in writes(fact, entry):
        connection.execute(statement, values)


def create(connection: sqlite3.Connection) -> None:
    """Create the tables, empty, in the place of those that are there."""
    for name, (statement, _) in PROJECTIONS.items():
        connection.execute(f"DROP TABLE IF EXISTS {name}")
        connection.execute(statement)
    for statement in PROJECTION_INDEXES:
        connection.execute(statement)


def unheard(_seq: int) -> None:
    """Nobody wants to hear how far a rebuild has come."""


def rebuild(connection: sqlite3.Connection, done: Callable[[int], None] = unheard) -> None:
    """Make the tables anew from the entries, within the caller's transaction; `done` hears how far it has come."""
    create(connection)
    seq = 0
    while page := list(select_entries(connection, seq, _PAGE)):
        for entry in page:
            project(connection, entry, entry.fact)
        seq = page[-1].seq
        done(seq)


def _insert(table: str, *values: str | int) -> tuple[Write]:
    return ((f"INSERT INTO {table} VALUES ({', '.join('?' * len(values))})", values),)


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


@writes.register(f.CheckRefused)
def _(fact: f.CheckRefused, entry: Entry) -> Sequence[Write]:
    return _insert("refusal", entry.seq, entry.at, fact.card, _json(fact.reasons), fact.worker)


@writes.register(f.CardNoted)
def _(fact: f.CardNoted, entry: Entry) -> Sequence[Write]:
    values = (fact.worker, fact.shift_on.isoformat(), fact.shift, fact.policy)
    return _insert("noted", entry.seq, entry.at, *values)


@writes.register(f.CheckOpened)
def _(fact: f.CheckOpened, entry: Entry) -> Sequence[Write]:
    statement = """INSERT INTO check_record (seq_opened, opened_at, id, worker, shift_on, shift)
        VALUES (?, ?, ?, ?, ?, ?)"""
    shift_on = fact.shift_on.isoformat()
    return ((statement, (entry.seq, entry.at, fact.check, fact.worker, shift_on, fact.shift)),)


@writes.register(f.PostChosen)
def _(fact: f.PostChosen, _entry: Entry) -> Sequence[Write]:
    statement = """UPDATE check_record SET post = ?, pack = ?, pack_version = ?, pack_digest = ?, level = ?, question = ?,
        stale = ? WHERE id = ?"""
    content = (fact.post, fact.pack, fact.pack_version, fact.pack_digest)
    return ((statement, (*content, fact.level, fact.question, int(fact.stale), fact.check)),)


@writes.register(f.WorksChosen)
def _(fact: f.WorksChosen, _entry: Entry) -> Sequence[Write]:
    return (("UPDATE check_record SET works = ? WHERE id = ?", (_json(fact.works), fact.check)),)


@writes.register(f.PermitShown)
def _(fact: f.PermitShown, entry: Entry) -> Sequence[Write]:
    until = fact.until.isoformat() if fact.until else ""
    values = (fact.work, fact.rule_set, fact.level, fact.number, until)
    return _insert("permit", fact.check, entry.seq, entry.at, *values)


@writes.register(f.WorkRefused)
def _(fact: f.WorkRefused, entry: Entry) -> Sequence[Write]:
    without = """UPDATE check_record SET works = (
        SELECT json_group_array(value) FROM json_each(works) WHERE value <> ?) WHERE id = ?"""
    refusal = _insert("work_refusal", fact.check, entry.seq, entry.at, fact.work, fact.fault)
    return (*refusal, (without, (fact.work, fact.check)))


@writes.register(f.QuestionAnswered)
def _(fact: f.QuestionAnswered, entry: Entry) -> Sequence[Write]:
    values = (fact.question, fact.choice, int(fact.right))
    return _insert("question_answer", fact.check, entry.seq, entry.at, *values)


@writes.register(f.StepCalled)
def _(fact: f.StepCalled, entry: Entry) -> Sequence[Write]:
    values = (fact.drill, fact.step, fact.dwell_ms, fact.misses)
    return _insert("step_called", fact.check, entry.seq, entry.at, *values)


@writes.register(f.AbnormalReported)
def _(fact: f.AbnormalReported, entry: Entry) -> Sequence[Write]:
    return _insert("abnormal", fact.check, entry.seq, entry.at, fact.at, fact.reason)


@writes.register(f.PhotoTaken)
def _(fact: f.PhotoTaken, entry: Entry) -> Sequence[Write]:
    values = (fact.part, fact.photo, fact.thumbnail, fact.attempt, _json(fact.faults), fact.dhash)
    return _insert("photo", fact.check, entry.seq, entry.at, *values)


@writes.register(f.PhotoMissed)
def _(fact: f.PhotoMissed, entry: Entry) -> Sequence[Write]:
    return _insert("photo_missed", fact.check, entry.seq, entry.at, fact.part, fact.reason)


@writes.register(f.ConfirmationMade)
def _(fact: f.ConfirmationMade, entry: Entry) -> Sequence[Write]:
    values = (fact.part, fact.answer, _json(fact.lines), fact.photo, fact.reason)
    return _insert("confirmation", fact.check, entry.seq, entry.at, *values)


@writes.register(f.DangerFound)
def _(fact: f.DangerFound, entry: Entry) -> Sequence[Write]:
    values = (fact.danger, fact.at, fact.text, fact.photo)
    return _insert("danger", fact.check, entry.seq, entry.at, *values)


@writes.register(f.CheckSigned)
def _(fact: f.CheckSigned, entry: Entry) -> Sequence[Write]:
    return (("UPDATE check_record SET seq_signed = ? WHERE id = ?", (entry.seq, fact.check)),)


@writes.register(f.CheckClosed)
def _(fact: f.CheckClosed, entry: Entry) -> Sequence[Write]:
    statement = "UPDATE check_record SET outcome = ?, reasons = ?, closed_at = ?, seq_closed = ? WHERE id = ?"
    return ((statement, (fact.outcome, _json(fact.reasons), entry.at, entry.seq, fact.check)),)


@writes.register(f.CheckReleased)
def _(fact: f.CheckReleased, entry: Entry) -> Sequence[Write]:
    statement = "UPDATE check_record SET released_by = ?, release_reason = ?, released_at = ? WHERE id = ?"
    return ((statement, (fact.by, fact.reason, entry.at, fact.check)),)


@writes.register(f.CrewOpened)
def _(fact: f.CrewOpened, entry: Entry) -> Sequence[Write]:
    statement = """INSERT INTO crew_check (seq_opened, opened_at, id, leader, crew, post, pack, pack_version, pack_digest,
        stale)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
    content = (fact.post, fact.pack, fact.pack_version, fact.pack_digest, int(fact.stale))
    return ((statement, (entry.seq, entry.at, fact.check, fact.leader, fact.crew, *content)),)


@writes.register(f.MemberJoined)
def _(fact: f.MemberJoined, entry: Entry) -> Sequence[Write]:
    """A member's check is listed like any other; its content is that of the crew's."""
    statement = """INSERT INTO check_record (seq_opened, opened_at, id, worker, shift_on, shift, post,
            pack, pack_version, pack_digest, stale, crew_check)
        SELECT ?, ?, ?, ?, ?, ?, ?, pack, pack_version, pack_digest, stale, id FROM crew_check WHERE id = ?"""
    shift = (fact.shift_on.isoformat(), fact.shift)
    own = (entry.seq, entry.at, fact.member_check, fact.worker, *shift, fact.post)
    return ((statement, (*own, fact.check)),)


@writes.register(f.MemberLeftOut)
def _(fact: f.MemberLeftOut, entry: Entry) -> Sequence[Write]:
    values = (fact.check, fact.card, _json(fact.reasons), fact.worker)
    return _insert("left_out", entry.seq, entry.at, *values)


@writes.register(f.CrewGathered)
def _(fact: f.CrewGathered, _entry: Entry) -> Sequence[Write]:
    return (("UPDATE crew_check SET drawn = ? WHERE id = ?", (fact.drawn, fact.check)),)


@writes.register(f.MemberSigned)
def _(fact: f.MemberSigned, entry: Entry) -> Sequence[Write]:
    return (("UPDATE check_record SET seq_signed = ? WHERE id = ?", (entry.seq, fact.member_check)),)


@writes.register(f.CrewClosed)
def _(fact: f.CrewClosed, entry: Entry) -> Sequence[Write]:
    statement = "UPDATE crew_check SET outcome = ?, closed_at = ?, seq_closed = ? WHERE id = ?"
    return ((statement, (fact.outcome, entry.at, entry.seq, fact.check)),)


@writes.register(f.WorkStopped)
def _(fact: f.WorkStopped, entry: Entry) -> Sequence[Write]:
    return _insert("stop_work", entry.seq, entry.at, fact.stop, fact.reason, fact.worker, fact.check)


@writes.register(f.MeasureNamed)
def _(fact: f.MeasureNamed, entry: Entry) -> Sequence[Write]:
    statement = "INSERT OR REPLACE INTO measure_named VALUES (?, ?, ?, ?, ?)"
    return ((statement, (fact.post, fact.measure, fact.worker, fact.deputy, entry.seq)),)


@writes.register(f.PaperEntered)
def _(fact: f.PaperEntered, entry: Entry) -> Sequence[Write]:
    what = (
        fact.paper,
        fact.by,
        fact.worker,
        fact.post,
        _json(fact.works),
        fact.shift_on.isoformat(),
        fact.shift,
    )
    how = (_json(fact.answers), fact.signed_by, fact.cause, fact.kept_at)
    return _insert("paper", entry.seq, entry.at, *what, *how)


@writes.register(f.ScenarioProposed)
def _(fact: f.ScenarioProposed, entry: Entry) -> Sequence[Write]:
    what = (fact.proposal, fact.worker, fact.post, fact.accident_list, fact.accident_type)
    scene = (fact.where, fact.what, fact.photo, fact.thumbnail)
    return _insert(
        "proposal", entry.seq, entry.at, *what, *scene, "proposed", "", "[]", "[]", "", "", "", "", "", "", 0
    )


@writes.register(f.ScenarioEdited)
def _(fact: f.ScenarioEdited, entry: Entry) -> Sequence[Write]:
    statement = """UPDATE proposal SET state = 'edited', scene = ?, prevention = ?, response = ?, improvement = ?,
        accident_type = iif(? = '', accident_type, ?), edited_by = ?, edited_at = ? WHERE id = ?"""
    columns = (fact.scene, _json(fact.prevention), _json(fact.response), fact.improvement)
    kind = (fact.accident_type, fact.accident_type)
    return ((statement, (*columns, *kind, fact.by, entry.at, fact.proposal)),)


_DECIDED = "UPDATE proposal SET state = ?, decided_by = ?, decided_at = ?, reason = ? WHERE id = ?"


@writes.register(f.ScenarioApproved)
def _(fact: f.ScenarioApproved, entry: Entry) -> Sequence[Write]:
    return ((_DECIDED, ("approved", fact.by, entry.at, "", fact.proposal)),)


@writes.register(f.ScenarioRejected)
def _(fact: f.ScenarioRejected, entry: Entry) -> Sequence[Write]:
    return ((_DECIDED, ("rejected", fact.by, entry.at, fact.reason, fact.proposal)),)


@writes.register(f.ScenarioTold)
def _(fact: f.ScenarioTold, entry: Entry) -> Sequence[Write]:
    return (("UPDATE proposal SET told = ? WHERE id = ?", (entry.seq, fact.proposal)),)


@writes.register(f.PackPublished)
def _(fact: f.PackPublished, entry: Entry) -> Sequence[Write]:
    return _insert("pack_published", entry.seq, entry.at, fact.pack, fact.version, fact.digest, fact.by)


@writes.register(f.ReviewDecided)
def _(fact: f.ReviewDecided, entry: Entry) -> Sequence[Write]:
    values = (fact.by, fact.verdict, fact.comment, fact.photo)
    review = _insert("review", fact.check, entry.seq, entry.at, *values)
    if fact.photo:  # a verdict on one photo says nothing of the check as a whole
        return review
    return (*review, ("UPDATE check_record SET verdict = ? WHERE id = ?", (fact.verdict, fact.check)))


@writes.register(f.ReadingSet)
def _(fact: f.ReadingSet, entry: Entry) -> Sequence[Write]:
    if not fact.sounds:
        return (("DELETE FROM reading WHERE word = ?", (fact.word,)),)
    values = (fact.word, _json(fact.sounds), fact.by, entry.at, entry.seq)
    return (("INSERT OR REPLACE INTO reading VALUES (?, ?, ?, ?, ?)", values),)


@writes.register(f.RecordingKept)
def _(fact: f.RecordingKept, entry: Entry) -> Sequence[Write]:
    values = (fact.text, fact.recording, fact.by, entry.at, entry.seq)
    return (("INSERT OR REPLACE INTO recording VALUES (?, ?, ?, ?, ?)", values),)


@writes.register(f.RecordingRemoved)
def _(fact: f.RecordingRemoved, _entry: Entry) -> Sequence[Write]:
    return (("DELETE FROM recording WHERE text = ?", (fact.text,)),)
