"""The tables of a crew's check (全班) and the checks of its members."""

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


@writes.register(f.CrewOpened)
def _(fact: f.CrewOpened, entry: Entry) -> Sequence[Write]:
    statement = """INSERT INTO crew_check (seq_opened, opened_at, id, leader, crew, post, pack,
        pack_version, pack_digest, stale)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
    content = (fact.post, fact.pack, fact.pack_version, fact.pack_digest, int(fact.stale))
    return ((statement, (entry.seq, entry.at, fact.check, fact.leader, fact.crew, *content)),)


@writes.register(f.MemberJoined)
def _(fact: f.MemberJoined, entry: Entry) -> Sequence[Write]:
    """List a member's check like any other; its content is that of the crew's."""
    statement = """INSERT INTO check_record (seq_opened, opened_at, id, worker, shift_on, shift,
            post, pack, pack_version, pack_digest, stale, crew_check)
        SELECT ?, ?, ?, ?, ?, ?, ?, pack, pack_version, pack_digest, stale, id FROM crew_check
        WHERE id = ?"""
    shift = (fact.shift_on.isoformat(), fact.shift)
    own = (entry.seq, entry.at, fact.member_check, fact.worker, *shift, fact.post)
    return ((statement, (*own, fact.check)),)


@writes.register(f.MemberLeftOut)
def _(fact: f.MemberLeftOut, entry: Entry) -> Sequence[Write]:
    values = (fact.check, fact.card, json_text(fact.reasons), fact.worker)
    return insert("left_out", entry.seq, entry.at, *values)


@writes.register(f.CrewGathered)
def _(fact: f.CrewGathered, _entry: Entry) -> Sequence[Write]:
    return (("UPDATE crew_check SET drawn = ? WHERE id = ?", (fact.drawn, fact.check)),)


@writes.register(f.MemberSigned)
def _(fact: f.MemberSigned, entry: Entry) -> Sequence[Write]:
    return (
        ("UPDATE check_record SET seq_signed = ? WHERE id = ?", (entry.seq, fact.member_check)),
    )


@writes.register(f.CrewClosed)
def _(fact: f.CrewClosed, entry: Entry) -> Sequence[Write]:
    statement = "UPDATE crew_check SET outcome = ?, closed_at = ?, seq_closed = ? WHERE id = ?"
    return ((statement, (fact.outcome, entry.at, entry.seq, fact.check)),)
