"""A station's key: made once, kept to itself, and what it signs can be checked."""

from __future__ import annotations

import stat
import threading
from pathlib import Path

import msgspec
import pytest

from sync.errors import IdentityError
from sync.identity import KEY_FILE, Identity, head_is_genuine, open_identity

HASH = "ab" * 32


def test_the_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    first = open_identity(tmp_path, "station-01")
    assert stat.S_IMODE((tmp_path / KEY_FILE).stat().st_mode) == 0o600
    assert open_identity(tmp_path, "station-01").public_key == first.public_key
    assert [path.name for path in tmp_path.iterdir()] == [KEY_FILE]


def test_two_that_come_first_at_once_get_the_same_key(tmp_path: Path) -> None:
    start = threading.Barrier(8)
    found: list[Identity] = []

    def come() -> None:
        start.wait()
        found.append(open_identity(tmp_path, "station-01"))

    threads = [threading.Thread(target=come) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len({identity.public_key for identity in found}) == 1


def test_a_key_that_others_may_read_is_not_used(tmp_path: Path) -> None:
    open_identity(tmp_path, "station-01")
    (tmp_path / KEY_FILE).chmod(0o640)
    with pytest.raises(IdentityError, match="chmod 600"):
        open_identity(tmp_path, "station-01")


def test_a_damaged_key_is_not_replaced(tmp_path: Path) -> None:
    open_identity(tmp_path, "station-01")
    (tmp_path / KEY_FILE).write_bytes(b"-----BEGIN")
    with pytest.raises(IdentityError, match="backup"):
        open_identity(tmp_path, "station-01")


@pytest.mark.parametrize("station", ["", "一车间", "a/b", "a b", ".hidden", "x" * 65])
def test_a_station_id_must_fit_into_a_url(tmp_path: Path, station: str) -> None:
    with pytest.raises(IdentityError, match="station id"):
        open_identity(tmp_path, station)


def test_a_signed_head_is_checked_against_the_enrolled_key(tmp_path: Path) -> None:
    identity = open_identity(tmp_path, "station-01")
    head = identity.sign_head(7, HASH)
    assert head_is_genuine(head, identity.public_key)
    (tmp_path / "other").mkdir()
    other = open_identity(tmp_path / "other", "station-01")
    assert not head_is_genuine(head, other.public_key)
    assert not head_is_genuine(other.sign_head(7, HASH), identity.public_key)
    for changed in (
        {"hash": "cd" * 32},
        {"signature": "00" * 64},
        {"signature": "no hex"},
        {"key": "00"},
    ):
        assert not head_is_genuine(msgspec.structs.replace(head, **changed), identity.public_key)


def test_the_fingerprint_is_for_reading_aloud(tmp_path: Path) -> None:
    identity = open_identity(tmp_path, "station-01")
    assert [len(group) for group in identity.fingerprint.split(" ")] == [4, 4, 4, 4]
