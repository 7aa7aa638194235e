"""Taking a batch into the database, within one transaction: judge it, append it, project it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from sqlalchemy import BindParameter, Connection, Table, bindparam, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from kiosk.journal.entries import Entry
from kiosk.records.station.facts import HeadSigned
from sync.county.judging import Fork, Fresh, Verdict, judge
from sync.county.projecting import Belongs, Closed, Named, Noted, Opened, Posted, Signed, changes
from sync.county.store import tables
from sync.county.store.alarms import raise_alarm
from sync.identity import head_is_genuine
from sync.protocol import Held
from sync.sentences import say

_stations = tables.stations.c


def take(db: Connection, station: str, batch: Sequence[Entry], at: str) -> Verdict:
    """Append what is new of a batch and return the verdict on it.

    The station's row is locked, so that batches of one station that come at the same time follow
    each other.
    """
    # FOR UPDATE on PostgreSQL. SQLite ignores it: there BEGIN IMMEDIATE keeps other writers out.
    held = _lock(db, station)
    known = hashes(db, station, batch[0].seq, min(batch[-1].seq, held.seq))
    verdict = judge(station, held, batch, known)
    match verdict:
        case Fresh(fresh) if fresh:
            _append(db, station, fresh, at)
        case Fork(seq):
            # Committed although nothing of the batch is taken.
            raise_alarm(db, station, say("alarm_fork", seq=seq), at)
    return verdict


def hashes(db: Connection, station: str, first: int, last: int) -> dict[int, str]:
    """Return the hashes of the held entries from `first` to `last`, both included, by number."""
    entries = tables.entries.c
    query = select(entries.seq, entries.hash).where(
        entries.station == station, entries.seq.between(first, last)
    )
    return {row[0]: row[1] for row in db.execute(query)}


def _lock(db: Connection, station: str) -> Held:
    query = (
        select(_stations.seq, _stations.hash).where(_stations.station == station).with_for_update()
    )
    return Held(*db.execute(query).one())


def _append(db: Connection, station: str, fresh: Sequence[Entry], at: str) -> None:
    rows = [
        {"station": station, **msgspec.structs.asdict(entry), "received_at": at} for entry in fresh
    ]
    db.execute(insert(tables.entries), rows)
    _set(db, station, seq=fresh[-1].seq, hash=fresh[-1].hash, received_at=at)
    _project(db, station, fresh, at)


def _project(db: Connection, station: str, fresh: Sequence[Entry], at: str) -> None:
    by_type: dict[type, list[Any]] = {}
    for change in changes(fresh):
        by_type.setdefault(type(change), []).append(change)
    _insert_new(db, tables.checks, station, by_type.get(Opened, ()))
    _update_checks(db, station, by_type.get(Posted, ()), "post")
    _update_checks(db, station, by_type.get(Closed, ()), "outcome", "closed_at")
    _insert_new(db, tables.notices, station, by_type.get(Noted, ()))
    _insert_new(db, tables.photos, station, by_type.get(Named, ()))
    _insert_new(db, tables.check_entries, station, by_type.get(Belongs, ()))
    for signed in by_type.get(Signed, ()):
        _accept_head(db, station, signed, at)


def project_anew(db: Connection, station: str, entries: Sequence[Entry]) -> None:
    """Project entries that are held, by rules that came later.

    Signed heads are not judged again.
    """
    by_type: dict[type, list[Any]] = {}
    for change in changes(entries):
        by_type.setdefault(type(change), []).append(change)
    _update_checks(db, station, by_type.get(Closed, ()), "outcome", "closed_at")
    _insert_new(db, tables.notices, station, by_type.get(Noted, ()))


def _insert_new(db: Connection, table: Table, station: str, new: Iterable[msgspec.Struct]) -> None:
    """Insert rows; those that are there already stay as they are."""
    rows = [{"station": station, **msgspec.structs.asdict(row)} for row in new]
    if rows:
        # The key decides and not a look beforehand: two entries can name the same photo.
        dialect = sqlite if db.dialect.name == "sqlite" else postgresql
        db.execute(dialect.insert(table).on_conflict_do_nothing(), rows)


def _update_checks(
    db: Connection, station: str, changed: Iterable[msgspec.Struct], *columns: str
) -> None:
    rows = [
        # Other names than the columns': SQLAlchemy keeps those for the SET clause itself.
        {f"new_{name}": value for name, value in msgspec.structs.asdict(row).items()}
        for row in changed
    ]
    if rows:
        values: dict[str, BindParameter[Any]] = {
            column: bindparam(f"new_{column}") for column in columns
        }
        which = (
            tables.checks.c.station == station,
            tables.checks.c.check_id == bindparam("new_check_id"),
        )
        db.execute(update(tables.checks).where(*which).values(values), rows)


def _accept_head(db: Connection, station: str, signed: Signed, at: str) -> None:
    """Show the head that the station signed, or an alarm: another key, another signature, or not
    this chain's head.
    """
    if _is_ours(db, station, signed):
        head = signed.head
        _set(db, station, signed_seq=head.seq, signed_hash=head.hash, signed_at=signed.at)
    else:
        raise_alarm(db, station, say("alarm_signature", seq=signed.seq), at)


def _is_ours(db: Connection, station: str, signed: Signed) -> bool:
    head: HeadSigned = signed.head
    if (
        # An entry can only sign what came before it.
        not 1 <= head.seq < signed.seq
        or hashes(db, station, head.seq, head.seq)[head.seq] != head.hash
    ):
        return False
    key = db.execute(select(_stations.public_key).where(_stations.station == station)).scalar_one()
    return head_is_genuine(head, key)


def _set(db: Connection, station: str, **values: object) -> None:
    db.execute(update(tables.stations).where(_stations.station == station).values(**values))
