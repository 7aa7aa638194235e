"""What the station will not record for anybody on the command socket."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.commands.protocol import Declined, Recorded
from kiosk.flow.stages import Closed
from kiosk.model.people import CardNumber, Roster
from kiosk.records.people.commands import ChangeRoster
from kiosk.records.reader import Reading
from kiosk.records.reviews.commands import ReviewCheck
from kiosk.records.reviews.facts import Verdict
from tests.fakes.content import a_worker
from tests.fakes.running import SIMULATED, Running, a_running_station


def a_check(running: Running, data: Path) -> str:
    running.tap("A001")
    running.go_to(Closed)
    with Reading.open(data) as reading:
        return reading.checks()[0].id


def test_a_verdict_is_on_a_photo_of_that_check(tmp_path: Path) -> None:
    with a_running_station(tmp_path, camera=SIMULATED) as running:
        check = a_check(running, tmp_path)
        with Reading.open(tmp_path) as reading:
            detail = reading.check(check)
        assert detail
        photo = detail.photos[0].photo
        other = running.station.command(
            ReviewCheck(check, "S001", Verdict.ACCEPTED, photo="ab" * 32)
        )
        own = running.station.command(ReviewCheck(check, "S001", Verdict.ACCEPTED, photo=photo))
    assert other == Declined("这张照片不是这次检查的")
    assert isinstance(own, Recorded)


@pytest.mark.parametrize("comment", ["", " \u3000", "\u200b\u200d\ufeff", "\u3164", "。。。"])
def test_a_rejection_that_says_nothing_is_declined(tmp_path: Path, comment: str) -> None:
    with a_running_station(tmp_path, camera=SIMULATED) as running:
        check = a_check(running, tmp_path)
        reply = running.station.command(ReviewCheck(check, "S001", Verdict.REJECTED, comment))
    assert reply == Declined("不合格要写明原因")


@pytest.mark.parametrize(
    ("roster", "named"),
    [
        (Roster((a_worker(""),)), "工号"),
        (Roster((a_worker(" A003"),)), "“ A003”"),
        (Roster((a_worker("A\u200b003"),)), "工号"),
        (Roster((a_worker("A003\n"),)), "工号"),
        (Roster((a_worker("A003\u3164"),)), "工号"),
        (Roster((a_worker("9" * 40),)), "32"),
        (Roster((a_worker("A003", name="\u3000"),)), "A003"),
        (Roster((a_worker("A003"),), (CardNumber("A003", "11H", "0101010101"),)), "11H"),
        (Roster((a_worker("A003"),), (CardNumber("A003", "10H", "01"),)), "A003"),
        (Roster((a_worker("A003"),), (CardNumber("A003", "10H", "ab01010101"),)), "AB01010101"),
    ],
    ids=lambda value: "",
)
def test_an_odd_roster_is_declined_and_changes_nobody(
    tmp_path: Path, roster: Roster, named: str
) -> None:
    with a_running_station(tmp_path, camera=SIMULATED) as running:
        reply = running.station.command(ChangeRoster(roster))
        with Reading.open(tmp_path) as reading:
            assert set(reading.workers()) == {"A001", "S001"}
    assert isinstance(reply, Declined)
    assert named in reply.reason
