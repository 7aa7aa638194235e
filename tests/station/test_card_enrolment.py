"""A supervisor registers a card at the running station: the next card is no arrival, and the page hears what became of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.commands.protocol import Declined
from kiosk.flow.stages import Asking, Enrolling, Refused, Waiting
from kiosk.journal.log import Head
from kiosk.journal.verify import verify
from kiosk.records.people.commands import (
    AskCard,
    AwaitCard,
    CardAwaited,
    CardPurpose,
    CardStage,
    StopAwaitingCard,
)
from kiosk.records.reader import Reading
from tests.fakes.running import Running, a_running_station

NEW = "0909090909"


def wanted(running: Running, purpose: CardPurpose = CardPurpose.ADD, worker: str = "A001") -> str:
    reply = running.station.command(AwaitCard("S001", purpose, worker))
    assert isinstance(reply, CardAwaited)
    assert reply.stage is CardStage.WAITING
    running.go_to(Enrolling)
    return reply.awaited


def head_of(data: Path) -> Head:
    with Reading.open(data) as reading:
        return reading.head()


def fate(running: Running, awaited: str) -> CardAwaited:
    reply = running.station.command(AskCard("S001", awaited))
    assert isinstance(reply, CardAwaited)
    return reply


def test_a_new_card_is_registered_and_then_opens_the_door(tmp_path: Path) -> None:
    with a_running_station(tmp_path) as running:
        awaited = wanted(running)
        running.tap(NEW)
        assert fate(running, awaited).stage is CardStage.DONE
        assert verify(tmp_path, "test-0001").bad is None
        running.go_to(Waiting)
        running.tap(NEW)
        running.go_to(Asking)


def test_a_replaced_card_opens_nothing(tmp_path: Path) -> None:
    with a_running_station(tmp_path) as running:
        awaited = wanted(running, CardPurpose.REPLACE)
        running.tap(NEW)
        assert fate(running, awaited).stage is CardStage.DONE
        running.go_to(Waiting)
        running.tap("A001")
        assert isinstance(running.stage, Refused)
        running.tap(NEW)
        running.go_to(Asking)


def test_somebody_elses_card_stays_theirs_and_the_page_says_whose_it_is(tmp_path: Path) -> None:
    with a_running_station(tmp_path) as running:
        awaited = wanted(running)
        running.tap("S001")
        told = fate(running, awaited)
        assert told.stage is CardStage.REFUSED
        assert "王五（S001）" in told.reason
        assert verify(tmp_path, "test-0001").bad is None


def test_a_number_alone_is_told_and_nothing_recorded(tmp_path: Path) -> None:
    with a_running_station(tmp_path) as running:
        awaited = wanted(running, CardPurpose.NUMBER, "")
        head = head_of(tmp_path)
        running.tap(NEW)
        told = fate(running, awaited)
        assert (told.stage, told.form, told.number) == (CardStage.DONE, "10H", NEW)
        assert head_of(tmp_path) == head


def test_what_is_no_longer_wanted_is_an_arrival_again(tmp_path: Path) -> None:
    with a_running_station(tmp_path) as running:
        awaited = wanted(running)
        running.station.command(StopAwaitingCard("S001", awaited))
        running.go_to(Waiting)
        assert fate(running, awaited).stage is CardStage.OVER
        running.tap("A001")
        running.go_to(Asking)


@pytest.mark.parametrize(
    ("by", "worker", "part"), [("A001", "A001", "没有权限"), ("S001", "A009", "没有这个人")]
)
def test_a_card_is_not_awaited_for_just_anybody(tmp_path: Path, by: str, worker: str, part: str) -> None:
    with a_running_station(tmp_path) as running:
        reply = running.station.command(AwaitCard(by, CardPurpose.ADD, worker))
        assert isinstance(reply, Declined)
        assert part in reply.reason


def test_nobody_is_interrupted_in_a_check(tmp_path: Path) -> None:
    with a_running_station(tmp_path) as running:
        running.tap("A001")
        running.go_to(Asking)
        reply = running.station.command(AwaitCard("S001", CardPurpose.ADD, "A001"))
        assert isinstance(reply, Declined)
        assert "正在检查" in reply.reason
