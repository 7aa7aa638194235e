"""Accounts, receipts, drafts, keys and a county's copy are their owner's alone, whatever the
umask; those of an older version become so.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from devices.voice.cache import Cache, silence
from kiosk.processes.county import PASSWORD_FILE, new_password
from sync.county.enrolling import enrol
from sync.county.objects import FolderObjects
from sync.county.store import Store
from sync.progress import DATABASE, Progress
from sync.protocol import Held
from ui.review.access.store import Access
from ui.review.content.store import Drafts
from ui.review.people.card_form import CardForm


@pytest.fixture(autouse=True)
def _open_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def read_by_others(folder: Path) -> list[str]:
    """Name what another user could read: below a folder that is closed there is nothing."""
    found = []
    for path in sorted(folder.iterdir()):
        if path.stat().st_mode & 0o077:
            found.append(path.name)
        if path.is_dir():
            found += read_by_others(path)
    return found


def a_county(folder: Path) -> Store:
    store = Store.open(f"sqlite:///{folder}/county.db")
    enrol(store, "A-1", "东门", "ab" * 32)
    return store


def test_the_countys_database(tmp_path: Path) -> None:
    with closing(a_county(tmp_path)):
        names = {path.name for path in tmp_path.iterdir()}
        assert {"county.db", "county.db-wal", "county.db-shm", "county.db.lock"} == names
        assert read_by_others(tmp_path) == []


def test_the_countys_photos_and_password(tmp_path: Path) -> None:
    new_password(tmp_path / "county")
    FolderObjects(tmp_path / "county/objects").put("A-1/ab/abcd", b"a photo")
    assert (tmp_path / "county" / PASSWORD_FILE).exists()
    assert read_by_others(tmp_path) == []


def test_an_older_versions_database_is_taken_from_others(tmp_path: Path) -> None:
    """Begun under umask 022, its process killed: what SQLite lays beside is there, too."""
    names = ("county.db", "county.db-wal", "county.db-shm", "county.db.lock")
    with closing(a_county(tmp_path)):
        for name in names:
            (tmp_path / name).chmod(0o644)
        with closing(a_county(tmp_path)):
            assert read_by_others(tmp_path) == []


def test_the_accounts(tmp_path: Path) -> None:
    path = tmp_path / "review" / "review.db"
    Access(path).set_password("S001", "a good long password")
    assert read_by_others(tmp_path) == []
    path.chmod(0o644)
    Access(path)
    assert read_by_others(tmp_path) == []


def test_how_the_copy_stands(tmp_path: Path) -> None:
    def confirmed() -> None:
        with Progress.open(tmp_path, "https://county.example") as progress:
            progress.confirmed(Held(1, "ab" * 32), 1.0)
            assert read_by_others(tmp_path) == []

    confirmed()
    (tmp_path / DATABASE).chmod(0o644)
    confirmed()


def test_what_is_being_written(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path / "review/drafts", lambda: datetime.now(UTC))
    drafts.begin("S001", {}, {})
    drafts.keep_photo(b"a photo")
    CardForm(tmp_path / "review/card-form").write("10H")
    closed = [tmp_path / "review/drafts", tmp_path / "review/drafts/photos"]
    assert {oct(folder.stat().st_mode & 0o777) for folder in closed} == {"0o700"}
    assert read_by_others(tmp_path / "review") == []


def test_what_greets_somebody_by_name(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "voice")
    cache.remember_engine("one")
    cache.fill("a", silence(0.1))
    assert read_by_others(tmp_path) == []
