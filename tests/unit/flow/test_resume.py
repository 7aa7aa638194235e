"""A power cut at any moment of a check: what was recorded is enough to go on."""

from __future__ import annotations

from kiosk.flow.advance import resume
from kiosk.flow.signal import signal
from kiosk.flow.stages import Answering, Closed, Counting, Listening, Reasoning, Taking
from kiosk.model.outcome import Outcome
from tests.fakes.content import NOW, a_door, a_worker
from tests.fakes.visit import Visit


def test_replaying_the_facts_gives_back_the_stage_and_goes_on_to_a_pass() -> None:
    door = a_door()
    visit = Visit(door)
    visit.badge(a_worker())
    while not isinstance(visit.state.stage, Closed):
        resumed = resume(door, visit.facts, a_worker(), NOW, visit.now_s)
        assert signal(resumed) == "working"
        assert resumed.check == visit.state.check
        if not isinstance(visit.state.stage, Counting | Taking | Reasoning):
            assert type(resumed.stage) is type(visit.state.stage)
        again = Visit(door, resumed)
        again.until(Closed)
        assert again.facts[-1].outcome is Outcome.PASSED  # type: ignore[union-attr]
        visit.go_on()


def test_a_photo_taken_before_the_cut_is_not_taken_again() -> None:
    door = a_door()
    visit = Visit(door)
    visit.badge(a_worker())
    visit.until(Answering)
    resumed = resume(door, visit.facts, a_worker(), NOW, 5.0)
    assert resumed.stage == visit.state.stage
    assert resumed.check
    assert resumed.check.photos == visit.state.check.photos  # type: ignore[union-attr]


def test_a_countdown_begins_anew() -> None:
    door = a_door()
    visit = Visit(door)
    visit.badge(a_worker())
    visit.until(Counting)
    resumed = resume(door, visit.facts, a_worker(), NOW, 7.0)
    assert isinstance(resumed.stage, Listening)
    assert resumed.stage.until_s == 10.0
