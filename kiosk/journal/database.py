"""Connections to `journal.db`: the one that writes and those that read, and how an entry lies in
its table.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from kiosk.journal.entries import Entry
from kiosk.journal.errors import BrokenChainError, MissingJournalError
from kiosk.journal.storage import open_for_group

DATABASE = "journal.db"
Row = tuple[Any, ...]

# Set on each connection: SQLite's own defaults are not something to rely on for durability.
_WRITER = (
    "PRAGMA journal_mode = WAL",
    # NORMAL keeps the file sound, but a power loss may take the last commits with it
    # (sqlite.org/pragma.html#pragma_synchronous).
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    # Zeros over what is deleted: somebody who was erased must not stay in free pages.
    "PRAGMA secure_delete = ON",
    # The log never shrinks by itself after it once grew.
    "PRAGMA journal_size_limit = 16777216",
)
# A reader never checkpoints: SQLite before 3.51.3 can corrupt when two connections do so at the
# same instant.
_READER = ("PRAGMA query_only = ON", "PRAGMA wal_autocheckpoint = 0")
_BUSY_S = 5.0

_ENTRY = "seq, id, kind, at, boot, mono_ns, clock_ok, body, prev, hash"
_INSERT = f"INSERT INTO entry ({_ENTRY}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_TYPES = (int, str, str, str, str, int, int, str, str, str)
_CLOCK_OK = {0: False, 1: True}


def connect_writer(folder: Path) -> sqlite3.Connection:
    """Open the writer's connection.

    The caller holds the lock file and serialises its use. Raise OSError and sqlite3.Error.
    """
    path = folder / DATABASE
    # SQLite would let everybody read it; its -wal and -shm files take their mode from this one.
    if not path.exists():
        open(path, "xb", opener=open_for_group).close()
    # With `isolation_level=None` the sqlite3 module begins no transaction of its own.
    connection = sqlite3.connect(
        path, timeout=_BUSY_S, isolation_level=None, check_same_thread=False
    )
    return _prepared(connection, _WRITER)


def connect_reader(folder: Path) -> sqlite3.Connection:
    """Open a connection that cannot write.

    Raise MissingJournalError where there is no journal, or one that was being made when the power
    went and that only its writer can finish, and sqlite3.Error.
    """
    path = folder / DATABASE
    if not path.is_file():
        raise MissingJournalError(
            f"no journal in {folder}: start the station once, or name another data folder"
        )
    connection = connect_read_only(path)
    try:
        connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1")
    except sqlite3.Error as error:
        connection.close()
        if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_READONLY_ROLLBACK:
            raise MissingJournalError(
                f"the journal in {folder} was being made when the power went: "
                "start the station once, it goes on with that"
            ) from error
        raise
    return connection


def connect_read_only(path: Path) -> sqlite3.Connection:
    """Open a connection to a database file that cannot write. Raise sqlite3.Error."""
    uri = f"{path.absolute().as_uri()}?mode=ro{'&immutable=1' if _lies_still(path) else ''}"
    connection = sqlite3.connect(
        uri, uri=True, timeout=_BUSY_S, isolation_level=None, check_same_thread=False
    )
    return _prepared(connection, _READER)


def _lies_still(path: Path) -> bool:
    """Return whether nothing waits in a write-ahead log and we may not make one: SQLite cannot open
    such a file otherwise.

    So it is on a read-only medium, and for a reader under another user once the station was stopped
    cleanly. Such a connection is for a moment: it would not see a station that begins to write.
    """
    wal = path.with_name(f"{path.name}-wal")
    if os.statvfs(path).f_flag & os.ST_RDONLY:
        return not (wal.exists() and wal.stat().st_size)
    return not wal.exists() and not os.access(path.parent, os.W_OK)


def _prepared(connection: sqlite3.Connection, pragmas: Iterable[str]) -> sqlite3.Connection:
    try:
        for pragma in pragmas:
            connection.execute(pragma)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection, begin: str = "BEGIN IMMEDIATE") -> Iterator[None]:
    """Run the block as one transaction, all or nothing.

    Immediate, because a deferred one that comes to write late fails without waiting.
    """
    connection.execute(begin)
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # After some failures of the disk SQLite has already rolled back (lang_transaction.html).
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def insert_entries(connection: sqlite3.Connection, entries: Iterable[Entry]) -> None:
    """Insert sealed entries."""
    for e in entries:
        row = (
            e.seq,
            e.id,
            e.kind,
            e.at,
            e.boot,
            e.mono_ns,
            int(e.clock_ok),
            e.body,
            e.prev,
            e.hash,
        )
        connection.execute(_INSERT, row)


def select_entries(connection: sqlite3.Connection, after: int, limit: int) -> Iterator[Entry]:
    """Return at most `limit` entries after number `after`, in order.

    Raise BrokenChainError at one that is not stored as entries are. Exhaust it at once: a half-read
    one pins the WAL.
    """
    query = f"SELECT {_ENTRY} FROM entry WHERE seq > ? ORDER BY seq LIMIT ?"
    return map(_entry, connection.execute(query, (after, limit)))


def last_entry(connection: sqlite3.Connection) -> Entry | None:
    """Return the newest entry. Raise BrokenChainError when it is not stored as entries are."""
    row = connection.execute(f"SELECT {_ENTRY} FROM entry ORDER BY seq DESC LIMIT 1").fetchone()
    return row and _entry(row)


def _entry(row: Row) -> Entry:
    # Types are looked at because a changed byte can turn 1 into 2, a number into text and text into
    # bytes.
    if tuple(map(type, row)) != _TYPES or row[6] not in _CLOCK_OK:
        raise BrokenChainError(row[0], "is not stored as entries are")
    seq, entry_id, kind, at, boot, mono_ns, clock_ok, body, prev, digest = row
    return Entry(seq, entry_id, kind, at, boot, mono_ns, _CLOCK_OK[clock_ok], body, prev, digest)
