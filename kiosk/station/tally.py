"""Today's count on the waiting screen: who was expected and who came, on the day whose shift is running."""

from __future__ import annotations

from datetime import datetime

from kiosk.model.shifts import ShiftWindow, shift_at
from kiosk.records.reader import Reading
from kiosk.station.snapshot import Tally


def tally_at(reading: Reading, windows: tuple[ShiftWindow, ...], now: datetime) -> Tally:
    """Count for local time `now`; at three in the morning that is still yesterday's night shift."""
    today = shift_at(windows, now).on
    return Tally(reading.expected(today), reading.tally(today), reading.unbroken_days(today))
