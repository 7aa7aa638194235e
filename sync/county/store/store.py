"""The store: what the county can record of a station and be asked about it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Self, TypeVar

from sqlalchemy import Connection, insert, update

from kiosk.journal.entries import Entry, genesis
from sync.county.errors import AlreadyEnrolledError, UnknownStationError
from sync.county.judging import Verdict
from sync.county.projecting import Noted, Photos
from sync.county.store import alarms, reading, tables
from sync.county.store.alarms import AlarmRow
from sync.county.store.engine import Sessions, open_engine
from sync.county.store.reading import CheckRow, PhotoRow, StationRow
from sync.county.store.renewing import renew
from sync.county.store.taking import take
from sync.county.view import crew_check_of, with_crew
from sync.protocol import Held

T = TypeVar("T")


class Store:
    """Every method is one transaction and may raise StoreUnavailableError; then nothing was done.

    Safe between threads.
    """

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    @classmethod
    def open(cls, url: str) -> Self:
        """Open a database by URL (see `open_engine`), making the tables that are not there and
        renewing what an older version projected.
        """
        sessions = Sessions(open_engine(url))
        with sessions.write() as db:
            tables.metadata.create_all(db)
            renew(db)
        return cls(sessions)

    def close(self) -> None:
        """Close all connections."""
        self._sessions.close()

    def enrol(self, station: str, name: str, public_key: str, photos: Photos, at: str) -> None:
        """Make a station known by its public key (hex).

        Again with the same key changes its name and what photos are wanted.

        Raise AlreadyEnrolledError where another key is enrolled: what came before could no longer
        be checked.
        """
        with self._sessions.write() as db:
            known = reading.station_row(db, station)
            if known is not None and known.public_key != public_key:
                raise AlreadyEnrolledError(
                    f"station {station} is enrolled with another key: give it another id"
                )
            if known is None:
                row = {"station": station, "public_key": public_key, "enrolled_at": at}
                db.execute(
                    insert(tables.stations).values(
                        **row, name=name, photos=photos.value, seq=0, hash=genesis(station)
                    )
                )
            else:
                which = tables.stations.c.station == station
                db.execute(
                    update(tables.stations).where(which).values(name=name, photos=photos.value)
                )

    def take(self, station: str, batch: Sequence[Entry], at: str) -> tuple[Verdict, Held]:
        """Append what is new of a batch, all of it or nothing; return the verdict and what is held
        after it.
        """
        with self._sessions.write() as db:
            verdict = take(db, station, batch, at)
            return verdict, _held(db, station)

    def acknowledge(self, station: str, number: int, by: str, note: str, at: str) -> None:
        """Record that somebody took note of a station's open alarms up to this number, and in what
        sentence.
        """
        with self._sessions.write() as db:
            alarms.acknowledge(db, station, number, by, note, at)

    def alarms(self, station: str) -> list[AlarmRow]:
        """Return a station's alarms, the newest first."""
        return self._read(lambda db: alarms.alarm_rows(db, station))

    def hold_photo(self, station: str, digest: str, at: str) -> None:
        """Record that a photo's bytes are in the object store."""
        # Only after the object store has flushed it: a photo marked as held is never asked for
        # again.
        photos = tables.photos.c
        with self._sessions.write() as db:
            which = (photos.station == station, photos.digest == digest)
            db.execute(update(tables.photos).where(*which).values(held_at=at))

    def station(self, station: str) -> StationRow | None:
        """Return one station, None where it is not enrolled."""
        return self._read(lambda db: reading.station_row(db, station))

    def stations(self) -> list[tuple[StationRow, int]]:
        """Return all stations, those with an alarm first, each with the number of photos it
        owes.
        """
        with self._sessions.read() as db:
            missing = reading.missing_by_station(db)
            return [
                (row, sum(missing.get((row.station, size), 0) for size in Photos(row.photos).sizes))
                for row in reading.station_rows(db)
            ]

    def held(self, station: str) -> Held:
        """Return what is held of an enrolled station's journal."""
        with self._sessions.read() as db:
            return _held(db, station)

    def photo_counts(self, station: str) -> tuple[int, int]:
        """Count an enrolled station's photos: held, and wanted but missing."""
        with self._sessions.read() as db:
            missing = reading.count_missing_photos(db, station, _policy(db, station))
            return reading.count_held_photos(db, station), missing

    def wanted(self, station: str, after: str, limit: int) -> list[str]:
        """Return digests of photos that are wanted and not held, in ascending order after
        `after`.
        """
        with self._sessions.read() as db:
            return reading.wanted_digests(db, station, _policy(db, station), after, limit)

    def photo(self, station: str, digest: str) -> PhotoRow | None:
        """Return one photo, None where no entry of this station names it."""
        return self._read(lambda db: reading.photo_row(db, station, digest))

    def held_photos(self, station: str, digests: Collection[str]) -> set[str]:
        """Return which of these photos are held."""
        return self._read(lambda db: reading.held_digests(db, station, digests))

    def photos(self, station: str, after: str, limit: int) -> list[PhotoRow]:
        """Return a page of the photos that entries name, by digest after `after`."""
        return self._read(lambda db: reading.photo_rows(db, station, after, limit))

    def entries(self, station: str, after: int, limit: int) -> list[Entry]:
        """Return a page of entries as they came, after number `after`."""
        return self._read(lambda db: reading.entry_rows(db, station, after, limit))

    def checks(self, station: str, before: int, limit: int) -> list[CheckRow]:
        """Return a page of checks, the newest first, of those opened before entry number
        `before`.
        """
        return self._read(lambda db: reading.check_rows(db, station, before, limit))

    def notices(self, station: str, before: int, limit: int) -> list[Noted]:
        """Return a page of what happened at the door without a check, the newest first, of entries
        before number `before`.
        """
        return self._read(lambda db: reading.notice_rows(db, station, before, limit))

    def check(
        self, station: str, check_id: str, limit: int = 1000
    ) -> tuple[CheckRow, list[Entry]] | None:
        """Return one check with at most `limit` of its entries, None where there is none."""
        with self._sessions.read() as db:
            row = reading.check_row(db, station, check_id)
            if row is None:
                return None
            own = reading.entries_of_check(db, station, check_id, limit)
            whole = crew_check_of(own)
            crew = reading.entries_of_check(db, station, whole, limit) if whole else ()
            return row, with_crew(own, crew)

    def _read(self, query: Callable[[Connection], T]) -> T:
        with self._sessions.read() as db:
            return query(db)


def _held(db: Connection, station: str) -> Held:
    row = _known(db, station)
    return Held(row.seq, row.hash, reading.count_missing_photos(db, station, Photos(row.photos)))


def _policy(db: Connection, station: str) -> Photos:
    return Photos(_known(db, station).photos)


def _known(db: Connection, station: str) -> StationRow:
    row = reading.station_row(db, station)
    if row is None:
        raise UnknownStationError(f"station {station} is not enrolled")
    return row
