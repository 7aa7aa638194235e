"""`verify` finds people and cards that are not as they were recorded: the tables that decide who
gets in, and as what.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from kiosk.journal.database import DATABASE
from kiosk.journal.errors import JournalError
from kiosk.journal.log import Journal
from kiosk.journal.verify import Bad, verify
from kiosk.model.people import CardNumber, Certificate, Role, Roster, Standing, Worker
from kiosk.records.people.facts import CardAssigned, WorkerChanged, WorkerDismissed
from kiosk.records.people.register import worker_digest
from tests.fakes.facts import STATION, still

ZHANG = Worker(
    "1001",
    "张三",
    "甲班",
    posts=("welder", "press"),
    certificates=(Certificate("焊工", date(2026, 5, 1), "T1"),),
)
LI = Worker("2001", "李四", role=Role.SUPERVISOR, blocked="离岗")
ROSTER = Roster((ZHANG, LI), (CardNumber("1001", "10D", "0001"), CardNumber("2001", "10D", "0002")))


def hash_of(card: CardNumber) -> str:
    return f"card-{card.number}"


@pytest.fixture
def staffed(tmp_path: Path) -> Path:
    """A data folder that knows two people: entries 1 and 2 recorded them, 3 and 4 their cards."""
    with Journal.open(tmp_path, STATION, still) as journal:
        journal.change_roster(ROSTER, hash_of)
    return tmp_path


def bad_of(folder: Path) -> Bad | None:
    return verify(folder, STATION).bad


def edit(folder: Path, *statements: str) -> None:
    with closing(sqlite3.connect(folder / DATABASE, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def test_people_as_they_were_recorded_are_fine(staffed: Path) -> None:
    assert bad_of(staffed) is None


@pytest.mark.parametrize(
    ("seq", "statement"),
    [
        (1, "UPDATE worker SET role = 'supervisor' WHERE id = '1001'"),
        (1, "UPDATE worker SET name = '王五' WHERE id = '1001'"),
        (1, "UPDATE worker SET crew = '乙班' WHERE id = '1001'"),
        (2, "UPDATE worker SET blocked = '' WHERE id = '2001'"),
        (2, "INSERT INTO worker_post VALUES ('2001', 0, 'press')"),
        (1, "DELETE FROM worker_post WHERE post = 'press'"),
        (1, "UPDATE worker_post SET position = 5 WHERE post = 'welder'"),
        (1, "UPDATE certificate SET expires_on = '2030-05-01'"),
        (1, "UPDATE certificate SET number = 'T2'"),
        (1, "DELETE FROM certificate"),
        (2, "INSERT INTO certificate VALUES ('2001', 0, '焊工', '2030-05-01', 'T3')"),
        (2, "DELETE FROM worker WHERE id = '2001'"),
    ],
)
def test_a_worker_who_was_changed_past_the_record_is_found(
    staffed: Path, seq: int, statement: str
) -> None:
    edit(staffed, statement)
    bad = bad_of(staffed)
    assert bad is not None
    assert (bad.seq, "say of worker" in bad.why) == (seq, True)


@pytest.mark.parametrize(
    ("seq", "statement"),
    [
        (3, "UPDATE card SET worker = iif(worker = '1001', '2001', '1001')"),
        (4, "UPDATE card SET worker = '1001'"),
        (3, "DELETE FROM card WHERE worker = '1001'"),
        (0, "INSERT INTO card VALUES ('card-0003', '2001')"),
        (3, "UPDATE card SET hash = 'card-0003' WHERE worker = '1001'"),
    ],
)
def test_a_card_in_a_hand_it_was_not_given_to_is_found(
    staffed: Path, seq: int, statement: str
) -> None:
    edit(staffed, statement)
    bad = bad_of(staffed)
    assert bad is not None
    assert (bad.seq, "is not what table card says" in bad.why) == (seq, True)


def test_somebody_nobody_recorded_is_found(staffed: Path) -> None:
    edit(
        staffed,
        (
            "INSERT INTO worker (id, name, crew, role, blocked) "
            "VALUES ('3001', '赵六', '', 'responsible', '')"
        ),
    )
    assert bad_of(staffed) == Bad(0, "worker 3001 is in table worker, but no entry recorded it")


@pytest.mark.parametrize(
    "statement", ["UPDATE worker SET role = 'king'", "UPDATE certificate SET expires_on = 'never'"]
)
def test_what_nobody_can_be_is_found(staffed: Path, statement: str) -> None:
    edit(staffed, statement)
    bad = bad_of(staffed)
    assert bad is not None
    assert "table worker holds what nobody can be" in bad.why


def test_a_change_and_an_erasure_that_were_recorded_are_fine(staffed: Path) -> None:
    with Journal.open(staffed, STATION, still) as journal:
        journal.change_roster(
            Roster((replace(ZHANG, role=Role.LEADER),), (CardNumber("1001", "10D", "0002"),)),
            hash_of,
        )
        assert verify(staffed, STATION).bad is None
        journal.erase_worker("1001")
    assert bad_of(staffed) is None


def test_people_cannot_be_judged_without_the_card_secret(staffed: Path) -> None:
    (staffed / "card.key").unlink()
    with pytest.raises(JournalError, match=r"card\.key is missing"):
        verify(staffed, STATION)


def test_an_old_record_without_a_digest_is_fine(tmp_path: Path) -> None:
    with Journal.open(tmp_path, STATION, still) as journal:
        journal.append([WorkerChanged("1001"), CardAssigned("card-0001", "1001")])
    edit(
        tmp_path,
        (
            "INSERT INTO worker (id, name, crew, role, blocked) "
            "VALUES ('1001', '张三', '', 'worker', '')"
        ),
        "INSERT INTO card VALUES ('card-0001', '1001')",
    )
    assert bad_of(tmp_path) is None


def test_a_digest_comes_out_the_same_for_ever() -> None:
    """As a released version recorded it."""
    assert (
        worker_digest(b"1" * 32, ZHANG)
        == "d1a0864694443f293019aaf66d5c4a84fc9c328eb0d65046ad8f2f67d958be9b"
    )
    assert worker_digest(b"2" * 32, ZHANG) != worker_digest(b"1" * 32, ZHANG)


def leave_as_before(folder: Path, worker: Worker) -> None:
    """Write what a version wrote in which 已离职 was a reason for being blocked, and let that
    version have written the folder.
    """
    gone = replace(worker, blocked="已离职", posts=(), role=Role.WORKER)
    with Journal.open(folder, STATION, still) as journal:
        journal.append([WorkerDismissed(worker.id, "2001")])
        journal.change_roster(Roster((gone,)), hash_of)
    edit(folder, "DELETE FROM _sqlite_migrations WHERE name = 'left_standing'")


def standing(folder: Path, worker_id: str) -> tuple[Standing, str]:
    with Journal.open(folder, STATION, still) as journal:
        worker = journal.people.get(worker_id)
    assert worker
    return worker.standing, worker.blocked


@pytest.mark.parametrize("was", [Standing.STAFF, Standing.CONTRACTOR])
def test_who_left_before_it_was_a_standing_has_left_and_verifies(
    staffed: Path, was: Standing
) -> None:
    leave_as_before(staffed, replace(ZHANG, standing=was))
    assert standing(staffed, "1001") == (Standing.LEFT, "")
    assert bad_of(staffed) is None


def test_who_was_blocked_with_the_word_for_leaving_has_not_left(staffed: Path) -> None:
    with Journal.open(staffed, STATION, still) as journal:
        journal.change_roster(Roster((replace(ZHANG, blocked="已离职"),)), hash_of)
    edit(staffed, "DELETE FROM _sqlite_migrations WHERE name = 'left_standing'")
    assert standing(staffed, "1001") == (Standing.STAFF, "已离职")


def test_who_came_back_has_not_left(staffed: Path) -> None:
    leave_as_before(staffed, ZHANG)
    with Journal.open(staffed, STATION, still) as journal:
        journal.change_roster(Roster((ZHANG,)), hash_of)
        journal.change_roster(Roster((replace(ZHANG, blocked="已离职"),)), hash_of)
    edit(staffed, "DELETE FROM _sqlite_migrations WHERE name = 'left_standing'")
    assert standing(staffed, "1001") == (Standing.STAFF, "已离职")


def test_nobody_is_made_to_have_left_behind_the_record(staffed: Path) -> None:
    edit(staffed, "UPDATE worker SET standing = 'left' WHERE id = '1001'")
    assert bad_of(staffed) == Bad(1, "is not what table worker and its like say of worker 1001")
