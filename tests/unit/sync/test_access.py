"""The password of the county's pages."""

from __future__ import annotations

import pytest

from sync.county.access import Access, hash_password
from sync.county.errors import SettingsError

HASH = hash_password("right")


class Clock:
    now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


def test_the_right_password_and_no_other() -> None:
    access = Access(HASH)
    assert access.admits("right")
    assert access.admits("right")
    assert not access.admits("wrong")
    assert not access.admits("")


def test_guessing_is_slowed_down_and_does_not_keep_those_out_who_are_in() -> None:
    clock = Clock()
    newcomer, reader = Access(HASH, clock), Access(HASH, clock)
    assert reader.admits("right")
    for guess in range(10):
        assert not newcomer.admits(f"guess {guess}")
        assert not reader.admits(f"guess {guess}")
    assert not newcomer.admits("right"), "nobody new gets in for a while"
    assert reader.admits("right")
    clock.now_s = 61.0
    assert newcomer.admits("right")


def test_a_setting_that_is_no_hash() -> None:
    with pytest.raises(SettingsError, match="password_hash"):
        Access("right")
