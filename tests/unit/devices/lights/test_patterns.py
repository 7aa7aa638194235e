"""What the signals look like over time, and the promises of green; seconds are turned by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.lights import Lamps, Signal
from devices.lights.patterns import Timing, beat_at, pattern
from devices.lights.showing import Showing, lamps_at, refresh, show

TIMING = Timing(green_s=5, red_s=4, green_stale_s=2)
GREEN = Lamps(green=True, door=True)
YELLOW = Lamps(yellow=True)
RED = Lamps(red=True)

timings = st.builds(
    Timing,
    green_s=st.floats(0.1, 30),
    red_s=st.floats(0.1, 60),
    green_stale_s=st.floats(0.1, 10),
)


@given(st.sampled_from(Signal), timings)
def test_green_is_in_no_pattern_but_passed(signal: Signal, timing: Timing) -> None:
    lit = [beat for beat in pattern(signal, timing) if beat.green]
    assert bool(lit) == (signal is Signal.passed)
    assert not any(beat.red or beat.yellow for beat in lit)


@given(st.sampled_from(Signal), timings)
def test_the_door_opens_for_passed_and_released_alone_and_for_a_time(
    signal: Signal, timing: Timing
) -> None:
    beats = pattern(signal, timing)
    assert any(beat.door for beat in beats) == (signal in (Signal.passed, Signal.released))
    assert not beat_at(beats, timing.green_s + 0.001)[0].door


@given(timings)
def test_the_green_of_passed_ends_and_does_not_come_back(timing: Timing) -> None:
    beats = pattern(Signal.passed, timing)
    assert sum(beat.lasts_s or 0 for beat in beats if beat.green or beat.door) <= timing.green_s
    last, change_s = beat_at(beats, timing.green_s + 0.001)
    assert change_s is None
    assert last.lamps == YELLOW


@given(st.sampled_from(Signal), st.floats(0, 1e6), timings)
def test_a_beat_plays_at_every_moment(signal: Signal, elapsed_s: float, timing: Timing) -> None:
    beats = pattern(signal, timing)
    beat, change_s = beat_at(beats, elapsed_s)
    assert beat in beats
    assert change_s is None or 0 < change_s <= (beat.lasts_s or 0)


def played(signal: Signal, seconds: float) -> list[Lamps]:
    """Return the lamps that follow one another, each change once."""
    showing, now_s, seen = show(signal, 0.0), 0.0, list[Lamps]()
    while now_s < seconds:
        lamps, change_s = lamps_at(refresh(showing, now_s, TIMING), now_s, TIMING)
        seen.append(lamps)
        now_s = seconds if change_s is None else now_s + change_s + 1e-6
    return seen


@pytest.mark.parametrize(
    ("signal", "buzzes"),
    [(Signal.failed, 3), (Signal.refused, 2), (Signal.abnormal, 0), (Signal.fault, 0)],
)
def test_who_must_not_go_in_hears_it(signal: Signal, buzzes: int) -> None:
    assert sum(lamps.buzzer for lamps in played(signal, 20)) == buzzes


@pytest.mark.parametrize("signal", [Signal.failed, Signal.refused])
def test_red_stays_for_a_while_and_then_the_station_waits(signal: Signal) -> None:
    seen = played(signal, 20)
    assert all(lamps.red for lamps in seen[:-1])
    assert seen[-2:] == [RED, YELLOW]


@pytest.mark.parametrize("signal", [Signal.abnormal, Signal.fault, Signal.working])
def test_what_goes_on_blinks_on(signal: Signal) -> None:
    assert len({lamps.yellow for lamps in played(signal, 3600)[-2:]}) == 2


def test_the_signals_that_a_person_must_tell_apart_differ() -> None:
    first_two = {signal: tuple(pattern(signal, TIMING)) for signal in Signal}
    assert len(set(first_two.values())) == len(Signal)
    assert pattern(Signal.off, TIMING)[0].lamps == Lamps()
    assert pattern(Signal.waiting, TIMING)[0].lamps == YELLOW


def lamps(showing: Showing, now_s: float) -> Lamps:
    return lamps_at(showing, now_s, TIMING)[0]


def test_green_goes_out_when_the_main_loop_falls_silent() -> None:
    showing = show(Signal.passed, 100.0)
    assert lamps_at(showing, 100.0, TIMING) == (GREEN, 2.0)
    assert lamps(showing, 101.99) == GREEN
    assert lamps(showing, 102.0) == YELLOW


def test_a_late_sign_of_life_does_not_light_it_again() -> None:
    showing = refresh(show(Signal.passed, 100.0), 102.5, TIMING)
    assert lamps(showing, 102.6) == YELLOW


def test_refreshed_green_stays_until_its_own_end() -> None:
    showing = show(Signal.passed, 100.0)
    for tenth in range(50):
        showing = refresh(showing, 100 + tenth / 10, TIMING)
        assert lamps(showing, 100 + tenth / 10) == GREEN
    assert lamps(showing, 105.0) == YELLOW


def test_other_signals_need_no_sign_of_life() -> None:
    assert lamps(show(Signal.waiting, 0.0), 1e6) == YELLOW
    assert lamps(show(Signal.failed, 0.0), 4.0).red
