"""Settings of the supervisor's pages; durations and sizes carry their unit."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import msgspec

from kiosk.model.shifts import ShiftWindow


class ReviewSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The settings of the review process. `station` and `shifts` are the station's own."""

    station: str
    shifts: tuple[ShiftWindow, ...] = ()
    time_zone: str = "Asia/Shanghai"
    port: int = 8081
    threads: int = 8
    session_s: float = 8 * 3600
    """A supervisor signs in again after this, busy or not."""
    idle_lock_s: float = 30 * 60
    """And after this long without opening a page."""
    page_size: int = 20
    """Checks on one page; with four thumbnails each they stay below what nginx lets one phone ask
    for at once.
    """
    poll_ms: int = 3000
    most_comment: int = 500
    """Characters; the station declines longer comments."""

    @property
    def zone(self) -> ZoneInfo:
        """Return the station's time zone."""
        return ZoneInfo(self.time_zone)
