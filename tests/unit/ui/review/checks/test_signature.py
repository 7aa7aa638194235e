"""Signatures become drawings, and nothing else."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from ui.review.checks.signature import HEIGHT, WIDTH, paths

STROKES = st.lists(st.lists(st.integers()))


def test_a_stroke_runs_through_its_points() -> None:
    assert paths([[0, 0, 0, 10, 20, 8, 30, 20, 16, 40, 0, 24]]) == ("M0 0Q10 20 20 20Q30 20 35 10L40 0",)


def test_a_touch_without_movement_is_a_dot() -> None:
    assert paths([[5, 6, 0]]) == ("M5 6h0",)


def test_each_stroke_is_a_path_of_its_own() -> None:
    assert len(paths([[1, 1, 0, 2, 2, 5], [8, 8, 90, 9, 9, 95]])) == 2


def test_no_strokes_no_paths() -> None:
    assert paths([]) == paths([[]]) == paths([[7, 7]]) == ()


@given(STROKES)
def test_whatever_was_recorded_the_drawing_stays_in_its_field(strokes: list[list[int]]) -> None:
    for path in paths(strokes):
        assert re.fullmatch(r"[MQLh0-9 ]+", path)
        assert all(int(number) <= WIDTH for number in re.findall(r"\d+", path))
        assert all(int(y) <= HEIGHT for y in re.findall(r"[ML]\d+ (\d+)", path))
