"""What "today" means for a check: configured windows of the day, across midnight too."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import msgspec


class ShiftWindow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A shift (班次) of every day: checks made from `begins` until `ends` (local time) belong to
    it.
    """

    name: str
    begins: time
    ends: time


class Shift(msgspec.Struct, frozen=True):
    """One shift on one day; a night shift carries the day on which it began."""

    on: date
    name: str


def shift_at(windows: tuple[ShiftWindow, ...], now: datetime) -> Shift:
    """Return the shift that local time `now` falls into; outside every window, the day itself is
    the shift.
    """
    for window in windows:
        for day in (now.date(), now.date() - timedelta(days=1)):
            if _begin(window, day) <= now.replace(tzinfo=None) < _end(window, day):
                return Shift(day, window.name)
    return Shift(now.date(), "")


def _begin(window: ShiftWindow, day: date) -> datetime:
    return datetime.combine(day, window.begins)


def _end(window: ShiftWindow, day: date) -> datetime:
    next_day = window.ends <= window.begins
    return datetime.combine(day + timedelta(days=next_day), window.ends)
