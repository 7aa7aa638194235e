"""`verify` finds a database that is not built as the product builds it, and names what differs."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.cli.verify import verify_data
from kiosk.journal import tables
from kiosk.journal.database import DATABASE, connect_writer
from kiosk.journal.log import Journal
from kiosk.journal.verify import Bad, verify
from tests.fakes.facts import STATION, still


def edit(folder: Path, *statements: str) -> None:
    with closing(sqlite3.connect(folder / DATABASE, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


@pytest.mark.parametrize(
    ("statements", "says"),
    [
        (
            ["DROP TRIGGER entry_is_never_changed"],
            "少了触发器 entry_is_never_changed（属于 entry）",
        ),
        (
            ["DROP TRIGGER entry_is_never_deleted"],
            "少了触发器 entry_is_never_deleted（属于 entry）",
        ),
        (
            [
                "DROP TRIGGER entry_is_never_changed",
                "CREATE TRIGGER entry_is_never_changed BEFORE UPDATE ON entry BEGIN SELECT 1; END",
            ],
            "改了触发器 entry_is_never_changed（属于 entry）",
        ),
        (
            [
                "DROP TRIGGER entry_is_never_changed",
                """CREATE TRIGGER entry_is_never_changed BEFORE UPDATE ON entry
                    BEGIN SELECT RAISE(ABORT, 'AN ENTRY is never changed'); END""",
            ],
            "改了触发器 entry_is_never_changed（属于 entry）",
        ),
        (["DROP INDEX check_of_day"], "少了索引 check_of_day（属于 check_record）"),
        (
            ["DROP INDEX check_of_day", "CREATE INDEX check_of_day ON check_record (shift_on)"],
            "改了索引 check_of_day（属于 check_record）",
        ),
        (["CREATE INDEX mine ON entry (kind)"], "多了索引 mine（属于 entry）"),
        (
            [
                """CREATE TRIGGER hide AFTER INSERT ON check_record
                    BEGIN DELETE FROM check_record WHERE id = new.id; END"""
            ],
            "多了触发器 hide（属于 check_record）",
        ),
        (
            ["DROP TABLE stop_work", "CREATE VIEW stop_work AS SELECT 1 AS seq WHERE 0"],
            "stop_work 应当是表，却是视图",
        ),
        (["CREATE VIEW everybody AS SELECT * FROM worker"], "多了视图 everybody"),
        (["CREATE TABLE mine (x)"], "多了表 mine"),
        (["DROP TABLE danger"], "少了表 danger"),
        (["ALTER TABLE worker ADD COLUMN pin TEXT"], "改了表 worker"),
        (["ALTER TABLE stop_work RENAME TO stopped"], "少了表 stop_work"),
        (["ALTER TABLE worker RENAME COLUMN role TO rank"], "改了表 worker"),
        (["PRAGMA user_version = 7"], "user_version 是 7，应当是 0"),
        (["PRAGMA application_id = 9"], "application_id 是 9，应当是 0"),
        (
            ["DROP TRIGGER entry_is_never_changed", "CREATE TABLE mine (x)"],
            "少了触发器 entry_is_never_changed（属于 entry）；多了表 mine",
        ),
    ],
)
def test_what_was_changed_in_the_schema_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], statements: list[str], says: str
) -> None:
    Journal.open(tmp_path, STATION, still).close()
    assert verify(tmp_path, STATION).bad is None
    edit(tmp_path, *statements)
    bad = verify(tmp_path, STATION).bad
    assert bad is not None
    assert bad.seq == 0
    assert bad.why.startswith("数据库的结构被改动：")
    assert says in bad.why
    assert verify_data(STATION, tmp_path) == 1
    assert f"日志有问题：{bad.why}\n" in capsys.readouterr().out


def test_an_entry_that_was_changed_is_named_before_the_trigger_that_was_dropped_for_it(
    recorded: Path,
) -> None:
    edit(
        recorded,
        "DROP TRIGGER entry_is_never_changed",
        "UPDATE entry SET boot = 'another' WHERE seq = 3",
    )
    assert verify(recorded, STATION).bad == Bad(3, "was changed after it was written")


def test_what_sqlite_keeps_of_its_own_is_nobodys_doing(recorded: Path) -> None:
    edit(recorded, "ANALYZE", "VACUUM")
    assert verify(recorded, STATION).bad is None


@pytest.mark.parametrize("steps", [1, 2, 3, 4, 5, 12, 15])
def test_an_old_journal_that_was_brought_up_to_date_is_as_a_new_one(
    tmp_path: Path, steps: int
) -> None:
    """However the statements were laid out when it was made."""
    names = ("entries", "people", "projections_1", "standing", "roster_before")
    made = {
        "entries": tables.ENTRIES,
        "people": tables.PEOPLE,
        "standing": tables.STANDING,
        "roster_before": tables.UNDO,
    }
    done = [
        *names,
        *("measures", "paper", "permits_levels_policy", "packs_published", "speech", "crews"),
        *("proposals", "packs_withdrawn", "proposals_cause", "roster_before_recorded"),
    ][:steps]
    with closing(connect_writer(tmp_path)) as connection:
        connection.execute(
            "CREATE TABLE _sqlite_migrations (migration_set TEXT, name TEXT, applied_at TEXT)"
        )
        for name in done:
            for statement in made.get(name, ()):
                connection.execute(" ".join(statement.split()).replace("(", "(\n\t"))
            if name == "roster_before_recorded":
                connection.execute(*tables.UNDO_RECORDED)
            connection.execute("INSERT INTO _sqlite_migrations VALUES ('journal', ?, '')", (name,))
        if "proposals_cause" in done:
            for statement, _ in tables.PROJECTIONS.values():
                connection.execute(statement.replace("\n", " "))
            for statement in tables.PROJECTION_INDEXES:
                connection.execute(statement.lower())
    Journal.open(tmp_path, STATION, still).close()
    assert verify(tmp_path, STATION).bad is None


BEGINS = """
import os, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA cache_size = 1")
connection.execute("BEGIN IMMEDIATE")
connection.execute("CREATE TABLE entry (seq)")
connection.executemany("INSERT INTO entry VALUES (zeroblob(?))", [(4000,)] * 300)
os._exit(1)  # the power goes
"""


def test_a_journal_that_was_being_made_when_the_power_went_is_said_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    subprocess.run([sys.executable, "-c", BEGINS, tmp_path / DATABASE], check=False, timeout=60)
    assert (tmp_path / f"{DATABASE}-journal").stat().st_size
    assert verify_data(STATION, tmp_path) == 1
    said = capsys.readouterr().out
    assert "日志还没有建好" in said
    assert "请启动一次 kiosk station" in said
    Journal.open(tmp_path, STATION, still).close()
    assert verify_data(STATION, tmp_path) == 0


def test_an_empty_file_is_said_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / DATABASE).touch()
    assert verify_data(STATION, tmp_path) == 1
    assert "日志还没有建好" in capsys.readouterr().out
