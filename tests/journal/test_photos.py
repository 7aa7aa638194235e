"""Photos by digest."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kiosk.journal.blobs import Photos


@pytest.fixture
def photos(tmp_path: Path) -> Photos:
    return Photos.open(tmp_path / "photos")


def test_a_photo_is_found_by_the_digest_of_its_bytes(photos: Photos) -> None:
    digest = photos.store(b"a photo")
    assert digest == hashlib.sha256(b"a photo").hexdigest()
    path = photos.path(digest)
    assert path is not None
    assert path.read_bytes() == b"a photo"
    assert path.parts[-2:] == (digest[:2], digest)


def test_of_scratch_only_what_is_named_stays(photos: Photos) -> None:
    kept, dropped, usual = (
        photos.store_scratch(b"sent"),
        photos.store_scratch(b"dropped"),
        photos.store(b"usual"),
    )
    assert all(map(photos.path, (kept, dropped, usual)))
    photos.sweep_scratch(lambda digest: digest == kept)
    assert list(photos.digests()) == sorted((kept, usual))
    photos.sweep_scratch(lambda _digest: False)
    assert list(photos.digests()) == sorted((kept, usual))


def test_storing_again_changes_nothing(photos: Photos) -> None:
    digest = photos.store(b"a photo")
    assert photos.store(b"a photo") == digest
    assert list(photos.digests()) == [digest]


def test_storing_again_mends_a_damaged_file(photos: Photos) -> None:
    digest = photos.store(b"a photo")
    path = photos.path(digest)
    assert path is not None
    path.write_bytes(b"")
    photos.store(b"a photo")
    assert path.read_bytes() == b"a photo"


def test_all_digests_are_given_in_order(photos: Photos, tmp_path: Path) -> None:
    stored = [photos.store(bytes([number])) for number in range(50)]
    (tmp_path / "photos" / stored[0][:2] / "notes.txt").write_bytes(b"")
    assert list(photos.digests()) == sorted(stored)


@pytest.mark.parametrize(
    "digest", ["", "ab", "../../etc/passwd", "AB" * 32, "zz" * 32, "ab" * 32, "ab" * 32 + "\n"]
)
def test_what_is_not_here_or_no_digest_has_no_path(photos: Photos, digest: str) -> None:
    assert photos.path(digest) is None


def test_a_folder_that_is_not_there_holds_no_photos(tmp_path: Path) -> None:
    photos = Photos(tmp_path / "nowhere")
    assert list(photos.digests()) == []
    assert photos.path("ab" * 32) is None
    assert photos.path(photos.store(b"a photo")) is not None


def test_many_threads_may_store_at_once(photos: Photos) -> None:
    with ThreadPoolExecutor(8) as pool:
        digests = set(pool.map(photos.store, [bytes([number % 10]) * 1000 for number in range(80)]))
    assert list(photos.digests()) == sorted(digests)
    assert len(digests) == 10
