"""`verify` finds any change in a row, made through SQL as somebody with a database tool would make
it.
"""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from kiosk.journal.database import DATABASE
from kiosk.journal.entries import digest
from kiosk.journal.tables import PROJECTIONS
from kiosk.journal.verify import Bad, verify
from kiosk.records.reader import Reading
from tests.fakes.facts import STATION

_TABLES = ("entry", *PROJECTIONS)
_KEYS = {name: key.split(", ") for name, (_, key) in PROJECTIONS.items()} | {"entry": ["seq"]}


class Opened:
    """A recorded data folder whose database can be changed and put back."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / DATABASE
        self.whole = self.path.read_bytes()

    def after(self, statement: str, *values: object) -> Bad | None:
        """Return what verify says after this change, and put everything back."""
        with closing(sqlite3.connect(self.path, isolation_level=None)) as connection:
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute("DROP TRIGGER entry_is_never_changed")
            connection.execute("DROP TRIGGER entry_is_never_deleted")
            changed = connection.execute(statement, values).rowcount
        assert changed == 1
        bad = verify(self.folder, STATION).bad
        self.put_back()
        return bad

    def put_back(self) -> None:
        for beside in ("-wal", "-shm"):
            Path(f"{self.path}{beside}").unlink(missing_ok=True)
        self.path.write_bytes(self.whole)

    def rows(self, table: str) -> list[sqlite3.Row]:
        with closing(sqlite3.connect(self.path)) as connection:
            connection.row_factory = sqlite3.Row
            return connection.execute(f"SELECT * FROM {table}").fetchall()


@pytest.fixture
def opened(recorded: Path) -> Opened:
    return Opened(recorded)


def flipped(column: str, value: Any, chance: random.Random) -> Any:
    """Return the value with one bit of one byte turned; another value where there is no byte to
    turn.
    """
    if column in ("seq", "seq_opened"):
        # One bit would often be another row's number, which the database refuses.
        return value + 10_000
    if isinstance(value, int):
        return value ^ 1
    if not value:
        return 1 if column.startswith("seq") else "x"
    at = chance.randrange(len(value))
    return f"{value[:at]}{chr(ord(value[at]) ^ 1)}{value[at + 1 :]}"


def seq_of(row: sqlite3.Row) -> int:
    seq: int = row["seq"] if "seq" in row.keys() else row["seq_opened"]  # noqa: SIM118
    return seq


@pytest.mark.parametrize("table", _TABLES)
def test_one_flipped_byte_in_any_column_is_found(opened: Opened, table: str) -> None:
    chance = random.Random(table)
    rows = opened.rows(table)
    assert rows
    for row in rows:
        where = " AND ".join(f"{key} = ?" for key in _KEYS[table])
        for column in row.keys():  # noqa: SIM118
            value = flipped(column, row[column], chance)
            keys = [row[key] for key in _KEYS[table]]
            bad = opened.after(f"UPDATE {table} SET {column} = ? WHERE {where}", value, *keys)
            assert bad is not None, (table, dict(row), column, value)
            if column not in _KEYS[table]:
                assert bad.seq == seq_of(row), (table, dict(row), column, bad)


@pytest.mark.parametrize("table", _TABLES)
def test_a_row_taken_away_is_found(opened: Opened, table: str) -> None:
    row = opened.rows(table)[0]
    where = " AND ".join(f"{key} = ?" for key in _KEYS[table])
    bad = opened.after(f"DELETE FROM {table} WHERE {where}", *(row[key] for key in _KEYS[table]))
    assert bad is not None
    assert bad.seq == seq_of(row)


@pytest.mark.parametrize("table", _TABLES)
def test_a_row_put_in_is_found(opened: Opened, table: str) -> None:
    row = dict(opened.rows(table)[-1])
    row |= {key: row[key] + 10_000 for key in _KEYS[table] if isinstance(row[key], int)}
    row |= {name: "another" for name in ("id", "measure", "word", "text") if name in row}
    assert (
        opened.after(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", *row.values())
        is not None
    )


@pytest.mark.parametrize("seq", [0, -1, -(2**63)])
def test_an_entry_below_the_first_is_found(opened: Opened, seq: int) -> None:
    row = dict(opened.rows("entry")[0]) | {"seq": seq}
    bad = opened.after(f"INSERT INTO entry VALUES ({', '.join('?' * len(row))})", *row.values())
    assert bad == Bad(seq, "lies before the first entry")


def test_a_row_that_was_sealed_again_breaks_the_next(opened: Opened, recorded: Path) -> None:
    with Reading.open(recorded) as reading:
        (entry,) = reading.entries(after=6, limit=1)
    forged = replace(entry, body=entry.body.replace("check-1", "check-9"))
    bad = opened.after(
        "UPDATE entry SET body = ?, hash = ? WHERE seq = 7", forged.body, digest(forged)
    )
    assert bad == Bad(8, "does not follow the entry before it")


def test_two_entries_that_changed_places_are_found(opened: Opened) -> None:
    statement = """UPDATE entry SET body = (SELECT body FROM entry WHERE seq = 9),
        kind = (SELECT kind FROM entry WHERE seq = 9) WHERE seq = 10"""
    assert opened.after(statement) == Bad(10, "was changed after it was written")


def test_bytes_that_are_no_text_are_found(opened: Opened) -> None:
    bad = opened.after("UPDATE entry SET body = CAST(X'7BFF7D' AS TEXT) WHERE seq = 12")
    assert bad == Bad(12, "is not text")


def test_a_flag_that_is_neither_yes_nor_no_is_found(opened: Opened) -> None:
    bad = opened.after("UPDATE entry SET clock_ok = 3 WHERE seq = 5")
    assert bad == Bad(5, "is not stored as entries are")
