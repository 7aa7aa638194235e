"""The emergency page on the disk: whole or as it was, and no write for nothing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from kiosk.station.emergency_file import EmergencyFile
from tests.faults.disks import Disk, memory_disk


class APage(msgspec.Struct):
    words: str
    size: int = 10
    made: int = 0

    @property
    def ending(self) -> bytes:
        return f"<!-- {self.words} -->\n".encode()

    def whole(self) -> bytes:
        self.made += 1
        return bytes(self.size) + self.ending


class Kept:
    """A file whose page a test turns."""

    def __init__(self, path: Path) -> None:
        self.page = APage("first")
        self.told: list[str] = []
        self.file = EmergencyFile(path, lambda: self.page, self.told.append)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "emergency" / "emergency.html"


def test_everybody_may_read_it_whatever_the_umask(path: Path) -> None:
    before = os.umask(0o027)
    try:
        Kept(path).file.keep()
    finally:
        os.umask(before)
    assert path.stat().st_mode & 0o777 == 0o644
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_the_same_page_is_neither_made_nor_written_again(path: Path) -> None:
    Kept(path).file.keep()
    written = path.stat()
    later = Kept(path)
    later.file.keep()
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (written.st_ino, written.st_mtime_ns)
    assert later.page.made == 0


def test_another_page_takes_its_place(path: Path) -> None:
    kept = Kept(path)
    kept.file.keep()
    kept.page = APage("second")
    kept.file.keep()
    assert path.read_bytes() == kept.page.whole()


def test_a_page_that_is_cut_off_is_written_again(path: Path) -> None:
    kept = Kept(path)
    kept.file.keep()
    path.write_bytes(path.read_bytes()[:-3])
    kept.file.keep()
    assert path.read_bytes() == kept.page.whole()


def test_a_folder_that_cannot_be_written_is_told_and_leaves_the_page(path: Path) -> None:
    kept = Kept(path)
    kept.file.keep()
    before = path.read_bytes()
    (path.parent / f"{path.name}.part").mkdir()  # root may write into any folder
    kept.page = APage("second")
    kept.file.keep()
    assert path.read_bytes() == before
    assert len(kept.told) == 1
    assert str(path) in kept.told[0]


def test_after_its_end_nothing_is_written(path: Path) -> None:
    kept = Kept(path)
    kept.file.stop()
    kept.file.run()
    kept.file.keep()
    assert not path.exists()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    (tmp_path / "disk").mkdir()
    with memory_disk(tmp_path / "disk", 1) as disk:
        yield disk


def test_a_full_disk_keeps_the_page_of_before(disk: Disk) -> None:
    path = disk.folder / "emergency" / "emergency.html"
    kept = Kept(path)
    kept.file.keep()
    before = path.read_bytes()
    disk.fill(leave_kb=8)
    kept.page = APage("second", size=100_000)
    kept.file.keep()
    assert path.read_bytes() == before
    assert [each.name for each in path.parent.iterdir()] == [path.name]
    assert "已满" in kept.told[0]
    disk.make_room()
    kept.file.keep()
    assert path.read_bytes() == kept.page.whole()
