"""The journal: appending facts, durably and in order, by the one process that may.

A fact is recorded when `append` returns, and not at all when it raises.
"""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from kiosk.journal import lock, projections
from kiosk.journal.database import (
    connect_writer,
    insert_entries,
    last_entry,
    select_entries,
    transaction,
)
from kiosk.journal.entries import Entry, Moment, check_link, genesis, seal
from kiosk.journal.errors import BrokenChainError
from kiosk.journal.ids import uuid7
from kiosk.journal.migrations import migrate
from kiosk.journal.storage import make_folder, storage_errors
from kiosk.model.people import CardNumber, Roster
from kiosk.records.facts import AnyFact
from kiosk.records.people import tables as undoing
from kiosk.records.people.card_hash import load_or_create_secret, load_secret
from kiosk.records.people.register import People

LOCK = "journal.lock"
SECRET = "card.key"
_PAGE = 1000


class Head(msgspec.Struct, frozen=True):
    """The end of the chain: the number and the hash (hex) of the last entry; 0 and the genesis when
    there is none.
    """

    seq: int
    hash: str


class Journal:
    """The journal of a station, open for writing; may be used from any thread.

    Made by `Journal.open`.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        head: Head,
        now: Callable[[], Moment],
        secret: bytes,
        held: contextlib.ExitStack,
    ) -> None:
        self._connection = connection
        self._head = head
        self._now = now
        self._held = held
        self._lock = threading.RLock()
        self.people = People(connection, self._lock, secret)

    @classmethod
    def open(cls, folder: Path, station: str, now: Callable[[], Moment]) -> Self:
        """Open the journal of `station` in a data folder, made and brought up to date when needed.

        Raise LockedError (another process writes), NewerDataError (a newer version wrote),
        BrokenChainError (the end of the chain was changed, or is another station's), JournalError
        (the card secret was lost), StorageError (the disk refuses) and DamagedError (the file is no
        database).
        """
        with contextlib.ExitStack() as stack, storage_errors():
            make_folder(folder)
            # Before anything is read: migrating would race another process that writes.
            stack.enter_context(lock.take(folder / LOCK))
            connection = stack.enter_context(contextlib.closing(connect_writer(folder)))
            migrate(connection)
            secret = _ready_secret(connection, folder / SECRET)
            head = _sound_head(connection, station)
            return cls(connection, head, now, secret, stack.pop_all())

    @property
    def head(self) -> Head:
        """Return the end of the chain."""
        return self._head

    def moment(self) -> Moment:
        """Return what an entry made now would carry."""
        return self._now()

    def append(self, facts: Sequence[AnyFact]) -> tuple[Entry, ...]:
        """Record facts, all or none, and return their entries once they are on the disk.

        Raise StorageError.
        """
        return self._record(lambda: facts)

    def change_roster(
        self, roster: Roster, hash_of: Callable[[CardNumber], str]
    ) -> tuple[Entry, ...]:
        """Add or replace workers and their cards, and record that it happened.

        Raise RosterError and StorageError.
        """
        hashes = {card: hash_of(card) for card in roster.cards}
        return self._record(lambda: self.people.change(roster, hashes))

    def change_people(self, change: Callable[[People], Sequence[AnyFact]]) -> tuple[Entry, ...]:
        """Call `change` within one transaction, and record the facts it returns.

        Raise RosterError and StorageError.
        """
        return self._record(lambda: change(self.people))

    def erase_worker(self, worker_id: str, *why: AnyFact) -> tuple[Entry, ...]:
        """Forget a worker's personal data, on the disk too, and record that it happened, after
        `why`. Raise StorageError.
        """
        with self._lock:
            entries = self._record(lambda: (*why, *self.people.erase(worker_id)))
            with storage_errors():
                # Old pages lie in the write-ahead log until it is emptied; a reader may delay that
                # until the journal closes.
                self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return entries

    def forget_old_import(self) -> bool:
        """Forget what an import changed, on the disk too, once it is too late to put it back;
        return whether that was now.

        An unsynchronised clock decides nothing. Raise StorageError.
        """
        now = self._now()
        with self._lock, storage_errors():
            until = undoing.until(self._connection)
            if until is None or not now.clock_ok or datetime.fromisoformat(now.at) < until:
                return False
            with transaction(self._connection):
                undoing.forget(self._connection)
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return True

    def entries(self, after: int = 0, limit: int = 1000) -> list[Entry]:
        """Return at most `limit` entries after number `after`, in order."""
        with self._lock:
            return list(select_entries(self._connection, after, limit))

    def open_check(self) -> tuple[Entry, ...]:
        """Return all entries of the check that is open, oldest first; empty when none is.

        It may be a crew's: those of its members are a part of it.
        """
        query = """SELECT seq_opened, id FROM check_record WHERE outcome IS NULL AND crew_check = ''
            UNION ALL SELECT seq_opened, id FROM crew_check WHERE outcome IS NULL
            ORDER BY seq_opened DESC LIMIT 1"""
        with self._lock:
            row = self._connection.execute(query).fetchone()
            if row is None:
                return ()
            since = select_entries(self._connection, row[0] - 1, self._head.seq)
            return tuple(entry for entry in since if getattr(entry.fact, "check", "") == row[1])

    def rebuild(self, done: Callable[[int], None] = projections.unheard) -> None:
        """Rebuild the tables for pages from the entries; `done` is called with the number of the
        entry it has come to.
        """
        with self._lock, storage_errors(), transaction(self._connection):
            projections.rebuild(self._connection, done)

    def close(self) -> None:
        """Close the database and release the lock."""
        with self._lock:
            self._held.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _record(self, make: Callable[[], Sequence[AnyFact]]) -> tuple[Entry, ...]:
        """Record what `make` returns; it runs inside the transaction and may write itself."""
        with self._lock, storage_errors():
            with transaction(self._connection):
                facts = make()
                entries = self._sealed(facts)
                insert_entries(self._connection, entries)
                for entry, fact in zip(entries, facts, strict=True):
                    projections.project(self._connection, entry, fact)
            # Only what is on the disk counts as the head.
            if entries:
                self._head = Head(entries[-1].seq, entries[-1].hash)
            return entries

    def _sealed(self, facts: Sequence[AnyFact]) -> tuple[Entry, ...]:
        entries: list[Entry] = []
        moment, seq, prev = self._now(), self._head.seq, self._head.hash
        for fact in facts:
            entry = seal(seq + 1, uuid7(), moment, fact, prev)
            entries.append(entry)
            seq, prev = entry.seq, entry.hash
        return tuple(entries)


def _sound_head(connection: sqlite3.Connection, station: str) -> Head:
    """Check the first and the last entry, and return the head.

    `kiosk verify` checks all; a start has no time for that.
    """
    last = last_entry(connection)
    if last is None:
        return Head(0, genesis(station))
    first = next(select_entries(connection, 0, 1))
    if first.prev != genesis(station):
        raise BrokenChainError(first.seq, f"does not begin a journal of station {station!r}")
    # Where there is only one entry, this is the entry itself, and its `prev` is the genesis.
    before = list(select_entries(connection, max(0, last.seq - 2), 1))
    check_link(last, last.seq, before[0].hash if last.seq > 1 else genesis(station))
    return Head(last.seq, last.hash)


def _ready_secret(connection: sqlite3.Connection, path: Path) -> bytes:
    """Return the card secret.

    That of a new station is made; that of a station with people must be there. Raise JournalError.
    """
    (known,) = connection.execute(
        "SELECT EXISTS (SELECT 1 FROM card) OR EXISTS (SELECT 1 FROM worker)"
    ).fetchone()
    load = load_secret if known else load_or_create_secret
    return load(path)
