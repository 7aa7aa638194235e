"""The supervisor's pages read under a user of their own, by their group; they may not write, and
nobody else may look.
"""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.journal.blobs import PHOTOS, Photos
from kiosk.journal.clock import system_moment
from kiosk.journal.log import Journal
from kiosk.records.station.facts import StationStarted

_STATIONS_GROUP, _ANOTHER_GROUP = 61234, 61235
_READ = """
import os, sys, pathlib
from kiosk.journal.blobs import Photos
from kiosk.records.reader import Reading
data, group, photo = pathlib.Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
os.setgroups([]); os.setgid(group); os.setuid(65534)
with Reading.open(data) as reading:
    print(reading.head().seq, Photos(data / "photos").path(photo).read_bytes().decode())
"""
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")


@pytest.fixture(autouse=True)
def _usual_umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


def read_as(group: int, data: Path, photo: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", _READ, str(data), str(group), photo]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


@needs_root
def test_the_group_reads_while_the_station_runs_and_after_it_stopped_and_others_never(
    public_folder: Path,
) -> None:
    os.setegid(_STATIONS_GROUP)  # what the station makes belongs to its group
    try:
        data = public_folder / "data"
        with Journal.open(data, "door-1", system_moment) as journal:
            photo = Photos.open(data / PHOTOS).store(b"a photo")
            journal.append([StationStarted("1")])
            assert read_as(_STATIONS_GROUP, data, photo).stdout == "1 a photo\n"
            assert read_as(_ANOTHER_GROUP, data, photo).returncode != 0
        assert not (data / "journal.db-wal").exists()
        assert read_as(_STATIONS_GROUP, data, photo).stdout == "1 a photo\n"
        assert read_as(_ANOTHER_GROUP, data, photo).returncode != 0
    finally:
        os.setegid(0)


def test_whatever_is_made_is_closed_to_others_and_the_keys_to_the_group(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with Journal.open(data, "door-1", system_moment) as journal:
        Photos.open(data / PHOTOS).store(b"a photo")
        journal.append([StationStarted("1")])
        made = (data, *data.rglob("*"))
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in made}
        folders = {path.name for path in made if path.is_dir()}
    assert modes.pop("card.key") == 0o600
    assert {modes.pop(name) for name in folders} == {0o750}
    assert {"journal.db", "journal.db-wal", "journal.db-shm", "journal.lock"} < modes.keys()
    assert set(modes.values()) == {0o640}
