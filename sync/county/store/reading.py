"""Reading the county's database: rows as values."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, func, select

from kiosk.journal.entries import Entry
from kiosk.model.outside import as_line
from sync.county.projecting import Noted, Photos
from sync.county.store.tables import check_entries, checks, entries, notices, photos, stations


class StationRow(msgspec.Struct, frozen=True):
    """A station as the county knows it; times are ISO 8601 in UTC, empty for never."""

    station: str
    name: str
    public_key: str
    photos: str
    enrolled_at: str
    seq: int
    hash: str
    received_at: str
    signed_seq: int
    signed_hash: str
    signed_at: str
    alarm: str
    alarm_at: str


class CheckRow(msgspec.Struct, frozen=True):
    """A check as listed; `outcome` and `closed_at` are empty while it is open."""

    station: str
    check_id: str
    opened_seq: int
    worker: str
    post: str
    shift_on: str
    shift: str
    outcome: str
    opened_at: str
    closed_at: str


class PhotoRow(msgspec.Struct, frozen=True):
    """A photo that an entry names; `held_at` is None while its bytes are not here."""

    station: str
    digest: str
    size: str
    seq: int
    held_at: str | None


_MOST_NAME = 64
_ENTRY_COLUMNS = [entries.c[name] for name in Entry.__struct_fields__]


def station_row(db: Connection, station: str) -> StationRow | None:
    """Return one station, None where it is not enrolled."""
    row = db.execute(select(stations).where(stations.c.station == station)).one_or_none()
    return None if row is None else StationRow(*row)


def station_rows(db: Connection) -> list[StationRow]:
    """Return all stations: those with an alarm first, then by id."""
    # False sorts before true, so stations with an alarm come first.
    query = select(stations).order_by(stations.c.alarm == "", stations.c.station)
    return [StationRow(*row) for row in db.execute(query)]


def missing_by_station(db: Connection) -> dict[tuple[str, str], int]:
    """Count the photos that are not held by station and size."""
    group = (photos.c.station, photos.c.size)
    query = select(*group, func.count()).where(photos.c.held_at.is_(None)).group_by(*group)
    return {(station, size): count for station, size, count in db.execute(query)}


def count_held_photos(db: Connection, station: str) -> int:
    """Count the photos that are held."""
    query = select(func.count()).where(photos.c.station == station, photos.c.held_at.is_not(None))
    return db.execute(query).scalar_one()


def count_missing_photos(db: Connection, station: str, policy: Photos) -> int:
    """Count the photos that are wanted and not held."""
    query = select(func.count()).select_from(photos).where(*_wanted(station, policy))
    return db.execute(query).scalar_one()


def wanted_digests(
    db: Connection, station: str, policy: Photos, after: str, limit: int
) -> list[str]:
    """Return digests of photos that are wanted and not held, in ascending order."""
    query = select(photos.c.digest).where(*_wanted(station, policy), photos.c.digest > after)
    return list(db.execute(query.order_by(photos.c.digest).limit(limit)).scalars())


def _wanted(station: str, policy: Photos) -> Iterable[ColumnElement[bool]]:
    return (
        photos.c.station == station,
        photos.c.held_at.is_(None),
        photos.c.size.in_(policy.sizes),
    )


def held_digests(db: Connection, station: str, digests: Collection[str]) -> set[str]:
    """Return which of these photos are held."""
    query = select(photos.c.digest).where(photos.c.station == station, photos.c.digest.in_(digests))
    return set(db.execute(query.where(photos.c.held_at.is_not(None))).scalars())


def photo_row(db: Connection, station: str, digest: str) -> PhotoRow | None:
    """Return one photo, None where no entry of this station names it."""
    query = select(photos).where(photos.c.station == station, photos.c.digest == digest)
    row = db.execute(query).one_or_none()
    return None if row is None else PhotoRow(*row)


def photo_rows(db: Connection, station: str, after: str, limit: int) -> list[PhotoRow]:
    """Return photos by digest, a page after the digest `after`."""
    query = select(photos).where(photos.c.station == station, photos.c.digest > after)
    return [PhotoRow(*row) for row in db.execute(query.order_by(photos.c.digest).limit(limit))]


def entry_rows(db: Connection, station: str, after: int, limit: int) -> list[Entry]:
    """Return entries as they came, a page after number `after`."""
    query = select(*_ENTRY_COLUMNS).where(entries.c.station == station, entries.c.seq > after)
    return _entries(db.execute(query.order_by(entries.c.seq).limit(limit)))


def check_rows(db: Connection, station: str, before: int, limit: int) -> list[CheckRow]:
    """Return checks, the newest first, a page of those opened before entry number `before`."""
    query = select(checks).where(checks.c.station == station, checks.c.opened_seq < before)
    return [
        _check(row) for row in db.execute(query.order_by(checks.c.opened_seq.desc()).limit(limit))
    ]


def notice_rows(db: Connection, station: str, before: int, limit: int) -> list[Noted]:
    """Return notices, the newest first, a page of those before entry number `before`."""
    columns = [notices.c[name] for name in Noted.__struct_fields__]
    query = select(*columns).where(notices.c.station == station, notices.c.seq < before)
    return [Noted(*row) for row in db.execute(query.order_by(notices.c.seq.desc()).limit(limit))]


def check_row(db: Connection, station: str, check_id: str) -> CheckRow | None:
    """Return one check, None where there is none."""
    query = select(checks).where(checks.c.station == station, checks.c.check_id == check_id)
    row = db.execute(query).one_or_none()
    return None if row is None else _check(row)


def _check(row: Sequence[Any]) -> CheckRow:
    """Return a row whose texts, which a station chose, are lines that fit a table."""
    stored = CheckRow(*row)
    worker, post, shift = (
        as_line(text, _MOST_NAME) for text in (stored.worker, stored.post, stored.shift)
    )
    return msgspec.structs.replace(stored, worker=worker, post=post, shift=shift)


def entries_of_check(db: Connection, station: str, check_id: str, limit: int) -> list[Entry]:
    """Return the entries that belong to a check, in order."""
    belongs = (check_entries.c.station == station, check_entries.c.check_id == check_id)
    joined = entries.join(
        check_entries,
        (check_entries.c.station == entries.c.station) & (check_entries.c.seq == entries.c.seq),
    )
    query = select(*_ENTRY_COLUMNS).select_from(joined).where(*belongs)
    return _entries(db.execute(query.order_by(entries.c.seq).limit(limit)))


def _entries(rows: Iterable[Sequence[Any]]) -> list[Entry]:
    return [Entry(*row) for row in rows]
