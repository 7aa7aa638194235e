"""Small file systems of their own, to be filled or broken; mounting takes root's rights, and
without them the test is skipped.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

_MB = 1024 * 1024


class Disk:
    """A mounted file system that another file can fill."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._filler = folder / "filler"

    def fill(self, leave_kb: int = 0) -> None:
        """Take all room but so much; who else writes meanwhile only makes it less."""
        with self._filler.open("ab") as file:
            while (size_bytes := self._room_bytes() - leave_kb * 1024) > 0:
                with contextlib.suppress(OSError):
                    os.posix_fallocate(file.fileno(), file.seek(0, os.SEEK_END), size_bytes)

    def _room_bytes(self) -> int:
        room = os.statvfs(self.folder)
        return room.f_bavail * room.f_frsize

    def make_room(self) -> None:
        """Free it again."""
        self._filler.unlink()


@contextlib.contextmanager
def memory_disk(folder: Path, size_mb: int) -> Iterator[Disk]:
    """Mount a disk in memory at `folder`."""
    _mount(folder, "-t", "tmpfs", "-o", f"size={size_mb}m", "tmpfs")
    try:
        yield Disk(folder)
    finally:
        _unmount(folder)


class Card:
    """An ext4 card that the kernel can be made to find faulty."""

    def __init__(self, image: Path, folder: Path) -> None:
        self.folder = folder
        self._image = image

    def insert(self) -> None:
        """Mount it."""
        _mount(self.folder, "-o", "loop,errors=remount-ro", str(self._image))

    def fail(self) -> None:
        """Make the kernel find an error: from now on it writes nothing."""
        device = subprocess.run(
            ["findmnt", "-n", "-o", "SOURCE", str(self.folder)],
            check=True,
            capture_output=True,
            text=True,
        ).stdout.strip()
        trigger = Path("/sys/fs/ext4") / Path(device).name / "trigger_fs_error"
        if not trigger.exists():
            pytest.skip("this kernel cannot be asked to find an error on a file system")
        trigger.write_text("1")

    def repair(self) -> None:
        """Do what a restart of the machine does: check the file system and mount it again."""
        self.take_out()
        subprocess.run(["e2fsck", "-fy", str(self._image)], check=False, capture_output=True)
        self.insert()

    def take_out(self) -> None:
        """Unmount it."""
        _unmount(self.folder)


@contextlib.contextmanager
def faulty_card(folder: Path, size_mb: int) -> Iterator[Card]:
    """Make an ext4 file system in a file and mount it at `folder`."""
    image = folder.with_suffix(".img")
    with image.open("wb") as file:
        file.truncate(size_mb * _MB)
    if subprocess.run(
        ["mkfs.ext4", "-q", "-F", str(image)], check=False, capture_output=True
    ).returncode:
        pytest.skip("making a file system takes mkfs.ext4")
    card = Card(image, folder)
    card.insert()
    try:
        yield card
    finally:
        card.take_out()


def _mount(folder: Path, *how: str) -> None:
    folder.mkdir(exist_ok=True)
    if subprocess.run(["mount", *how, str(folder)], check=False, capture_output=True).returncode:
        pytest.skip(
            "mounting a file system takes root's rights, which this user or container does not have"
        )


def _unmount(folder: Path) -> None:
    subprocess.run(["umount", "--lazy", str(folder)], check=True)
