"""The password of the county's pages."""

from __future__ import annotations

import pytest

from sync.county.access import Access, Admission, hash_password
from sync.county.errors import SettingsError
from sync.county.tries import MOST_PLACES, MOST_TRIES, Tries, place_of

HASH = hash_password("right")


class Clock:
    now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


OFFICE, HOME = "192.0.2.7", "192.0.2.66"


def test_the_right_password_and_no_other() -> None:
    access = Access(HASH)
    assert access.admit("right", OFFICE) is Admission.IN
    assert access.admit("right", OFFICE) is Admission.IN
    assert access.admit("wrong", OFFICE) is Admission.WRONG
    assert access.admit("", OFFICE) is Admission.WRONG


def test_guessing_is_slowed_down_where_it_comes_from() -> None:
    clock = Clock()
    access = Access(HASH, clock)
    assert access.admit("right", OFFICE) is Admission.IN
    for guess in range(10):
        assert access.admit(f"guess {guess}", HOME) is Admission.WRONG
    assert access.admit("right", HOME) is Admission.WAIT, (
        "also the right one, though others gave it"
    )
    assert access.admit("right", "192.0.2.8") is Admission.IN, "nobody else has to wait"
    clock.now_s = 61.0
    assert access.admit("right", HOME) is Admission.IN


def test_who_is_in_stays_in_when_a_neighbour_guesses() -> None:
    access = Access(HASH, Clock())
    assert access.admit("right", OFFICE) is Admission.IN
    for guess in range(10):
        access.admit(f"guess {guess}", OFFICE)
    assert access.admit("another", OFFICE) is Admission.WAIT
    assert access.admit("right", OFFICE) is Admission.IN


def test_one_ipv6_customer_is_one_place() -> None:
    clock = Clock()
    tries = Tries(clock)
    for host in range(MOST_TRIES):
        tries.wrong(place_of(f"2001:db8:0:1::{host:x}"))
    assert tries.exhausted(place_of("2001:db8:0:1:ffff::1"))
    assert not tries.exhausted(place_of("2001:db8:0:2::1"))
    assert place_of("not an address") == ""


def test_a_flood_of_addresses_pushes_the_oldest_out_of_memory() -> None:
    tries = Tries(Clock())
    for _ in range(MOST_TRIES):
        tries.wrong("first")
        tries.wrong("last")
    for number in range(MOST_PLACES - 1):
        tries.wrong(str(number))
    assert not tries.exhausted("first")
    assert tries.exhausted("last")


def test_a_setting_that_is_no_hash() -> None:
    with pytest.raises(SettingsError, match="password_hash"):
        Access("right")
