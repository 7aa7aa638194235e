"""The day's count."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kiosk.journal.log import Journal
from kiosk.model.people import Roster, Worker
from kiosk.model.shifts import ShiftWindow
from kiosk.records import facts as f
from kiosk.records.reader import Reading
from kiosk.station.tally import tally_at
from tests.fakes.facts import DAY, MOMENT
from tests.fakes.running import a_running_station
from tests.fakes.waiting import until

WINDOWS = (ShiftWindow("白班", time(6), time(18)), ShiftWindow("夜班", time(18), time(6)))


@pytest.mark.parametrize(
    ("days_later", "hour", "arrived"), [(0, 19, 1), (0, 23, 1), (1, 0, 1), (1, 5, 1), (1, 6, 0)]
)
def test_a_night_shift_is_one_day_until_it_ends(
    tmp_path: Path, days_later: int, hour: int, arrived: int
) -> None:
    now = datetime(DAY.year, DAY.month, DAY.day + days_later, hour, 1)
    with (
        Journal.open(tmp_path, "test-0001", lambda: MOMENT) as journal,
        Reading.open(tmp_path) as reading,
    ):
        journal.change_roster(
            Roster((Worker("A001", "张三", posts=("welder",)),)), lambda card: card.number
        )
        journal.append(
            [
                f.CheckOpened("c1", "A001", "card", DAY, "夜班", 1),
                f.CheckClosed("c1", f.Outcome.PASSED),
            ]
        )
        tally = tally_at(reading, WINDOWS, now)
    assert (tally.expected, tally.arrived) == (1, arrived)


def test_the_count_is_that_of_the_new_day_once_the_night_shift_is_over(tmp_path: Path) -> None:
    """A visitor's last day was that of the night shift which is about to end; nobody touches
    anything.
    """
    clock = Clock(datetime(DAY.year, DAY.month, DAY.day + 1, 5, 59))
    visitor = Worker("B001", "李四", posts=("press",), ends_on=DAY)
    with a_running_station(
        tmp_path, roster=Roster((visitor,)), now=clock, recount_s=0.0
    ) as running:
        assert running.station.snapshot().tally.expected == 1
        clock.shows += timedelta(minutes=2)
        until(lambda: running.station.snapshot().tally.expected == 0, 20)


class Clock:
    """On the wall of every time zone; turned by hand."""

    def __init__(self, shows: datetime) -> None:
        self.shows = shows

    def __call__(self, zone: ZoneInfo) -> datetime:
        return self.shows.replace(tzinfo=zone)
