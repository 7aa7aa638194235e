"""The day's count."""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path

import pytest

from kiosk.counting import tally_at
from kiosk.journal.log import Journal
from kiosk.journal.reading import Reading
from kiosk.model import facts as f
from kiosk.model.people import Roster, Worker
from kiosk.model.shifts import ShiftWindow
from tests.fakes.facts import DAY, MOMENT

WINDOWS = (ShiftWindow("白班", time(6), time(18)), ShiftWindow("夜班", time(18), time(6)))


@pytest.mark.parametrize(
    ("days_later", "hour", "arrived"), [(0, 19, 1), (0, 23, 1), (1, 0, 1), (1, 5, 1), (1, 6, 0)]
)
def test_a_night_shift_is_one_day_until_it_ends(
    tmp_path: Path, days_later: int, hour: int, arrived: int
) -> None:
    now = datetime(DAY.year, DAY.month, DAY.day + days_later, hour, 1)
    with Journal.open(tmp_path, "test-0001", lambda: MOMENT) as journal, Reading.open(tmp_path) as reading:
        journal.change_roster(Roster((Worker("A001", "张三", posts=("welder",)),)), lambda card: card.number)
        journal.append(
            [f.CheckOpened("c1", "A001", "card", DAY, "夜班", 1), f.CheckClosed("c1", f.Outcome.PASSED)]
        )
        tally = tally_at(reading, WINDOWS, now)
    assert (tally.expected, tally.arrived) == (1, arrived)
