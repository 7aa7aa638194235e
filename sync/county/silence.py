"""Which stations the county has not heard of: pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from sync.county.store import StationRow

SILENT_AFTER = timedelta(days=2)
"""A station records at least its signature of the head every night: two nights without anything are
no accident.
"""


def silent_days(row: StationRow, now: datetime) -> int:
    """Return for how many whole days nothing came from a station; 0 where that is no longer than it
    may be.
    """
    silence = now - datetime.fromisoformat(row.received_at or row.enrolled_at)
    return silence.days if silence > SILENT_AFTER else 0
