"""The disk refuses: one sentence, nothing half-recorded, and work goes on when the cause is gone.

Each case runs in a child process (`tests.journal.refused`), as limits and signals belong to a
process.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.journal.blobs import PHOTOS, Photos
from kiosk.journal.errors import StorageError
from kiosk.journal.log import Journal
from kiosk.journal.verify import verify
from tests.fakes.facts import PHOTO, STATION, one_of_each_kind, still

_ROOT = Path(__file__).resolve().parents[2]


def told(case: str, folder: Path) -> list[str]:
    """Run a case and return what the person at the door was told, one line a refusal."""
    command = [sys.executable, "-m", "tests.journal.refused", case, str(folder)]
    answer = subprocess.run(command, capture_output=True, text=True, check=False, cwd=_ROOT)
    assert answer.returncode == 0, answer.stderr
    return answer.stdout.splitlines()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of four megabytes: a new journal, with its write-ahead log, takes two."""
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(tmp_path)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip(
            "mounting a small file system takes root's rights, "
            "which this user or container does not have"
        )
    yield tmp_path
    subprocess.run(["umount", "--lazy", str(tmp_path)], check=True)


def remounted(disk: Path, how: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{how}", str(disk)], check=True)


def test_a_full_disk_is_told_and_recovered_from(small_disk: Path) -> None:
    assert told("full", small_disk) == [
        "entry: 存储空间已满，没有保存，请联系管理员清理",
        "photo: 存储空间已满，没有保存，请联系管理员清理",
    ]
    assert verify(small_disk, STATION).bad is None


def test_a_write_that_fails_is_told_and_recovered_from(tmp_path: Path) -> None:
    assert told("limited", tmp_path) == [
        "entry: 存储读写出错，请联系管理员检查存储卡",
        "photo: 存储空间已满，没有保存，请联系管理员清理",
    ]
    assert verify(tmp_path, STATION).bad is None


def test_a_read_only_disk_is_told_and_recovered_from(small_disk: Path) -> None:
    data = small_disk / "data"
    photos = Photos.open(data / PHOTOS)
    with Journal.open(data, STATION, still) as journal:
        journal.append(one_of_each_kind()[:2])
    remounted(small_disk, "ro")
    with pytest.raises(StorageError, match="存储不可写入"):
        Journal.open(data, STATION, still)
    with pytest.raises(StorageError, match="存储不可写入"):
        Journal.open(small_disk / "new", STATION, still)
    with pytest.raises(StorageError, match="存储不可写入"):
        photos.store(PHOTO)
    assert verify(data, STATION).bad is None
    remounted(small_disk, "rw")
    with Journal.open(data, STATION, still) as journal:
        assert journal.append(one_of_each_kind()[4:5])[0].seq == 3
    photos.store(PHOTO)


def test_a_data_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "data").write_bytes(b"")
    with pytest.raises(StorageError, match="存储"):
        Journal.open(tmp_path / "data", STATION, still)
    with pytest.raises(StorageError, match="存储"):
        Photos(tmp_path / "data" / PHOTOS).store(PHOTO)
