"""Alarms about a station: each stays for ever, open until somebody acknowledges it.

`stations.alarm` shows the first open one, for what follows is often its consequence.
"""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection, func, insert, select, update

from sync.county.store import tables

_alarms = tables.alarms.c
MOST_SHOWN = 50


class AlarmRow(msgspec.Struct, frozen=True):
    """An alarm; times are ISO 8601 in UTC.

    `acknowledged_at`, `by` and `note` are empty while it is open.
    """

    station: str
    number: int
    text: str
    raised_at: str
    acknowledged_at: str
    by: str
    note: str


def raise_alarm(db: Connection, station: str, text: str, at: str) -> None:
    """Raise an alarm, unless one that says the same is open."""
    mine = _alarms.station == station
    same = select(func.count()).where(mine, _alarms.text == text, _alarms.acknowledged_at == "")
    if db.execute(same).scalar_one():
        return
    # No race: the caller holds the lock on the station's row.
    last = db.execute(select(func.max(_alarms.number)).where(mine)).scalar_one() or 0
    db.execute(
        insert(tables.alarms).values(station=station, number=last + 1, text=text, raised_at=at)
    )
    _show_open(db, station)


def acknowledge(db: Connection, station: str, number: int, by: str, note: str, at: str) -> None:
    """Record who took note of the open alarms up to this number, when, and in what sentence; a
    later one stays open.
    """
    which = (_alarms.station == station, _alarms.number <= number, _alarms.acknowledged_at == "")
    db.execute(update(tables.alarms).where(*which).values(acknowledged_at=at, by=by, note=note))
    _show_open(db, station)


def alarm_rows(db: Connection, station: str) -> list[AlarmRow]:
    """Return a station's alarms, the newest first."""
    query = select(tables.alarms).where(_alarms.station == station).order_by(_alarms.number.desc())
    return [AlarmRow(*row) for row in db.execute(query.limit(MOST_SHOWN))]


def _show_open(db: Connection, station: str) -> None:
    still_open = (_alarms.station == station, _alarms.acknowledged_at == "")
    query = select(_alarms.text, _alarms.raised_at).where(*still_open).order_by(_alarms.number)
    first = db.execute(query.limit(1)).one_or_none()
    text, at = first if first is not None else ("", "")
    which = tables.stations.c.station == station
    db.execute(update(tables.stations).where(which).values(alarm=text, alarm_at=at))
