"""`kiosk enrol` as the county's administrator types it, and mistypes it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kiosk.cli.main import main
from sync.county.store import Store
from sync.identity import Identity
from tests.sync.stage import STATION

KEY = "ab" * 32


@pytest.fixture
def config(tmp_path: Path, password_hash: str) -> Path:
    path = tmp_path / "county.toml"
    path.write_text(
        f'database = "sqlite:///{{data}}/c.db"\nobjects = "{{data}}/o"\nphotos = "thumbnails"\n'
        f'password_hash = "{password_hash}"\n'
    )
    return path


def enrol(config: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["enrol", "--config", str(config), "--data", str(config.parent), *words])


def test_a_station_is_enrolled_and_its_fingerprint_shown(config: Path, identity: Identity) -> None:
    told = enrol(config, STATION, "一车间班前站", identity.public_key.upper())
    assert told.exit_code == 0
    assert identity.fingerprint in told.output, "what two people compare over the telephone"
    store = Store.open(f"sqlite:///{config.parent}/c.db")
    row = store.station(STATION)
    store.close()
    assert row is not None
    assert (row.name, row.public_key, row.photos) == ("一车间班前站", identity.public_key, "thumbnails")


@pytest.mark.parametrize(
    ("station", "name", "key", "wrong"),
    [
        ("一号站", "东门", KEY, "station id"),
        ("", "东门", KEY, "station id"),
        ("a/b", "东门", KEY, "station id"),
        ("x" * 65, "东门", KEY, "station id"),
        (STATION, " ", KEY, "name"),
        (STATION, "两\n行", KEY, "name"),
        (STATION, "长" * 41, KEY, "name"),
        (STATION, "东门", "", "public key"),
        (STATION, "东门", KEY[:-1], "public key"),
        (STATION, "东门", "g" * 64, "public key"),
        (STATION, "东门", "1a2b 3c4d 5e6f 7081", "public key"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_enrolled(
    config: Path, station: str, name: str, key: str, wrong: str
) -> None:
    told = enrol(config, "--", station, name, key)
    assert (told.exit_code, wrong in told.stderr) == (1, True), told.output
    store = Store.open(f"sqlite:///{config.parent}/c.db")
    assert store.stations() == []
    store.close()
