"""Times of day: stored in UTC, shown in China's."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")


def utc_now() -> datetime:
    """Return the wall clock's time."""
    return datetime.now(UTC)


def stamp(moment: datetime) -> str:
    """Write a moment as entries do: UTC, ISO 8601 with milliseconds and Z."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def shown(text: str, form: str = "%Y-%m-%d %H:%M:%S") -> str:
    """Show a stored time in China's; empty for empty, and as it is where it cannot be read."""
    if not text:
        return ""
    try:
        return datetime.fromisoformat(text).astimezone(CHINA).strftime(form)
    except (ValueError, OverflowError):
        return text
