"""The roster: who is known by which card, what is recorded of it, and forgetting somebody."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from kiosk.journal.entries import Entry
from kiosk.journal.errors import JournalError, RosterError
from kiosk.journal.log import Journal
from kiosk.model.people import CardNumber, Certificate, Role, Roster, Worker
from kiosk.records.facts import AnyFact
from kiosk.records.people.facts import CardAssigned, WorkerChanged
from kiosk.records.people.register import worker_digest
from kiosk.records.reader import Reading
from tests.fakes.facts import STATION, still

ZHANG = Worker(
    "1001",
    "张三",
    crew="甲班",
    posts=("welder", "press"),
    certificates=(
        Certificate("熔化焊接与热切割作业", date(2027, 5, 1), "T1"),
        Certificate("低压电工作业", date(2026, 1, 1)),
    ),
)
LI = Worker("2001", "李四", role=Role.SUPERVISOR, blocked="离岗")
ZHANGS, LIS = CardNumber("1001", "10D", "0001"), CardNumber("2001", "8H", "0002")


def hash_of(card: CardNumber) -> str:
    return f"hash-{card.form}-{card.number}"


def changed_to(folder: Path, worker: Worker) -> WorkerChanged:
    """Return what is recorded of a worker who is like this from now on."""
    return WorkerChanged(worker.id, worker_digest((folder / "card.key").read_bytes(), worker))


def facts_of(entries: tuple[Entry, ...]) -> list[AnyFact]:
    return [entry.fact for entry in entries]


@pytest.fixture
def staffed(journal: Journal) -> Journal:
    journal.change_roster(Roster((ZHANG, LI), (ZHANGS, LIS)), hash_of)
    return journal


def test_people_are_as_they_were_put_in(staffed: Journal, tmp_path: Path) -> None:
    assert staffed.people.get("1001") == ZHANG
    assert staffed.people.get("9999") is None
    assert staffed.people.all() == [ZHANG, LI]
    with Reading.open(tmp_path) as reading:
        assert reading.workers() == {"1001": ZHANG, "2001": LI}


def test_the_first_known_card_counts(staffed: Journal) -> None:
    assert staffed.people.by_card(["nobody", hash_of(LIS), hash_of(ZHANGS)]) == LI
    assert staffed.people.by_card(["nobody"]) is None
    assert staffed.people.by_card([]) is None


def test_the_record_names_ids_and_hashes_only(journal: Journal, tmp_path: Path) -> None:
    entries = journal.change_roster(Roster((ZHANG,), (ZHANGS,)), hash_of)
    assert facts_of(entries) == [changed_to(tmp_path, ZHANG), CardAssigned(hash_of(ZHANGS), "1001")]
    assert not any(
        personal in entry.body for entry in entries for personal in ("张三", '"0001"', "T1")
    )


def test_what_is_already_so_is_not_recorded_again(staffed: Journal) -> None:
    head = staffed.head
    assert staffed.change_roster(Roster((ZHANG, LI), (ZHANGS, LIS)), hash_of) == ()
    assert staffed.head == head


def test_a_changed_worker_is_replaced_and_keeps_the_cards(staffed: Journal, tmp_path: Path) -> None:
    changed = replace(ZHANG, posts=("press",), certificates=(), crew="乙班")
    assert facts_of(staffed.change_roster(Roster((changed,)), hash_of)) == [
        changed_to(tmp_path, changed)
    ]
    assert staffed.people.by_card([hash_of(ZHANGS)]) == changed


def test_a_new_card_takes_the_place_of_the_old(staffed: Journal) -> None:
    new = replace(ZHANGS, number="0003")
    entries = staffed.change_roster(Roster((), (new,)), hash_of)
    assert facts_of(entries) == [
        CardAssigned(hash_of(ZHANGS), ""),
        CardAssigned(hash_of(new), "1001"),
    ]
    assert staffed.people.by_card([hash_of(ZHANGS)]) is None
    assert staffed.people.by_card([hash_of(new)]) == ZHANG


def test_a_card_can_pass_to_another(staffed: Journal) -> None:
    passed = replace(ZHANGS, worker="2001")
    entries = staffed.change_roster(Roster((), (passed, LIS)), hash_of)
    assert facts_of(entries) == [CardAssigned(hash_of(ZHANGS), "2001")]
    assert staffed.people.by_card([hash_of(ZHANGS)]) == LI


@pytest.mark.parametrize(
    ("roster", "sentence"),
    [
        (
            Roster((replace(LI, name="王五"),), (replace(LIS, worker="9999"),)),
            "工号 9999 不在名单中",
        ),
        (Roster((replace(LI, name="王五"), LI)), "工号 2001 出现了不止一次"),
        (
            Roster((replace(LI, name="王五"),), (LIS, replace(LIS, worker="1001"))),
            "工卡 0002 同时登记给了工号 2001 和 1001",
        ),
    ],
)
def test_a_roster_that_contradicts_itself_changes_nothing(
    staffed: Journal, roster: Roster, sentence: str
) -> None:
    head = staffed.head
    with pytest.raises(RosterError, match=sentence):
        staffed.change_roster(roster, hash_of)
    assert staffed.people.all() == [ZHANG, LI]
    assert staffed.head == head


def test_a_forgotten_worker_keeps_only_the_id(staffed: Journal, tmp_path: Path) -> None:
    entries = staffed.erase_worker("1001")
    assert facts_of(entries) == [
        changed_to(tmp_path, Worker("1001", "")),
        CardAssigned(hash_of(ZHANGS), ""),
    ]
    assert staffed.people.get("1001") == Worker("1001", "")
    assert staffed.people.by_card([hash_of(ZHANGS)]) is None
    assert staffed.erase_worker("9999") == ()


def test_nothing_of_a_forgotten_worker_stays_on_the_disk(tmp_path: Path, journal: Journal) -> None:
    memorable = replace(
        ZHANG,
        name="司马张三丰",
        certificates=(Certificate("电工", date(2027, 1, 1), "T-4711-MEMORABLE"),),
    )
    journal.change_roster(Roster((memorable, LI), (ZHANGS,)), hash_of)
    assert traces(tmp_path) == {"司马张三丰", "T-4711-MEMORABLE"}
    journal.erase_worker("1001")
    assert traces(tmp_path) == set()


def traces(folder: Path) -> set[str]:
    data = b"".join(path.read_bytes() for path in folder.iterdir())
    return {trace for trace in ("司马张三丰", "T-4711-MEMORABLE") if trace.encode() in data}


def test_people_are_still_known_after_closing(tmp_path: Path) -> None:
    with Journal.open(tmp_path, STATION, still) as journal:
        journal.change_roster(Roster((ZHANG,), (ZHANGS,)), hash_of)
    with Journal.open(tmp_path, STATION, still) as journal:
        assert journal.people.by_card([hash_of(ZHANGS)]) == ZHANG


def test_a_station_with_people_does_not_start_without_its_card_secret(tmp_path: Path) -> None:
    """A new secret would make every card unknown, and nobody would see why."""
    with Journal.open(tmp_path, STATION, still) as journal:
        journal.change_roster(Roster((ZHANG,), (ZHANGS,)), hash_of)
    key = tmp_path / "card.key"
    secret = key.read_bytes()
    key.unlink()
    with pytest.raises(JournalError, match=r"card\.key is missing.*restore it from a backup"):
        Journal.open(tmp_path, STATION, still)
    assert not key.exists()
    key.write_bytes(secret)
    with pytest.raises(JournalError, match="can be read by others"):
        Journal.open(tmp_path, STATION, still)
    key.chmod(0o600)
    Journal.open(tmp_path, STATION, still).close()


def test_a_station_without_people_makes_its_card_secret_itself(tmp_path: Path) -> None:
    Journal.open(tmp_path, STATION, still).close()
    (tmp_path / "card.key").unlink()
    Journal.open(tmp_path, STATION, still).close()
    assert len((tmp_path / "card.key").read_bytes()) == 32
