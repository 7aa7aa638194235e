"""A real county on a loopback port, over SQLite and over PostgreSQL, and a station with a key of
its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.county.enrolling import enrol
from sync.county.server import CountyServer
from sync.county.settings import CountySettings
from sync.identity import Identity, open_identity
from tests.fakes.hashing import CHEAP
from tests.fakes.postgres import Postgres, why_no_postgres
from tests.fakes.source import FakeSource
from tests.sync.stage import PASSWORD, STATION, Station, running


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A throw-away PostgreSQL cluster."""
    if reason := why_no_postgres():
        pytest.skip(reason)
    with Postgres() as cluster:
        yield cluster


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/county.db"
    cluster: Postgres = request.getfixturevalue("postgres")
    return cluster.new_database()


@pytest.fixture(scope="session")
def password_hash() -> str:
    return CHEAP.hash(PASSWORD)


@pytest.fixture
def settings(database: str, tmp_path: Path, password_hash: str) -> CountySettings:
    return CountySettings(
        port=0,
        database=database,
        objects=str(tmp_path / "objects"),
        password_hash=password_hash,
        threads=4,
    )


@pytest.fixture
def county(settings: CountySettings, identity: Identity) -> Iterator[CountyServer]:
    """A running county that knows the station."""
    with running(settings) as server:
        enrol(server.store, STATION, "一车间班前站", identity.public_key)
        yield server


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the station's data folder."""
    folder = tmp_path / "station"
    folder.mkdir()
    return folder


@pytest.fixture
def identity(folder: Path) -> Identity:
    return open_identity(folder, STATION)


@pytest.fixture
def source() -> FakeSource:
    return FakeSource(STATION)


@pytest.fixture
def station(folder: Path, identity: Identity, source: FakeSource) -> Station:
    return Station(folder, identity, source)
