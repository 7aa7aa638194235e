"""Which shift a moment belongs to, across midnight too."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from kiosk.model.shifts import Shift, ShiftWindow, shift_at

WINDOWS = (ShiftWindow("白班", time(6), time(18)), ShiftWindow("夜班", time(18), time(6)))


@pytest.mark.parametrize(
    ("now", "shift"),
    [
        (datetime(2026, 11, 24, 6, 0), Shift(date(2026, 11, 24), "白班")),
        (datetime(2026, 11, 24, 17, 59, 59), Shift(date(2026, 11, 24), "白班")),
        (datetime(2026, 11, 24, 18, 0), Shift(date(2026, 11, 24), "夜班")),
        (datetime(2026, 11, 25, 2, 0), Shift(date(2026, 11, 24), "夜班")),
        (datetime(2026, 11, 25, 5, 59), Shift(date(2026, 11, 24), "夜班")),
    ],
)
def test_shift_at(now: datetime, shift: Shift) -> None:
    assert shift_at(WINDOWS, now) == shift


def test_outside_every_window_the_day_is_the_shift() -> None:
    assert shift_at(WINDOWS[:1], datetime(2026, 11, 24, 20)) == Shift(date(2026, 11, 24), "")
