"""Waiting after wrong passwords."""

from __future__ import annotations

import pytest

from ui.review.access.backoff import Patience


@pytest.mark.parametrize(
    ("failures", "wait_s"), [(0, 0), (4, 0), (5, 30), (6, 60), (9, 480), (10, 900), (1_000_000, 900)]
)
def test_the_wait_doubles_from_the_fifth_failure_on_and_has_an_end(failures: int, wait_s: float) -> None:
    assert Patience().wait_s(failures) == wait_s


def test_time_that_went_by_is_taken_off_the_wait() -> None:
    assert Patience().left_s(5, elapsed_s=12) == 18
    assert Patience().left_s(5, elapsed_s=31) == 0


def test_a_clock_set_back_does_not_lock_anybody_out_for_longer_than_the_wait() -> None:
    assert Patience().left_s(5, elapsed_s=-86_400) == 30


def test_old_failures_are_forgotten() -> None:
    patience = Patience(longest_wait_s=1e9)
    assert patience.left_s(100, elapsed_s=86_401) == 0
    assert patience.left_s(100, elapsed_s=86_399) > 0
