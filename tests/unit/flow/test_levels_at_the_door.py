"""跟读, 提示, 考核 at the door, the question of the day, and content past its review date."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from kiosk.flow.advance import resume
from kiosk.flow.door import DrillRules
from kiosk.flow.signal import signal
from kiosk.flow.stages import Asking, Called, Calling, Closed, Listening
from kiosk.flow.touches import Choose, ChoosePost, Go, Point
from kiosk.model.levels import RISES_AFTER, DrillLevel
from kiosk.model.outcome import Outcome
from kiosk.model.training import Attempt
from kiosk.records.checks.facts import PostChosen, QuestionAnswered, StepCalled
from tests.fakes.content import NOW, PACK, TODAY, a_door, a_welder, a_worker
from tests.fakes.visit import Visit

FAULTLESS = tuple(
    Attempt(TODAY - timedelta(days=10 - number), "press", DrillLevel.FOLLOW, True, 0, "q1", True)
    for number in range(RISES_AFTER)
)


def arrived(
    drill: DrillRules | None = None, attempts: tuple[Attempt, ...] = (), **door: Any
) -> Visit:
    visit = Visit(a_door(drill=drill or DrillRules(), **door))
    visit.badge(a_worker(), attempts=attempts)
    return visit


def of(visit: Visit, kind: type) -> list[Any]:
    return [fact for fact in visit.facts if isinstance(fact, kind)]


def level(visit: Visit) -> DrillLevel:
    chosen: PostChosen = of(visit, PostChosen)[0]
    return chosen.level


def test_three_faultless_drills_take_help_away_and_it_is_on_record() -> None:
    assert level(arrived()) is DrillLevel.FOLLOW
    assert level(arrived(attempts=FAULTLESS)) is DrillLevel.HINT


def test_drills_at_another_post_or_broken_off_say_nothing_of_this_one() -> None:
    elsewhere = tuple(replace(each, post="welder") for each in FAULTLESS)
    broken_off = tuple(replace(each, called=False) for each in FAULTLESS)
    assert level(arrived(attempts=elsewhere)) is DrillLevel.FOLLOW
    assert level(arrived(attempts=broken_off)) is DrillLevel.FOLLOW


def test_two_misses_give_help_back() -> None:
    missed = Attempt(TODAY - timedelta(days=1), "press", DrillLevel.HINT, True, 2, "q1", True)
    assert level(arrived(attempts=(*FAULTLESS, missed))) is DrillLevel.FOLLOW


def test_levels_can_be_switched_off_and_begun_elsewhere() -> None:
    off = DrillRules(levels=False, begins_at=DrillLevel.EXAM)
    assert level(arrived(off, FAULTLESS)) is DrillLevel.FOLLOW
    assert level(arrived(DrillRules(begins_at=DrillLevel.EXAM))) is DrillLevel.EXAM


@pytest.mark.parametrize("begins_at", [DrillLevel.HINT, DrillLevel.EXAM])
def test_what_is_called_shows_after_the_pointing_and_goes_by_itself(begins_at: DrillLevel) -> None:
    visit = arrived(DrillRules(begins_at=begins_at))
    visit.until(Calling)
    visit.wait(5)
    visit.touch(Go())
    assert isinstance(visit.state.stage, Called)
    assert (visit.state.stage.step.step, signal(visit.state)) == ("first", "working")
    assert [fact.step for fact in of(visit, StepCalled)] == ["first"]
    visit.wait(visit.door.timings.call_s)
    second = visit.state.stage
    assert isinstance(second, Calling)
    assert second.ready_s == visit.now_s + visit.door.timings.dwell_s
    visit.wait(5)
    visit.touch(Point(0.5, 0.5))
    visit.touch(Go())
    assert isinstance(visit.state.stage, Listening)


def test_who_follows_sees_no_screen_more() -> None:
    visit = arrived()
    visit.until(Calling)
    visit.go_on()
    assert isinstance(visit.state.stage, Calling)


def test_an_exam_is_passed_like_any_check() -> None:
    visit = arrived(DrillRules(begins_at=DrillLevel.EXAM))
    visit.until(Closed)
    assert visit.facts[-1].outcome is Outcome.PASSED  # type: ignore[union-attr]


def test_a_power_cut_keeps_level_and_question() -> None:
    missed = Attempt(TODAY - timedelta(days=1), "press", DrillLevel.FOLLOW, True, 0, "q2", False)
    visit = arrived(DrillRules(begins_at=DrillLevel.EXAM), (missed,))
    visit.until(Asking)
    resumed = resume(visit.door, visit.facts, a_worker(), NOW, 5.0)
    assert resumed.check == visit.state.check
    assert resumed.stage == Asking(question="q2")
    visit.until(Called)
    assert isinstance(resume(visit.door, visit.facts, a_worker(), NOW, 5.0).stage, Calling)


def test_a_post_chosen_after_a_power_cut_has_its_level_too() -> None:
    worker = a_worker("A001", "press", "welder", certificates=a_welder().certificates)
    visit = Visit(a_door())
    visit.badge(worker, attempts=FAULTLESS)
    again = Visit(visit.door, resume(visit.door, visit.facts, worker, NOW, 1000.0, FAULTLESS))
    again.touch(ChoosePost("press"))
    assert level(again) is DrillLevel.HINT


def tried(days_ago: int, question: str, right: bool) -> Attempt:
    day = TODAY - timedelta(days=days_ago)
    return Attempt(day, "press", DrillLevel.FOLLOW, True, 0, question, right)


@pytest.mark.parametrize(
    ("attempts", "question"),
    [
        ((), "q1"),
        ((tried(1, "q2", False),), "q2"),
        ((tried(3, "q2", False), tried(1, "q2", True)), "q1"),
        ((tried(0, "q2", False),), "q1"),
        ((tried(1, "q2", False), tried(0, "q2", True)), "q2"),
        ((tried(3, "q1", True), tried(2, "q1", True)), "q2"),
        ((tried(3, "q1", True), tried(3, "q1", True)), "q1"),
    ],
    ids=[
        "new",
        "missed",
        "put right",
        "missed today",
        "again today",
        "mastered",
        "twice a day is once",
    ],
)
def test_what_was_missed_is_asked_on_another_day(
    attempts: tuple[Attempt, ...], question: str
) -> None:
    visit = arrived(attempts=attempts)
    assert of(visit, PostChosen)[0].question == question
    visit.until(Asking)
    assert visit.state.stage == Asking(question=question)


def test_the_question_recorded_is_the_one_judged() -> None:
    visit = arrived(attempts=(tried(1, "q2", False),))
    visit.until(Asking)
    visit.touch(Choose(0))
    assert [(fact.question, fact.right) for fact in of(visit, QuestionAnswered)] == [("q2", True)]


def test_the_post_is_recorded_with_its_title() -> None:
    chosen: PostChosen = of(arrived(), PostChosen)[0]
    assert chosen.post_title == next(post.title for post in PACK.posts if post.id == chosen.post)


def test_content_past_its_review_date_is_marked_on_the_check() -> None:
    old = replace(PACK, review_on=date(2026, 11, 23))
    assert of(arrived(packs=(old,)), PostChosen)[0].stale
    assert not of(arrived(packs=(replace(PACK, review_on=TODAY),)), PostChosen)[0].stale
