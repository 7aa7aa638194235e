"""The permit of a hazardous work at the door: what is asked, what is refused, and that the check of
the post goes on.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from msgspec.structs import replace

from kiosk.flow.advance import resume
from kiosk.flow.signal import signal
from kiosk.flow.stages import Asking, ChoosingWorks, Closed, RefusedWork, ShowingPermit
from kiosk.flow.state import WallClock
from kiosk.flow.touches import (
    Abnormal,
    AnyTouch,
    Back,
    ChooseHalfDay,
    ChooseHour,
    ChooseLevel,
    EnterNumber,
    GiveReason,
    Go,
    Later,
    NoPermit,
    PermitEnded,
    SamePermit,
    ToggleWork,
)
from kiosk.model.content import Part
from kiosk.model.outcome import Outcome
from kiosk.model.rules import Level, PermitFault, PermitRule
from kiosk.records.checks.facts import (
    AbnormalReported,
    ConfirmationMade,
    PermitShown,
    WorkRefused,
    WorksChosen,
)
from tests.fakes.content import NOW, PACK, PERMITS, TODAY, a_door, a_welder
from tests.fakes.visit import Visit

DOOR = a_door(rule_sets=(PERMITS,))
NUMBERED = (ChooseLevel("first"), EnterNumber("20261124-3"))


def hot_work(*touches: AnyTouch) -> Visit:
    visit = Visit(DOOR)
    visit.badge(a_welder())
    for touch in (ToggleWork("hot-work"), Go(), *touches):
        visit.touch(touch)
    return visit


def of(visit: Visit, kind: type) -> list[Any]:
    return [fact for fact in visit.facts if isinstance(fact, kind)]


def test_a_permit_that_holds_is_recorded_in_four_touches_and_its_number() -> None:
    visit = hot_work()
    before = visit.touches
    for touch in (*NUMBERED, ChooseHalfDay(1), ChooseHour(16)):
        visit.touch(touch)
    assert visit.touches - before <= 4
    until = datetime(2026, 11, 24, 16)
    assert of(visit, PermitShown) == [
        PermitShown("id-1", "hot-work", "sample", "first", "20261124-3", until)
    ]
    assert isinstance(visit.state.stage, Asking)
    visit.until(Closed)
    assert visit.facts[-1].outcome is Outcome.PASSED  # type: ignore[union-attr]


def test_without_hazardous_work_nobody_is_asked_for_a_permit() -> None:
    visit = Visit(DOOR)
    visit.badge(a_welder())
    visit.touch(Go())
    assert isinstance(visit.state.stage, Asking)


def test_a_level_of_which_there_is_one_is_not_asked_for() -> None:
    only = PermitRule("hot-work", (Level("all", "动火票"),))
    visit = Visit(a_door(rule_sets=(replace(PERMITS, rules=(only,)),)))
    visit.badge(a_welder())
    visit.touch(ToggleWork("hot-work"))
    visit.touch(Go())
    visit.touch(EnterNumber("7"))
    assert isinstance(visit.state.stage, ShowingPermit)
    assert (visit.state.stage.level, visit.state.stage.number) == ("all", "7")


def test_a_night_shift_has_a_permit_until_tomorrow_morning() -> None:
    visit = hot_work()
    visit.state = replace(visit.state, wall=WallClock(datetime(2026, 11, 24, 22), visit.now_s))
    for touch in (ChooseLevel("second"), EnterNumber("1"), ChooseHalfDay(2), ChooseHour(6)):
        visit.touch(touch)
    assert of(visit, PermitShown)[0].until == datetime(2026, 11, 25, 6)
    assert not of(visit, WorkRefused)


def test_in_the_afternoon_the_half_days_begin_with_the_afternoon() -> None:
    visit = Visit(DOOR)
    visit.now_s += 6 * 3600
    visit.badge(a_welder())
    visit.touch(ToggleWork("hot-work"))
    visit.touch(Go())
    assert visit.state.stage == ShowingPermit(work="hot-work", today=TODAY, first_half_day=1)


@pytest.mark.parametrize(
    ("touches", "fault", "shown"),
    [
        ((NoPermit(),), PermitFault.MISSING, 0),
        ((ChooseLevel("first"), NoPermit()), PermitFault.MISSING, 0),
        ((*NUMBERED, PermitEnded()), PermitFault.EXPIRED, 1),
        ((*NUMBERED, ChooseHalfDay(0), ChooseHour(7)), PermitFault.EXPIRED, 1),
        ((*NUMBERED, ChooseHalfDay(0), ChooseHour(8)), PermitFault.EXPIRED, 1),
        ((*NUMBERED, ChooseHalfDay(1), ChooseHour(17)), PermitFault.TOO_LONG, 1),
        ((*NUMBERED, Later(), ChooseHalfDay(9), ChooseHour(24)), PermitFault.TOO_LONG, 1),
    ],
)
def test_a_work_whose_permit_does_not_hold_is_refused_and_the_check_goes_on_without_it(
    touches: tuple[AnyTouch, ...], fault: PermitFault, shown: int
) -> None:
    visit = hot_work(*touches)
    assert isinstance(visit.state.stage, RefusedWork)
    assert signal(visit.state) == "refused"
    assert of(visit, WorkRefused) == [WorkRefused("id-1", "hot-work", fault)]
    assert len(of(visit, PermitShown)) == shown
    visit.touch(Go())
    assert isinstance(visit.state.stage, ChoosingWorks)
    visit.until(Closed)
    assert of(visit, WorksChosen)[-1].works == ()
    assert visit.facts[-1].outcome is Outcome.PASSED  # type: ignore[union-attr]


def test_the_wall_clock_goes_on_while_somebody_types() -> None:
    visit = hot_work(ChooseLevel("first"))
    visit.wait(20)
    visit.state = replace(
        visit.state, wall=WallClock(datetime(2026, 11, 24, 7, 59, 50), visit.now_s - 20)
    )
    for touch in (EnterNumber("1"), ChooseHalfDay(0), ChooseHour(8)):
        visit.touch(touch)
    assert of(visit, WorkRefused)[0].fault is PermitFault.EXPIRED


@pytest.mark.parametrize("number", ["", "-", "12a", "1" * 21])
def test_what_is_no_number_is_asked_for_again(number: str) -> None:
    visit = hot_work(ChooseLevel("first"), EnterNumber(number))
    assert visit.state.notice == "number_first"
    assert of(visit, PermitShown) == []


def test_each_piece_can_be_taken_back_and_at_last_the_work_itself() -> None:
    visit = hot_work(*NUMBERED, ChooseHalfDay(1))
    pieces = []
    while isinstance(visit.state.stage, ShowingPermit):
        pieces.append(
            (visit.state.stage.half_day, visit.state.stage.number, visit.state.stage.level)
        )
        visit.touch(Back())
    assert pieces == [
        (1, "20261124-3", "first"),
        (None, "20261124-3", "first"),
        (None, "", "first"),
        (None, "", ""),
    ]
    assert visit.state.stage == ChoosingWorks(works=("hot-work",))
    visit.touch(ToggleWork("hot-work"))
    visit.touch(Go())
    assert isinstance(visit.state.stage, Asking)


@pytest.mark.parametrize(
    "touch", [ChooseHour(16), ChooseHalfDay(0), PermitEnded(), EnterNumber("1"), Go()]
)
def test_no_piece_can_be_skipped(touch: AnyTouch) -> None:
    visit = hot_work()
    before = visit.state
    visit.touch(touch)
    assert visit.state is before


def test_the_last_half_day_is_a_month_ahead() -> None:
    visit = hot_work(*NUMBERED, *([Later()] * 30))
    assert isinstance(visit.state.stage, ShowingPermit)
    assert 50 < visit.state.stage.first_half_day < 62


def test_a_refusal_that_nobody_reads_ends_by_itself() -> None:
    visit = hot_work(NoPermit())
    visit.wait(visit.door.timings.refused_s)
    assert visit.state.stage == ChoosingWorks()
    visit.wait(61)
    assert visit.facts[-1].outcome is Outcome.ABANDONED  # type: ignore[union-attr]


def test_a_worker_who_finds_the_permit_after_all_may_show_it() -> None:
    visit = hot_work(NoPermit(), Go(), ToggleWork("hot-work"), Go())
    visit.until(Closed)
    assert of(visit, WorksChosen)[-1].works == ("hot-work",)
    assert "动火票有效" in of(visit, ConfirmationMade)[0].lines


def two_works(*touches: AnyTouch) -> Visit:
    """Begin a check with two works, the permit of the first shown as number 20-07."""
    height = replace(PACK.works[0], id="height", title="高处", certificates=())
    rules = (*PERMITS.rules, PermitRule("height", (Level("all", "高处票"),)))
    door = a_door(
        packs=(replace(PACK, works=(*PACK.works, height)),),
        rule_sets=(replace(PERMITS, rules=rules),),
    )
    visit = Visit(door)
    visit.badge(a_welder())
    shown = (*NUMBERED[:1], EnterNumber("20-07"), ChooseHalfDay(1), ChooseHour(16))
    for touch in (ToggleWork("hot-work"), ToggleWork("height"), Go(), *shown, *touches):
        visit.touch(touch)
    return visit


def test_one_number_for_two_works_is_questioned_and_taken_when_it_is_said_to_be_right() -> None:
    visit = two_works(EnterNumber("2007"))
    assert isinstance(visit.state.stage, ShowingPermit)
    assert (visit.state.stage.number, visit.state.stage.doubted) == ("", "2007")
    for ignored in (EnterNumber("8"), ChooseHalfDay(1), ChooseHour(16)):
        visit.touch(ignored)
    assert visit.state.stage.doubted == "2007"
    for touch in (SamePermit(), ChooseHalfDay(1), ChooseHour(16)):
        visit.touch(touch)
    assert [shown.number for shown in of(visit, PermitShown)] == ["20-07", "2007"]
    assert isinstance(visit.state.stage, Asking)


def test_a_number_that_was_wrong_is_entered_once_more() -> None:
    visit = two_works(EnterNumber("20-07"), Back())
    assert isinstance(visit.state.stage, ShowingPermit)
    assert (visit.state.stage.work, visit.state.stage.number) == ("height", "")
    assert not visit.state.stage.doubted
    visit.touch(EnterNumber("20-08"))
    assert visit.state.stage.number == "20-08"


def test_a_number_of_its_own_is_not_questioned() -> None:
    visit = two_works(SamePermit(), EnterNumber("20-08"))
    assert isinstance(visit.state.stage, ShowingPermit)
    assert visit.state.stage.number == "20-08"


def test_one_of_two_works_is_refused_and_the_permit_of_the_other_is_not_asked_for_again() -> None:
    height = replace(PACK.works[0], id="height", title="高处", certificates=())
    rules = (*PERMITS.rules, PermitRule("height", (Level("all", "高处票"),)))
    door = a_door(
        packs=(replace(PACK, works=(*PACK.works, height)),),
        rule_sets=(replace(PERMITS, rules=rules),),
    )
    visit = Visit(door)
    visit.badge(a_welder())
    for touch in (
        ToggleWork("height"),
        ToggleWork("hot-work"),
        Go(),
        EnterNumber("1"),
        ChooseHalfDay(1),
    ):
        visit.touch(touch)
    visit.touch(ChooseHour(18))
    visit.touch(NoPermit())
    visit.touch(Go())
    assert visit.state.stage == ChoosingWorks(works=("height",))
    visit.touch(Go())
    assert isinstance(visit.state.stage, Asking)


def test_what_the_rule_reminds_of_is_confirmed_as_known() -> None:
    visit = hot_work()
    visit.until(Closed)
    by_part = {made.part: made.lines for made in of(visit, ConfirmationMade)}
    assert "离开再测" in by_part[Part.SKILLS]
    assert "离开再测" not in by_part[Part.PREPARATION]


def test_a_power_cut_asks_for_the_permit_anew_but_not_for_one_that_was_shown() -> None:
    asked = hot_work(*NUMBERED)
    resumed = resume(DOOR, asked.facts, a_welder(), NOW, 5.0)
    assert resumed.stage == ShowingPermit(work="hot-work", today=TODAY)
    shown = hot_work(*NUMBERED, ChooseHalfDay(1), ChooseHour(16))
    assert isinstance(resume(DOOR, shown.facts, a_welder(), NOW, 5.0).stage, Asking)
    refused = hot_work(NoPermit())
    assert resume(DOOR, refused.facts, a_welder(), NOW, 5.0).stage == ChoosingWorks()


def test_abnormal_is_reported_from_here_too() -> None:
    visit = hot_work(Abnormal(), GiveReason("noise"))
    assert of(visit, AbnormalReported)[0].at == "showing_permit"
