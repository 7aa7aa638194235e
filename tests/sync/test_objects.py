"""One suite for every kind of object store."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from obstore.store import MemoryStore, S3Store

from sync.county.errors import SettingsError, StoreUnavailableError
from sync.county.objects import FolderObjects, Objects, ObstoreObjects, open_objects, photo_key

KEY = photo_key("station-01", "ab" * 32)


@pytest.fixture(params=["folder", "obstore"])
def objects(request: pytest.FixtureRequest, tmp_path: Path) -> Objects:
    kinds: dict[str, Callable[[], Objects]] = {
        "folder": lambda: FolderObjects(tmp_path / "objects"),
        "obstore": lambda: ObstoreObjects(MemoryStore()),
    }
    return kinds[request.param]()


def attempts(objects: Objects) -> list[Callable[[], object]]:
    """Return every use of a store."""
    return [lambda: objects.put(KEY, b"x"), lambda: objects.get(KEY), lambda: objects.delete(KEY)]


def test_objects_are_given_back_as_they_were_stored(objects: Objects) -> None:
    assert objects.get(KEY) is None
    objects.put(KEY, b"first")
    objects.put(KEY, b"\x00second\xff")
    assert objects.get(KEY) == b"\x00second\xff"


def test_deleting_what_is_not_there_is_done(objects: Objects) -> None:
    objects.put(KEY, b"x")
    objects.delete(KEY)
    objects.delete(KEY)
    assert objects.get(KEY) is None


def test_a_folder_sweeps_what_was_left_half_written_long_ago(tmp_path: Path) -> None:
    folder = FolderObjects(tmp_path)
    folder.put(KEY, b"whole")
    old, young = (tmp_path / f"{KEY}.{name}.part" for name in ("old", "young"))
    for part in (old, young):
        part.write_bytes(b"half")
    two_days_ago = young.stat().st_mtime - 2 * 86400
    os.utime(old, (two_days_ago, two_days_ago))
    os.utime(tmp_path / KEY, (two_days_ago, two_days_ago))
    reopened = open_objects(str(tmp_path))
    assert not old.exists()
    assert young.exists(), "another process may still be writing it"
    assert reopened.get(KEY) == b"whole"


def test_a_folder_that_cannot_be_written_says_so_and_leaves_nothing(tmp_path: Path) -> None:
    folder = FolderObjects(tmp_path)
    (tmp_path / "station-01").write_text("a file where a folder should be")
    for attempt in attempts(folder):
        with pytest.raises(StoreUnavailableError, match=KEY):
            attempt()
    assert list(tmp_path.rglob("*.part")) == []


FULL = """
import resource, signal, sys
from pathlib import Path
from sync.county.errors import StoreUnavailableError
from sync.county.objects import FolderObjects
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    FolderObjects(Path(sys.argv[1])).put(sys.argv[2], bytes(5000))
except StoreUnavailableError as error:
    sys.exit(str(error))
"""


def test_a_disk_that_fills_up_leaves_no_half_object(tmp_path: Path) -> None:
    """In a process that may not write files of more than 1,000 bytes."""
    folder = FolderObjects(tmp_path)
    folder.put(KEY, b"what was there")
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(tmp_path), KEY],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert f"cannot store {tmp_path}/{KEY}" in done.stderr
    assert folder.get(KEY) == b"what was there"
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [tmp_path / KEY]


def test_an_object_store_that_does_not_answer_is_unavailable() -> None:
    store = S3Store(
        "bucket",
        endpoint="http://127.0.0.1:1",
        region="us-east-1",
        access_key_id="x",
        secret_access_key="x",
        client_options={"allow_http": True},
        retry_config={"max_retries": 0},
    )
    for attempt in attempts(ObstoreObjects(store)):
        with pytest.raises(StoreUnavailableError):
            attempt()


def test_a_place_that_cannot_be_opened_is_a_setting_that_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError, match="file"):
        open_objects(str(tmp_path / "file" / "objects"))
    with pytest.raises(SettingsError, match="s3"):
        open_objects("s3://")
