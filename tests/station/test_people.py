"""What supervisors may do to people over the command socket, and what nobody may; verify has
nothing to say about any of it.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from kiosk.commands.protocol import Command, Declined, Recorded, Reply
from kiosk.journal.blobs import PHOTOS, Photos
from kiosk.journal.database import DATABASE
from kiosk.journal.log import Journal
from kiosk.journal.verify import verify
from kiosk.model.people import CardNumber, Certificate, Role, Roster, Standing, Worker
from kiosk.records import facts as f
from kiosk.records.people.card_hash import card_hash
from kiosk.records.people.commands import (
    ChangeRoster,
    ChangeWorker,
    DismissWorker,
    EraseWorker,
    ImportRoster,
    NameMeasures,
    TryRoster,
    UndoRoster,
    WithdrawCards,
)
from kiosk.records.people.register import People
from kiosk.records.reader import Reading
from kiosk.station.handlers import CarryingOut
from tests.fakes.facts import still

SECRET = bytes(32)
BOSS = Worker("S001", "王五", role=Role.SUPERVISOR)
ZHANG = Worker(
    "A001",
    "张三",
    "焊接班",
    posts=("welder",),
    certificates=(Certificate("焊工", date(2027, 1, 1), "样例"),),
)
CARD = CardNumber("A001", "10D", "0000000001")
OTHER_CARD = CardNumber("A002", "10D", "0000000002")


class Office:
    """A station's journal, and somebody who sends commands."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.journal = Journal.open(folder, "st-0001", still)
        self.journal.change_roster(Roster((BOSS, ZHANG), (CARD,)), lambda card: self.hash(card))
        self.reading = Reading.open(folder)
        self.carry_out = CarryingOut(
            self.journal, self.reading, Photos(folder / PHOTOS), SECRET, _no_signing
        )

    def hash(self, card: CardNumber) -> str:
        return card_hash(SECRET, card.form, card.number)

    def holder(self, card: CardNumber) -> str:
        worker = self.journal.people.by_card([self.hash(card)])
        return worker.id if worker else ""

    def send(self, command: Command) -> Reply:
        before = self.journal.head
        reply = self.carry_out(command)
        if isinstance(reply, Declined):
            assert self.journal.head == before, "declined, and yet something was recorded"
        assert verify(self.folder, "st-0001").bad is None
        return reply

    def done(self, command: Command) -> list[f.AnyFact]:
        """Send what must succeed; return the facts."""
        reply = self.send(command)
        assert isinstance(reply, Recorded), reply
        return [entry.fact for entry in reply.entries]

    def refused(self, command: Command) -> str:
        reply = self.send(command)
        assert isinstance(reply, Declined), reply
        return reply.reason


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path)
    yield office
    office.reading.close()
    office.journal.close()


def _no_signing(_seq: int, _head: str) -> f.HeadSigned:
    raise AssertionError


LI = Worker("A002", "李四", "冲压班", posts=("press",))


def test_an_import_is_taken_over_and_put_back_whole(office: Office) -> None:
    moved = Worker("A001", "张三", "冲压班", posts=("press",))
    facts = office.done(ImportRoster("S001", Roster((moved, LI), (OTHER_CARD,))))
    assert isinstance(facts[0], f.RosterImported)
    assert re.fullmatch("[0-9a-f]{64}", facts[0].before)
    assert replace(facts[0], before="") == f.RosterImported("S001", 2, 1)
    assert office.holder(OTHER_CARD) == "A002"
    assert office.journal.people.get("A001") == moved
    undone = office.done(UndoRoster("S001"))
    assert undone[0] == f.RosterImported("S001", 2, 0, undone=True)
    assert office.journal.people.get("A001") == ZHANG
    assert (office.holder(CARD), office.holder(OTHER_CARD)) == ("A001", "")
    nobody = office.journal.people.get("A002")
    assert nobody is not None
    assert nobody.name == ""
    assert "没有可以撤销" in office.refused(UndoRoster("S001"))


def test_a_card_that_moved_in_an_import_moves_back(office: Office) -> None:
    taken = CardNumber("A002", "10D", CARD.number)
    swap = Roster((ZHANG, LI), (taken, CardNumber("A001", "10D", OTHER_CARD.number)))
    office.done(ImportRoster("S001", swap))
    assert office.holder(CARD) == "A002"
    office.done(UndoRoster("S001"))
    assert (office.holder(CARD), office.holder(OTHER_CARD)) == ("A001", "")


def test_nothing_is_undone_over_a_later_change(office: Office) -> None:
    office.done(ImportRoster("S001", Roster((LI,))))
    office.done(ChangeWorker("S001", Worker("A002", "李四", "焊接班")))
    assert "又被改过" in office.refused(UndoRoster("S001"))


def declined(reply: Reply) -> str:
    assert isinstance(reply, Declined)
    return reply.reason


FORGED = (
    "UPDATE roster_before SET people = replace(people, '张三', '李四')",
    "UPDATE roster_before SET people = replace(people, '\"worker\"', '\"responsible\"')",
    "UPDATE roster_before SET people = '[]'",
    "UPDATE roster_before SET after = after || '0'",
    "UPDATE roster_before SET recorded = recorded - 1",
    "UPDATE roster_before SET recorded = 0",
)


@pytest.mark.parametrize("statement", FORGED)
def test_an_import_whose_people_before_were_forged_is_not_undone(
    office: Office, statement: str
) -> None:
    raised = replace(ZHANG, name="张三三")
    seq = office.journal.head.seq + 1
    office.done(ImportRoster("S001", Roster((raised,))))
    assert verify(office.folder, "st-0001").bad is None
    with closing(sqlite3.connect(office.folder / DATABASE, isolation_level=None)) as by_hand:
        assert by_hand.execute(statement).rowcount == 1
    bad = verify(office.folder, "st-0001").bad
    assert bad is not None
    assert (bad.seq, "roster_before" in bad.why) == (seq, True)
    assert declined(office.carry_out(UndoRoster("S001")))
    assert office.journal.people.get("A001") == raised


def test_what_is_kept_of_an_import_that_is_past_does_not_come_back(office: Office) -> None:
    office.done(ImportRoster("S001", Roster((LI,))))
    with closing(sqlite3.connect(office.folder / DATABASE, isolation_level=None)) as by_hand:
        kept = by_hand.execute("SELECT * FROM roster_before").fetchone()

        def back() -> None:
            by_hand.execute("INSERT INTO roster_before VALUES (?, ?, ?, ?)", kept)

        office.done(UndoRoster("S001"))
        assert verify(office.folder, "st-0001").bad is None
        back()
        assert verify(office.folder, "st-0001").bad is not None
        assert "改动过" in declined(office.carry_out(UndoRoster("S001")))
        by_hand.execute("DELETE FROM roster_before")

        office.done(ImportRoster("S001", Roster((LI,))))
        office.done(EraseWorker("S001", "A002", f.ErasureReason.ASKED))
        assert verify(office.folder, "st-0001").bad is None
        by_hand.execute("INSERT INTO roster_before VALUES (?, ?, ?, ?)", kept)
        assert verify(office.folder, "st-0001").bad is not None


def test_people_kept_where_nobody_imported_are_foreign(office: Office) -> None:
    with closing(sqlite3.connect(office.folder / DATABASE, isolation_level=None)) as by_hand:
        by_hand.execute("INSERT INTO roster_before VALUES (1, '[]', 'x', 1)")
    bad = verify(office.folder, "st-0001").bad
    assert bad is not None
    assert bad.seq == 0
    assert "改动过" in declined(office.carry_out(UndoRoster("S001")))


def test_an_import_recorded_before_its_people_were_held_to_it_can_be_undone(
    office: Office,
) -> None:
    """As an older version left it: the entry has no digest."""

    def take_over(people: People) -> tuple[f.AnyFact, ...]:
        changes = people.take_over(Roster((LI,)), {})
        return (f.RosterImported("S001", 1, 0), *changes)

    office.journal.change_people(take_over)
    assert verify(office.folder, "st-0001").bad is None
    office.done(UndoRoster("S001"))
    assert verify(office.folder, "st-0001").bad is None


def test_a_card_of_somebody_else_is_not_moved_in_silence(office: Office) -> None:
    roster = Roster((LI,), (CardNumber("A002", "10D", CARD.number),))
    assert "已登记给工号 A001" in office.refused(TryRoster("S001", roster))
    assert "已登记给工号 A001" in office.refused(ImportRoster("S001", roster))
    assert office.journal.people.get("A002") is None
    assert office.done(TryRoster("S001", Roster((LI,), (OTHER_CARD,)))) == []


@pytest.mark.parametrize("by", ["A001", "L001", "B001", "nobody"])
def test_only_a_supervisor_changes_people(office: Office, by: str) -> None:
    more = (
        Worker("L001", "赵六", role=Role.LEADER),
        Worker("B001", "孙七", role=Role.SUPERVISOR, blocked="离岗"),
    )
    office.journal.change_roster(Roster(more), office.hash)
    commands: tuple[Command, ...] = (
        ImportRoster(by, Roster((LI,))),
        UndoRoster(by),
        ChangeWorker(by, LI),
        WithdrawCards(by, "A001"),
        DismissWorker(by, "A001"),
        EraseWorker(by, "A001", f.ErasureReason.ASKED),
        NameMeasures(by, "welder", ("看绝缘",), "A001"),
    )
    for command in commands:
        assert "没有权限" in office.refused(command)


def test_nobody_makes_himself_the_main_responsible_person(office: Office) -> None:
    own = replace(BOSS, role=Role.RESPONSIBLE)
    for raising in (TryRoster, ImportRoster):
        assert "不能改自己的角色" in office.refused(raising("S001", Roster((own, LI))))
    assert "不能改自己的角色" in office.refused(ChangeWorker("S001", own))
    office.done(ChangeWorker("S001", replace(BOSS, name="王五五")))


def test_nobody_locks_himself_out(office: Office) -> None:
    for own in (Worker("S001", "王五"), replace(BOSS, blocked="离岗")):
        assert "你自己" in office.refused(ImportRoster("S001", Roster((own,))))
        assert "你自己" in office.refused(ChangeWorker("S001", own))
    assert "由别人" in office.refused(DismissWorker("S001", "S001"))
    assert "由别人" in office.refused(EraseWorker("S001", "S001", f.ErasureReason.ASKED))


def test_a_lost_card_opens_nothing(office: Office) -> None:
    assert office.done(WithdrawCards("S001", "A001")) == [
        f.CardAssigned(office.hash(CARD), "", "S001")
    ]
    assert office.holder(CARD) == ""


def test_who_left_has_no_card_no_post_and_a_name_still(office: Office) -> None:
    facts = office.done(DismissWorker("S001", "A001"))
    assert facts[0] == f.WorkerDismissed("A001", "S001")
    left = office.journal.people.get("A001")
    assert left is not None
    assert (left.name, left.posts, left.standing) == ("张三", (), Standing.LEFT)
    assert office.holder(CARD) == ""


def test_an_erased_worker_is_a_number_with_the_reason_on_record(office: Office) -> None:
    office.done(ImportRoster("S001", Roster((Worker("A001", "张三丰", posts=("welder",)),))))
    facts = office.done(EraseWorker("S001", "A001", f.ErasureReason.PURPOSE_ENDED))
    assert facts[0] == f.WorkerErased("A001", "S001", f.ErasureReason.PURPOSE_ENDED)
    assert office.journal.people.get("A001") == Worker("A001", "")
    assert office.holder(CARD) == ""
    office.reading.close()
    office.journal.close()
    disk = b"".join(path.read_bytes() for path in office.folder.glob("journal.db*"))
    assert "张三".encode() not in disk
    assert b"A001" in disk


def test_a_visitor_ends_on_a_day(office: Office) -> None:
    guest = Worker(
        "V001", "赵六", posts=("press",), standing=Standing.VISITOR, ends_on=date(2026, 12, 1)
    )
    office.done(ChangeWorker("S001", guest))
    assert office.reading.workers()["V001"] == guest


def test_somebody_answers_for_a_measure(office: Office) -> None:
    named = office.done(
        NameMeasures("S001", "welder", ("看绝缘", "看绝缘", "清可燃物"), "A001", "S001")
    )
    assert named[0] == f.MeasureNamed("welder", "看绝缘", "A001", "S001", "S001")
    assert len(named) == 2
    assert "同一个人" in office.refused(NameMeasures("S001", "welder", ("看绝缘",), "A001", "A001"))
    assert "没有这个人" in office.refused(NameMeasures("S001", "welder", ("看绝缘",), "A009"))


def test_nobody_is_dismissed_twice_or_by_a_list(office: Office) -> None:
    office.done(DismissWorker("S001", "A001"))
    assert "已经办过离职" in office.refused(DismissWorker("S001", "A001"))
    gone = Worker("A002", "李四", standing=Standing.LEFT)
    for command in (ImportRoster("S001", Roster((gone,))), ChangeWorker("S001", gone)):
        assert "办理离职" in office.refused(command)


@pytest.mark.parametrize("worker_id", [".", "..", "-", "．．", ".-", "--help", "13800138000", ""])
def test_nobody_is_given_an_id_that_no_address_can_hold(office: Office, worker_id: str) -> None:
    odd = Worker(worker_id, "李四")
    for command in (
        ImportRoster("S001", Roster((odd,))),
        TryRoster("S001", Roster((odd,))),
        ChangeWorker("S001", odd),
        ChangeRoster(Roster((odd,))),
    ):
        reply = office.send(command)
        assert isinstance(reply, Declined)
        assert f"工号“{worker_id}”不能用" in reply.reason


@pytest.mark.parametrize("worker_id", ["..", "-"])
def test_who_has_such_an_id_from_before_is_changed_imported_and_erased(
    office: Office, worker_id: str
) -> None:
    old = Worker(worker_id, "李四")
    office.journal.change_roster(Roster((old,)), office.hash)
    moved = replace(old, crew="焊接班")
    assert isinstance(office.send(ChangeWorker("S001", moved)), Recorded)
    assert isinstance(office.send(ImportRoster("S001", Roster((old,)))), Recorded)
    assert isinstance(
        office.send(EraseWorker("S001", worker_id, f.ErasureReason.MISTAKE)), Recorded
    )
    assert isinstance(office.send(ChangeWorker("S001", moved)), Declined)
