"""Card numbers as keyed hashes, and the secret they are keyed with."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kiosk.journal.errors import JournalError, StorageError
from kiosk.records.people.card_hash import card_hash, load_or_create_secret, load_secret


def test_a_card_has_one_hash_a_secret_and_form() -> None:
    one, other = b"1" * 32, b"2" * 32
    assert card_hash(one, "10D", "0001234567") == card_hash(one, "10D", "0001234567")
    hashes = {
        card_hash(one, "10D", "0001234567"),
        card_hash(one, "10D", "0001234568"),
        card_hash(one, "8H", "0001234567"),
        card_hash(other, "10D", "0001234567"),
    }
    assert len(hashes) == 4
    assert all(len(card) == 64 for card in hashes)


def test_the_secret_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "data" / "card.key"
    secret = load_or_create_secret(path)
    assert len(secret) == 32
    assert load_or_create_secret(path) == secret
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["card.key"]
    assert load_or_create_secret(tmp_path / "another.key") != secret


def test_two_that_start_together_use_the_same_secret(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        secrets = set(pool.map(load_or_create_secret, [tmp_path / "card.key"] * 8))
    assert len(secrets) == 1


def test_a_damaged_secret_is_never_replaced(tmp_path: Path) -> None:
    path = tmp_path / "card.key"
    path.write_bytes(b"short")
    path.chmod(0o600)
    with pytest.raises(JournalError, match="has 5 bytes, not 32: restore it"):
        load_or_create_secret(path)
    assert path.read_bytes() == b"short"


def test_a_place_that_cannot_hold_a_secret_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StorageError, match="存储"):
        load_or_create_secret(tmp_path / "file" / "card.key")


def test_a_secret_that_others_can_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "card.key"
    load_or_create_secret(path)
    path.chmod(0o640)
    with pytest.raises(JournalError, match=r"can be read by others \(mode 640\): run chmod 600"):
        load_or_create_secret(path)


def test_a_lost_secret_is_not_made_where_it_must_be_there(tmp_path: Path) -> None:
    path = tmp_path / "card.key"
    with pytest.raises(JournalError, match=r"is missing, .* restore it from a backup"):
        load_secret(path)
    assert not path.exists()
