"""Levels rise with faultless drills and fall with misses."""

from __future__ import annotations

from kiosk.model.levels import DrillLevel, Run, next_level

CLEAN = {level: Run(level, 0, True) for level in DrillLevel}


def test_a_beginner_follows() -> None:
    assert next_level([]) is DrillLevel.FOLLOW


def test_three_faultless_drills_in_a_row_raise_the_level() -> None:
    runs = [CLEAN[DrillLevel.FOLLOW]] * 3
    assert next_level(runs[:2]) is DrillLevel.FOLLOW
    assert next_level(runs) is DrillLevel.HINT
    assert next_level([*runs, *[CLEAN[DrillLevel.HINT]] * 3]) is DrillLevel.EXAM
    assert (
        next_level([*runs, *[CLEAN[DrillLevel.HINT]] * 3, *[CLEAN[DrillLevel.EXAM]] * 9])
        is DrillLevel.EXAM
    )


def test_a_slip_begins_the_count_anew_and_two_in_one_drill_take_a_level_away() -> None:
    clean = CLEAN[DrillLevel.FOLLOW]
    assert next_level([clean, clean, Run(DrillLevel.FOLLOW, 1, True), clean]) is DrillLevel.FOLLOW
    hinted = [clean] * 3
    assert next_level([*hinted, Run(DrillLevel.HINT, 1, True)]) is DrillLevel.HINT
    assert next_level([*hinted, Run(DrillLevel.HINT, 2, True)]) is DrillLevel.FOLLOW


def test_who_does_not_know_the_answer_does_not_rise() -> None:
    assert next_level([Run(DrillLevel.FOLLOW, 0, False)] * 5) is DrillLevel.FOLLOW
