"""`kiosk sync`, `verify`, `doctor` and `identity` where the disk takes nothing more: a sentence, no
traceback, nothing lost, and complete once there is room.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.cli.options import CONFIG_FOLDER
from kiosk.journal.log import Journal
from kiosk.records import facts as f
from kiosk.settings import load
from sync.county.access import hash_password
from sync.county.enrolling import enrol
from sync.county.server import CountyServer
from sync.county.settings import CountySettings
from sync.identity import KEY_FILE, open_identity
from sync.progress import DATABASE
from tests.fakes.facts import still
from tests.faults.disks import Disk, faulty_card, memory_disk
from tests.sync.stage import running

CONFIG = CONFIG_FOLDER / "demo.toml"
STATION = load(CONFIG).station.id


def a_journal(data: Path, entries: int) -> None:
    with Journal.open(data, STATION, still) as journal:
        for _ in range(entries):
            journal.append([f.StationStarted("0.1.0")])


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    with memory_disk(tmp_path / "disk", 4) as disk:
        yield disk


@pytest.fixture
def county(tmp_path: Path) -> Iterator[CountyServer]:
    settings = CountySettings(
        port=0,
        database=f"sqlite:///{tmp_path}/county.db",
        objects=str(tmp_path / "objects"),
        password_hash=hash_password("a password for tests"),
    )
    with running(settings) as county:
        yield county


def kiosk(command: str, data: Path, *words: str) -> tuple[int, str]:
    """Run a command as a process and return its status and all that it said."""
    ran = subprocess.run(
        [
            sys.executable,
            "-m",
            "kiosk",
            command,
            "--config",
            str(CONFIG),
            "--data",
            str(data),
            *words,
        ],
        capture_output=True,
        text=True,
        timeout=60,
    )
    return ran.returncode, ran.stdout + ran.stderr


def synced(data: Path, county: CountyServer) -> tuple[int, str]:
    return kiosk("sync", data, "--county", f"http://127.0.0.1:{county.port}")


def enrolled(county: CountyServer, data: Path) -> None:
    enrol(county.store, STATION, "东门", open_identity(data, STATION).public_key)


@pytest.mark.parametrize("left_kb", [0, 8, 40])
@pytest.mark.parametrize("before", [False, True], ids=["first sync", "later sync"])
def test_sync_says_so_and_is_complete_once_there_is_room(
    disk: Disk, county: CountyServer, before: bool, left_kb: int
) -> None:
    data = disk.folder
    a_journal(data, 3)
    enrolled(county, data)
    if before:
        assert synced(data, county)[0] == 0
        a_journal(data, 3)
    disk.fill(left_kb)
    status, told = synced(data, county)
    assert "Traceback" not in told
    assert status == 0 or "存储空间已满" in told, told
    assert (status == 0) <= (left_kb > 0)
    disk.make_room()
    assert synced(data, county)[0] == 0
    assert county.store.held(STATION).seq == (6 if before else 3)


def test_what_only_reads_says_so_too(disk: Disk, county: CountyServer) -> None:
    data = disk.folder
    a_journal(data, 3)
    enrolled(county, data)
    assert synced(data, county)[0] == 0
    disk.fill()
    for command in ("verify", "doctor", "identity"):
        _, told = kiosk(command, data)
        assert "Traceback" not in told, told
        assert command == "identity" or "存储" in told


def test_a_key_that_cannot_be_made(disk: Disk) -> None:
    disk.fill()
    status, told = kiosk("identity", disk.folder)
    assert (status, "Traceback" in told) == (1, False), told
    assert f"{KEY_FILE} 写不进去：存储空间已满" in told


def test_a_card_that_the_kernel_found_faulty(tmp_path: Path, county: CountyServer) -> None:
    with faulty_card(tmp_path / "card", 16) as card:
        data = card.folder / "data"
        a_journal(data, 3)
        enrolled(county, data)
        assert synced(data, county)[0] == 0
        card.fail()
        status, told = synced(data, county)
        assert (status, "Traceback" in told) == (1, False), told
        assert DATABASE in told
        for command in ("verify", "doctor"):
            _, told = kiosk(command, data)
            assert "Traceback" not in told, told
