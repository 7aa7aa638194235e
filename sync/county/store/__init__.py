"""The county's database: the only SQL of the county."""

from __future__ import annotations

from sync.county.store.alarms import AlarmRow
from sync.county.store.reading import CheckRow, PhotoRow, StationRow
from sync.county.store.store import Store

__all__ = ["AlarmRow", "CheckRow", "PhotoRow", "StationRow", "Store"]
