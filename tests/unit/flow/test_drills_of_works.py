"""A work may name a drill: it is run after the post's by who chose that work today."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from kiosk.flow.advance import resume
from kiosk.flow.door import Door, DrillRules
from kiosk.flow.signal import signal
from kiosk.flow.stages import Called, Calling, ChoosingWorks, Closed, Listening, RefusedWork
from kiosk.flow.touches import Abnormal, GiveReason, Go, NoPermit, ToggleWork
from kiosk.model import content as c
from kiosk.model.drills import StepId
from kiosk.model.levels import DrillLevel
from kiosk.model.outcome import Outcome
from kiosk.records import facts as f
from tests.fakes.content import NOW, PACK, PERMITS, a_door, a_post, a_step, a_welder, a_worker
from tests.fakes.crews import CrewVisit, a_crew, with_crews
from tests.fakes.visit import Visit

ISOLATION = c.Drill("isolation", "停电前", (a_step("first"), a_step("lock")))
"""Its first step has the id that the first step of the post's drill has."""
VENTING = c.Drill("venting", "放气前", (a_step("valve"),))
OWN = c.Drill("own", "清料前", (a_step("tool", c.Target("tool.svg", 0.2, 0.2)),))


def a_work(work_id: str, drill: str | None = None, *drills: c.Drill, **more: Any) -> c.Work:
    return c.Work(work_id, work_id, ("5",), "触电", c.Lines(), drill=drill, drills=drills, **more)


def door_of(*works: c.Work, rules: DrillRules | None = None, **changes: Any) -> Door:
    """Return a door with these works, and a post that knows two further drills."""
    post = replace(a_post("press", "冲压工"), more_drills=(ISOLATION, VENTING))
    pack = replace(PACK, posts=(post, a_post("welder", "电焊工")), works=works)
    return a_door(packs=(pack,), drill=rules or DrillRules(), **changes)


REPAIR = a_work("repair", "isolation")
EMPTYING = a_work("emptying", "own", OWN)


def choosing(door: Door, *works: str, worker: Any = None) -> Visit:
    """Return a visit at which these works were chosen."""
    visit = Visit(door)
    visit.badge(worker or a_worker())
    for work in works:
        visit.touch(ToggleWork(work))
    visit.touch(Go())
    return visit


def passed(door: Door, *works: str, worker: Any = None) -> list[tuple[str, str]]:
    """Return the steps of a check that a good worker passes."""
    visit = choosing(door, *works, worker=worker)
    visit.until(Closed)
    assert signal(visit.state) == "passed"
    return called(visit)


def called(visit: Visit) -> list[tuple[str, str]]:
    return [(fact.drill, fact.step) for fact in visit.facts if isinstance(fact, f.StepCalled)]


OF_POST = [("start", "first"), ("start", "second")]
OF_REPAIR = [("isolation", "first"), ("isolation", "lock")]


def test_a_chosen_work_runs_its_drill_after_the_posts() -> None:
    assert passed(door_of(REPAIR), "repair") == [*OF_POST, *OF_REPAIR]


def test_a_work_that_was_not_chosen_runs_nothing() -> None:
    assert passed(door_of(REPAIR, EMPTYING)) == OF_POST


def test_a_work_without_a_drill_runs_nothing() -> None:
    assert passed(door_of(a_work("lifting")), "lifting") == OF_POST


def test_a_post_that_has_no_such_drill_runs_nothing() -> None:
    welder = a_welder()
    assert passed(door_of(REPAIR), "repair", worker=welder) == OF_POST


def test_the_drills_come_in_the_order_in_which_the_works_were_chosen() -> None:
    door = door_of(REPAIR, EMPTYING, a_work("venting", "venting"))
    assert passed(door, "venting", "emptying", "repair") == [
        *OF_POST,
        ("venting", "valve"),
        ("emptying/own", "tool"),
        *OF_REPAIR,
    ]


def test_what_two_works_name_is_run_once() -> None:
    door = door_of(REPAIR, a_work("wiring", "isolation"), EMPTYING, a_work("sweeping", "own", OWN))
    assert passed(door, "repair", "wiring", "emptying", "sweeping") == [
        *OF_POST,
        *OF_REPAIR,
        ("emptying/own", "tool"),
    ]


def test_the_posts_own_drill_goes_before_that_of_the_work() -> None:
    of_work = replace(ISOLATION, steps=(a_step("of-the-work"),))
    work = a_work("repair", "isolation", of_work)
    assert passed(door_of(work), "repair") == [*OF_POST, *OF_REPAIR]
    assert passed(door_of(work), "repair", worker=a_welder()) == [
        *OF_POST,
        ("repair/isolation", "of-the-work"),
    ]


def test_two_works_may_each_have_a_drill_of_one_id() -> None:
    other = replace(OWN, steps=(a_step("tool"), a_step("second")))
    start = replace(OWN, id="start")
    door = door_of(EMPTYING, a_work("sweeping", "own", other), a_work("washing", "start", start))
    assert passed(door, "emptying", "sweeping", "washing") == [
        *OF_POST,
        ("emptying/own", "tool"),
        ("sweeping/own", "tool"),
        ("sweeping/own", "second"),
        ("washing/start", "tool"),
    ]


def test_a_refused_work_runs_nothing() -> None:
    hot = a_work("hot-work", "isolation")
    visit = choosing(door_of(hot, EMPTYING, rule_sets=(PERMITS,)), "hot-work", "emptying")
    visit.touch(NoPermit())
    assert isinstance(visit.state.stage, RefusedWork)
    visit.until(Closed)
    assert called(visit) == [*OF_POST, ("emptying/own", "tool")]


def test_a_work_without_its_certificate_cannot_be_chosen_and_runs_nothing() -> None:
    locked = a_work("repair", "isolation", certificates=("低压电工作业",))
    assert passed(door_of(locked), "repair") == OF_POST


def test_a_work_whose_permit_holds_runs_its_drill() -> None:
    hot = a_work("hot-work", "isolation")
    assert passed(door_of(hot, rule_sets=(PERMITS,)), "hot-work") == [*OF_POST, *OF_REPAIR]


def test_a_crew_chooses_no_works_and_runs_none_of_their_drills() -> None:
    visit = CrewVisit(with_crews(door_of(REPAIR)), a_crew(3))
    visit.drill()
    assert visit.state.check is not None
    assert visit.state.check.works == ()
    assert called(visit) == OF_POST


def test_after_a_power_cut_at_any_step_the_check_goes_on_at_that_step() -> None:
    door = door_of(REPAIR, EMPTYING)
    visit = choosing(door, "repair", "emptying")
    steps = 0
    while not isinstance(visit.state.stage, Closed):
        resumed = resume(door, visit.facts, a_worker(), NOW, visit.now_s)
        assert resumed.check == visit.state.check
        if isinstance(visit.state.stage, Calling):
            steps += 1
            assert resumed.stage == replace(visit.state.stage, began_s=visit.now_s)
        again = Visit(door, resumed)
        again.until(Closed)
        assert [*called(visit), *called(again)] == [
            *OF_POST,
            *OF_REPAIR,
            ("emptying/own", "tool"),
        ]
        visit.go_on()
    assert steps == 5


def test_facts_of_before_are_the_check_they_were() -> None:
    """A check from before works had drills: its steps are all of the post's drill."""
    facts: list[f.AnyFact] = [
        f.CheckOpened("check-1", "A001", "c1", NOW.date(), "白班", 0),
        f.PostChosen("check-1", "press", "sample", "1"),
        f.WorksChosen("check-1", ()),
        f.QuestionAnswered("check-1", "q1", 1, True),
        f.StepCalled("check-1", "start", "first", 5200),
    ]
    door = door_of(REPAIR)
    at_second = resume(door, facts, a_worker(), NOW, 0.0)
    assert isinstance(at_second.stage, Calling)
    assert (at_second.stage.step, at_second.stage.index) == (StepId("start", "second"), 1)
    facts.append(f.StepCalled("check-1", "start", "second", 5200))
    assert isinstance(resume(door, facts, a_worker(), NOW, 0.0).stage, Listening)


@pytest.mark.parametrize("begins_at", [DrillLevel.HINT, DrillLevel.EXAM])
def test_at_every_level_the_whole_drill_is_called(begins_at: DrillLevel) -> None:
    door = door_of(REPAIR, rules=DrillRules(begins_at=begins_at))
    visit = choosing(door, "repair")
    shown = 0
    while not isinstance(visit.state.stage, Closed):
        shown += isinstance(visit.state.stage, Called)
        visit.go_on()
    assert called(visit) == [*OF_POST, *OF_REPAIR]
    assert shown == 4


def at(visit: Visit, step: StepId) -> Calling:
    """Go on until this step is shown."""
    while not isinstance(stage := visit.state.stage, Calling) or stage.step != step:
        visit.go_on()
    return stage


def test_the_drill_is_announced_where_it_begins_and_waited_for() -> None:
    door = door_of(REPAIR)
    door = replace(door, timings=replace(door.timings, dwell_s=0.0, syllable_s=0.3))
    visit = choosing(door, "repair")
    alone = at(visit, StepId("start", "first"))
    first = at(visit, StepId("isolation", "first"))
    lock = at(visit, StepId("isolation", "lock"))
    assert (alone.title, alone.announced) == ("", "")
    assert (first.title, first.announced) == ("停电前", "停电前")
    assert (lock.title, lock.announced) == ("停电前", "")
    assert first.ready_s - first.began_s > alone.ready_s - alone.began_s + 1.5


@pytest.mark.parametrize(
    ("step", "place"),
    [
        (StepId("start", "first"), "first"),
        (StepId("isolation", "first"), "isolation/first"),
        (StepId("emptying/own", "tool"), "emptying/own/tool"),
    ],
)
def test_what_is_reported_at_a_step_is_filed_under_that_step_of_that_drill(
    step: StepId, place: str
) -> None:
    visit = choosing(door_of(REPAIR, EMPTYING), "repair", "emptying")
    at(visit, step)
    visit.touch(Abnormal())
    visit.touch(GiveReason("noise"))
    found = [fact.at for fact in visit.facts if isinstance(fact, f.DangerFound)]
    assert found == [place]
    assert visit.door.step_at("press", place) == visit.door.step("press", step)
    assert [fact.outcome for fact in visit.facts if isinstance(fact, f.CheckClosed)] == [
        Outcome.FAILED
    ]


def test_the_works_are_chosen_before_any_step() -> None:
    visit = Visit(door_of(REPAIR))
    visit.badge(a_worker())
    assert isinstance(visit.state.stage, ChoosingWorks)
    visit.touch(ToggleWork("repair"))
    visit.until(Calling)
    assert called(visit) == []
