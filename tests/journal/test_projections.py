"""The tables for pages are a pure function of the entries: whatever happened, a rebuild gives the same."""

from __future__ import annotations

import re
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.journal.database import DATABASE
from kiosk.journal.log import Journal
from kiosk.journal.tables import PROJECTIONS
from kiosk.model.shifts import Shift
from kiosk.records import facts as f
from kiosk.records.reader import Reading
from tests.fakes.facts import DAY, STATION, one_of_each_kind, passed_check, still

_ALL = (*one_of_each_kind(), *passed_check("check-3", "1002"))


def contents(folder: Path) -> dict[str, list[Any]]:
    with closing(sqlite3.connect(folder / DATABASE)) as connection:
        return {table: connection.execute(f"SELECT * FROM {table}").fetchall() for table in PROJECTIONS}


def edit(folder: Path, *statements: str) -> None:
    with closing(sqlite3.connect(folder / DATABASE, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


@settings(max_examples=25, deadline=None)
@given(st.permutations(_ALL), st.integers(1, len(_ALL)))
def test_a_rebuild_gives_what_appending_gave_in_any_order(facts: list[f.AnyFact], batch: int) -> None:
    with tempfile.TemporaryDirectory() as name, Journal.open(Path(name), STATION, still) as journal:
        for start in range(0, len(facts), batch):
            journal.append(facts[start : start + batch])
        appended = contents(Path(name))
        journal.rebuild()
        assert contents(Path(name)) == appended


def test_every_table_has_a_row_of_some_kind(recorded: Path) -> None:
    assert [table for table, rows in contents(recorded).items() if not rows] == []


def test_a_rebuild_mends_what_was_changed_and_says_how_far_it_is(recorded: Path) -> None:
    right = contents(recorded)
    edit(recorded, "UPDATE check_record SET outcome = 'passed'", "DELETE FROM photo", "DROP TABLE review")
    heard: list[int] = []
    with Journal.open(recorded, STATION, still) as journal:
        journal.rebuild(heard.append)
        assert heard == [journal.head.seq]
    assert contents(recorded) == right


def test_what_a_badge_asks_for_gets_no_slower_with_the_years(recorded: Path) -> None:
    """Every question is answered from an index, without sorting, however many checks are on record."""
    asked: list[str] = []
    with Reading.open(recorded) as reading:
        reading._connection.set_trace_callback(asked.append)
        reading.earlier("1001", Shift(DAY, "早班"))
        reading.last_passed(Shift(DAY, "早班"))
        reading.attempts("1001")
        reading.tally(DAY)
        reading.unbroken_days(DAY)
        reading.check("check-1")
        reading.checks(limit=10)
        reading._connection.set_trace_callback(None)
        selects = [query for query in asked if query.startswith("SELECT")]
        assert len(selects) > 10
        for query in selects:
            for *_, step in reading._connection.execute(f"EXPLAIN QUERY PLAN {query}"):
                assert not re.fullmatch(rf"SCAN ({'|'.join(PROJECTIONS)}|[cfp])", step), (query, step)
