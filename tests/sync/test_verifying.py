"""The county walks what it holds again: it must notice anything that was changed behind its
back.
"""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
import sqlalchemy

from kiosk.journal.entries import digest
from kiosk.records.people.facts import WorkerChanged
from sync.county.enrolling import enrol
from sync.county.errors import AlreadyEnrolledError, UnknownStationError
from sync.county.objects import photo_key
from sync.county.server import CountyServer
from sync.county.settings import CountySettings
from sync.county.verifying import Report, verify_station
from sync.identity import open_identity
from tests.fakes.source import FakeSource
from tests.sync.stage import STATION, Station


@pytest.fixture
def drained(county: CountyServer, station: Station, source: FakeSource) -> CountyServer:
    """A county that holds a check and a signed head."""
    source.check()
    source.sign_head(station.identity)
    assert station.drain(county.port).complete
    return county


def execute(settings: CountySettings, statement: str) -> None:
    """Change the database behind the county's back."""
    engine = sqlalchemy.create_engine(settings.database)
    with engine.begin() as db:
        db.exec_driver_sql(statement)
    engine.dispose()


def verify(county: CountyServer) -> Report:
    return verify_station(county.store, county.objects, STATION)


def test_a_sound_copy(drained: CountyServer, source: FakeSource) -> None:
    report = verify(drained)
    assert report.sound
    assert report == Report(STATION, 15, source.journal[-1].hash, 14, 8, 0, ())


@pytest.mark.parametrize(
    ("change", "entries", "fault"),
    [
        (
            "UPDATE entries SET body = replace(body, 'zhang', 'zheng') WHERE seq = 1",
            0,
            "第 1 条记录对不上",
        ),
        (
            "UPDATE entries SET at = '2026-11-24T07:30:06.001Z' WHERE seq = 7",
            6,
            "第 7 条记录对不上",
        ),
        ("DELETE FROM entries WHERE seq = 9", 8, "第 9 条记录对不上"),
        ("DELETE FROM entries WHERE seq = 15", 14, "链头登记为第 15 条，表中却到第 14 条"),
    ],
)
def test_a_changed_database(
    drained: CountyServer, settings: CountySettings, change: str, entries: int, fault: str
) -> None:
    execute(settings, change)
    report = verify(drained)
    assert not report.sound
    assert report.entries == entries
    assert report.fault.startswith(fault)


def test_a_chain_rewritten_with_its_hashes(
    drained: CountyServer, settings: CountySettings, source: FakeSource
) -> None:
    """The owner of the database can make every hash fit again, but not the station's signature of
    the head.
    """
    prev = source.journal[9].prev
    for entry in source.journal[9:]:
        body = '{"type":"worker.changed","worker":"w-li-si"}' if entry.seq == 10 else entry.body
        new = msgspec.structs.replace(entry, body=body, prev=prev, hash="")
        prev = digest(new)
        execute(
            settings,
            (
                f"UPDATE entries SET body = '{body}', prev = '{new.prev}', hash = '{prev}' "
                f"WHERE seq = {entry.seq}"
            ),
        )
    execute(settings, f"UPDATE stations SET hash = '{prev}'")
    report = verify(drained)
    assert (report.entries, report.fault) == (14, "第 15 条记录里的站方签名不对")


def test_changed_and_lost_photos(
    drained: CountyServer, settings: CountySettings, source: FakeSource
) -> None:
    flipped, lost, *_ = source.files
    path = Path(settings.objects) / photo_key(STATION, flipped)
    path.write_bytes(path.read_bytes()[:-1] + b"!")
    drained.objects.delete(photo_key(STATION, lost))
    report = verify(drained)
    assert set(report.photos_damaged) == {flipped, lost}
    assert not report.sound


def test_a_long_journal_reports_how_far_it_is(
    county: CountyServer, station: Station, source: FakeSource
) -> None:
    for _ in range(1200):
        source.record(WorkerChanged("w-zhang-san"))
    station.drain(county.port)
    heard: list[int] = []
    assert verify_station(county.store, county.objects, STATION, heard.append).entries == 1200
    assert heard == [500, 1000, 1200]


def test_enrolling(county: CountyServer, station: Station, tmp_path: Path) -> None:
    """Again with the same key renames; another key is refused, because what came before could no
    longer be checked.
    """
    enrol(county.store, STATION, "二车间班前站", station.identity.public_key)
    row = county.store.station(STATION)
    assert row is not None
    assert row.name == "二车间班前站"
    with pytest.raises(AlreadyEnrolledError, match=STATION):
        enrol(county.store, STATION, "别的站", open_identity(tmp_path, STATION).public_key)
    with pytest.raises(UnknownStationError):
        verify_station(county.store, county.objects, "station-77")
