"""When the door asks for a check, and what a card's holder sees when it does not."""

from __future__ import annotations

from typing import Any

import pytest

from kiosk.flow.door import DrillRules
from kiosk.flow.signal import signal
from kiosk.flow.stages import ChoosingWorks, NotAsked, OnRecord, Refused, Waiting
from kiosk.flow.touches import Back, CheckAnyway, Go
from kiosk.model.earlier import Earlier
from kiosk.model.outcome import Outcome
from kiosk.model.policy import CheckPolicy
from kiosk.records.checks.facts import CardNoted, CheckOpened
from tests.fakes.content import TODAY, a_door, a_worker
from tests.fakes.visit import Visit

MINE, ANOTHERS = {"press": "A001"}, {"press": "A009"}
PASSED = Earlier("c0", Outcome.PASSED, "2026-11-24T00:00:00.000Z")
FAILED = Earlier("c0", Outcome.FAILED, "2026-11-24T00:00:00.000Z")


def arrived(policy: CheckPolicy, **read: Any) -> Visit:
    visit = Visit(a_door(drill=DrillRules(policy)))
    visit.badge(a_worker(), **read)
    return visit


@pytest.mark.parametrize(
    ("policy", "earlier", "passed", "stage"),
    [
        (CheckPolicy.OFF, None, {}, NotAsked),
        (CheckPolicy.OFF, FAILED, {}, OnRecord),
        (CheckPolicy.FIRST_OF_SHIFT, None, {}, ChoosingWorks),
        (CheckPolicy.FIRST_OF_SHIFT, None, ANOTHERS, NotAsked),
        (CheckPolicy.FIRST_OF_SHIFT, PASSED, MINE, OnRecord),
        (CheckPolicy.FIRST_OF_SHIFT, FAILED, ANOTHERS, OnRecord),
        (CheckPolicy.EACH_WORKER, None, ANOTHERS, ChoosingWorks),
        (CheckPolicy.EACH_WORKER, PASSED, ANOTHERS, OnRecord),
        (CheckPolicy.CHANGE_OF_WORKER, None, ANOTHERS, ChoosingWorks),
        (CheckPolicy.CHANGE_OF_WORKER, PASSED, ANOTHERS, ChoosingWorks),
        (CheckPolicy.CHANGE_OF_WORKER, PASSED, MINE, OnRecord),
        (CheckPolicy.EVERY_TIME, PASSED, MINE, ChoosingWorks),
        (CheckPolicy.EVERY_TIME, FAILED, {}, OnRecord),
    ],
)
def test_who_is_asked(
    policy: CheckPolicy, earlier: Earlier | None, passed: dict[str, str], stage: type
) -> None:
    visit = arrived(policy, earlier=earlier, passed=passed)
    assert isinstance(visit.state.stage, stage)
    noted = [fact for fact in visit.facts if isinstance(fact, CardNoted)]
    assert bool(noted) is (stage is NotAsked)


def test_a_card_is_noted_and_nothing_is_green() -> None:
    visit = arrived(CheckPolicy.FIRST_OF_SHIFT, passed=ANOTHERS)
    assert visit.facts == [CardNoted("A001", "A001", TODAY, "白班", CheckPolicy.FIRST_OF_SHIFT)]
    assert signal(visit.state) == "working"


@pytest.mark.parametrize("touch", [Go(), Back()])
def test_it_is_understood_with_a_touch_or_after_a_while(touch: Any) -> None:
    visit = arrived(CheckPolicy.OFF)
    visit.touch(touch)
    assert isinstance(visit.state.stage, Waiting)
    visit = arrived(CheckPolicy.OFF)
    visit.wait(visit.door.timings.on_record_s)
    assert isinstance(visit.state.stage, Waiting)


def test_a_check_may_be_done_all_the_same() -> None:
    visit = arrived(CheckPolicy.OFF)
    visit.touch(CheckAnyway())
    assert isinstance(visit.state.stage, ChoosingWorks)
    assert isinstance(visit.facts[1], CheckOpened)


def test_the_next_card_does_not_wait() -> None:
    visit = arrived(CheckPolicy.OFF)
    visit.badge(a_worker("A002"))
    assert isinstance(visit.state.stage, NotAsked)
    assert visit.state.worker == a_worker("A002")


def test_who_may_not_work_is_refused_under_every_policy() -> None:
    for policy in CheckPolicy:
        visit = Visit(a_door(drill=DrillRules(policy)))
        visit.badge(a_worker(blocked="调查中"))
        assert isinstance(visit.state.stage, Refused)
