"""Appending: what is acknowledged is there, in order, and only one process writes."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.journal.database import DATABASE, connect_writer
from kiosk.journal.entries import check_link, genesis
from kiosk.journal.errors import BrokenChainError, DamagedError, LockedError, NewerDataError
from kiosk.journal.log import Journal
from kiosk.journal.verify import verify
from kiosk.records import facts as f
from kiosk.records.reader import Reading
from tests.fakes.facts import DAY, STATION, one_of_each_kind, passed_check, still


def reopened(folder: Path) -> Journal:
    return Journal.open(folder, STATION, still)


def edit(folder: Path, *statements: str) -> None:
    with closing(sqlite3.connect(folder / DATABASE)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def test_an_empty_journal_has_the_station_in_its_head(journal: Journal) -> None:
    assert (journal.head.seq, journal.head.hash) == (0, genesis(STATION))
    assert journal.entries() == []
    assert journal.open_check() == ()


def test_what_is_appended_is_read_back_in_order_after_closing(tmp_path: Path) -> None:
    facts = one_of_each_kind()
    with reopened(tmp_path) as journal:
        appended = [*journal.append(facts[:3]), *(journal.append([fact])[0] for fact in facts[3:])]
        head = journal.head
    with reopened(tmp_path) as journal:
        assert journal.head == head
        assert journal.entries() == appended
        assert tuple(entry.fact for entry in journal.entries()) == facts
    assert [entry.seq for entry in appended] == list(range(1, len(facts) + 1))


def test_entries_come_in_pages(journal: Journal) -> None:
    journal.append(one_of_each_kind())
    assert [entry.seq for entry in journal.entries(after=2, limit=3)] == [3, 4, 5]
    assert journal.entries(after=journal.head.seq) == []


def test_appending_nothing_changes_nothing(journal: Journal) -> None:
    assert journal.append([]) == ()
    assert journal.head.seq == 0


def test_facts_are_recorded_all_or_none(journal: Journal) -> None:
    opened = f.CheckOpened("check-1", "1001", "c1", DAY, "早班", 1)
    journal.append([opened])
    head = journal.head
    with pytest.raises(sqlite3.IntegrityError):
        journal.append([f.WorksChosen("check-1", ("hot-work",)), opened])
    assert journal.head == head
    assert len(journal.entries()) == 1
    assert journal.append([f.WorksChosen("check-1", ())])[0].seq == 2


def test_the_open_check_is_given_without_what_else_happened(journal: Journal) -> None:
    journal.append(list(passed_check("check-1")))
    assert journal.open_check() == ()
    facts = list(passed_check("check-2"))[:-1]
    journal.append(facts[:2])
    journal.append([f.ReviewDecided("check-1", "2001", f.Verdict.ACCEPTED), f.WorkStopped("stop-1", "gas")])
    journal.append(facts[2:])
    assert [entry.fact for entry in journal.open_check()] == facts


def test_eight_threads_leave_no_gap(tmp_path: Path) -> None:
    with reopened(tmp_path) as journal, ThreadPoolExecutor(8) as pool:
        wrote = list(
            pool.map(lambda n: journal.append([f.WorkerChanged(f"{n}"), f.WorkerChanged("-")]), range(200))
        )
    seqs = sorted(entry.seq for entries in wrote for entry in entries)
    assert seqs == list(range(1, 401))
    assert all(second.prev == first.hash for first, second in wrote)
    assert verify(tmp_path, STATION).bad is None


def test_a_second_writer_is_refused_and_told_who_the_first_is(tmp_path: Path, journal: Journal) -> None:
    script = f"""
import sys
from pathlib import Path
from kiosk.journal.clock import system_moment
from kiosk.journal.log import Journal
Journal.open(Path({str(tmp_path)!r}), {STATION!r}, system_moment)
"""
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert answer.returncode == 1
    assert "LockedError" in answer.stderr
    assert f"process {os.getpid()}" in answer.stderr
    journal.append([f.WorkerChanged("1001")])


def test_a_closed_journal_lets_the_next_one_write(tmp_path: Path) -> None:
    first = reopened(tmp_path)
    with pytest.raises(LockedError):
        reopened(tmp_path)
    first.close()
    first.close()
    with reopened(tmp_path) as second:
        second.append([f.WorkerChanged("1001")])


def test_a_newer_versions_data_is_refused_and_left_as_it_is(recorded: Path) -> None:
    edit(recorded, "INSERT INTO _sqlite_migrations (migration_set, name) VALUES ('journal', 'later_step')")
    before = (recorded / DATABASE).read_bytes()
    with pytest.raises(NewerDataError, match=r"newer version.*later_step.*install"):
        reopened(recorded)
    with pytest.raises(NewerDataError):
        Reading.open(recorded)
    with pytest.raises(NewerDataError):
        verify(recorded, STATION)
    assert (recorded / DATABASE).read_bytes() == before
    edit(recorded, "DELETE FROM _sqlite_migrations WHERE name = 'later_step'")
    reopened(recorded).close()


def test_an_update_that_was_cut_off_is_finished(recorded: Path) -> None:
    edit(
        recorded,
        "DELETE FROM _sqlite_migrations WHERE name = 'projections_1'",
        "DROP TABLE photo",
        "DELETE FROM confirmation",
    )
    reopened(recorded).close()
    assert verify(recorded, STATION).bad is None


def test_another_stations_journal_is_refused(recorded: Path) -> None:
    with pytest.raises(BrokenChainError, match="does not begin a journal of station 'st-0002'"):
        Journal.open(recorded, "st-0002", still)


def test_a_changed_last_entry_is_refused(recorded: Path) -> None:
    edit(
        recorded,
        "DROP TRIGGER entry_is_never_changed",
        "UPDATE entry SET at = '2020' WHERE seq = (SELECT max(seq) FROM entry)",
    )
    with pytest.raises(BrokenChainError, match="was changed after it was written"):
        reopened(recorded)


@pytest.mark.parametrize(
    "statement", ["UPDATE entry SET at = '2020' WHERE seq = 3", "DELETE FROM entry WHERE seq = 3"]
)
def test_the_database_itself_refuses_to_change_an_entry(recorded: Path, statement: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="an entry is never"):
        edit(recorded, statement)


def test_a_file_that_is_no_database_is_refused_and_kept(tmp_path: Path) -> None:
    (tmp_path / DATABASE).write_bytes(b"not a database" * 1000)
    with pytest.raises(DamagedError, match=r"已损坏.*备份恢复"):
        reopened(tmp_path)
    assert (tmp_path / DATABASE).read_bytes().startswith(b"not a database")


def test_a_commit_reaches_the_disk_before_it_is_acknowledged(tmp_path: Path, journal: Journal) -> None:
    """SQLite's own promise, but only in this mode; a lesser one loses acknowledged entries with the power."""
    with closing(connect_writer(tmp_path)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA synchronous").fetchone() == (2,)


def test_each_entry_links_to_the_one_before(journal: Journal) -> None:
    journal.append(one_of_each_kind())
    prev = genesis(STATION)
    for seq, entry in enumerate(journal.entries(), start=1):
        check_link(entry, seq, prev)
        prev = entry.hash
    assert journal.head.hash == prev
