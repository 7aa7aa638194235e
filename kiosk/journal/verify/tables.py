"""Whether the tables for pages say what the entries say, and whether the file itself is sound."""

from __future__ import annotations

import itertools
import sqlite3

from kiosk.journal.database import Row
from kiosk.journal.errors import BrokenChainError
from kiosk.journal.tables import PROJECTIONS


def check_projections(journal: sqlite3.Connection, rebuilt: sqlite3.Connection) -> None:
    """Compare each table with the one rebuilt from the entries.

    Raise BrokenChainError at the first row that differs.
    """
    for table, (_, key) in PROJECTIONS.items():
        query = f"SELECT * FROM {table} ORDER BY {key}"
        stored, right = journal.execute(query), rebuilt.execute(query)
        for stored_row, right_row in itertools.zip_longest(stored, right):
            if _typed(stored_row) != _typed(right_row):
                seq = _seq(right, right_row) if right_row else _seq(stored, stored_row)
                raise BrokenChainError(seq, f"is not what table {table} says of it")


def check_pages(journal: sqlite3.Connection) -> None:
    """Check the file with SQLite's own `integrity_check`. Raise BrokenChainError."""
    (answer,) = journal.execute("PRAGMA integrity_check(1)").fetchone()
    if answer != "ok":
        raise BrokenChainError(0, f"the database file is damaged: {answer}")


def _typed(row: Row | None) -> list[tuple[type, object]]:
    return [(type(value), value) for value in row or ()]


def _seq(cursor: sqlite3.Cursor, row: Row) -> int:
    """Return the entry that a projection's row was made from."""
    names = [column[0] for column in cursor.description]
    seq: int = row[next(i for i, name in enumerate(names) if name in ("seq", "seq_opened"))]
    return seq
