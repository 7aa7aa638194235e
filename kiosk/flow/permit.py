"""The permit of a hazardous work (作业票): level, number and end as they stand on the paper, and
what becomes of the work.

The station approves nothing: it asks for the permit that was approved on site, and refuses the work
where it is missing, has ended, or claims to hold for longer than the rules let it. The check of the
post goes on either way.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta

from msgspec.structs import replace

from kiosk.flow.door import Door
from kiosk.flow.inputs import Touched
from kiosk.flow.moves import Move, notice, recorded, stay, to
from kiosk.flow.route import stage_of
from kiosk.flow.stages import ChoosingWorks, RefusedWork, ShowingPermit
from kiosk.flow.state import Check, State
from kiosk.flow.touches import (
    Back,
    ChooseHalfDay,
    ChooseHour,
    ChooseLevel,
    EnterNumber,
    Go,
    Later,
    NoPermit,
    PermitEnded,
    SamePermit,
)
from kiosk.model.rules import Level, PermitFault, PermitRule, RuleSet, permit_fault
from kiosk.records.checks.facts import PermitShown, WorkRefused

HALF_DAYS_SHOWN = 5
LAST_HALF_DAY = 2 * 31
"""No rule lets a permit hold for more than thirty days."""
_LONGEST_NUMBER = 20


def half_days(stage: ShowingPermit) -> range:
    """Return the half days to choose from now."""
    return range(stage.first_half_day, min(stage.first_half_day + HALF_DAYS_SHOWN, LAST_HALF_DAY))


def hours(half_day: int) -> range:
    """Return the hours at which a permit can end in a half day: 1 to 12, or 13 to 24."""
    # 24 is the midnight that ends the day, as permits write it.
    return range(1, 13) if half_day % 2 == 0 else range(13, 25)


def showing_permit(
    door: Door, state: State, check: Check, stage: ShowingPermit, touched: Touched
) -> Move:
    """Take the next piece of the permit, or that there is none."""
    assert state.today is not None
    found = door.permit_rule(stage.work, state.today)
    assert found is not None
    match touched.touch:
        case Back():
            return _back(state, check, stage, found[1])
        case NoPermit():
            return _refused(
                door, state, touched.at_s, WorkRefused(check.id, stage.work, PermitFault.MISSING)
            )
        case ChooseLevel(level=level) if not stage.level and found[1].level(level):
            return to(state, replace(stage, level=level))
        case EnterNumber(number=number) if stage.level and not (stage.number or stage.doubted):
            return _numbered(state, check, stage, number)
        case SamePermit() if stage.doubted:
            return to(state, replace(stage, number=stage.doubted, doubted=""))
    return _ending(door, state, check, stage, touched, found) if stage.number else stay(state)


def _numbered(state: State, check: Check, stage: ShowingPermit, number: str) -> Move:
    """Take the number; one that another work has too is asked about first."""
    # Not str.isdecimal(), which also takes the digits of other scripts.
    of_digits = set(number) <= set("0123456789-") and len(number) <= _LONGEST_NUMBER
    if not of_digits or not any(char.isdigit() for char in number):
        return notice(state, "number_first")
    if _is_taken(check, stage.work, number):
        return to(state, replace(stage, doubted=number))
    return to(state, replace(stage, number=number))


def _is_taken(check: Check, work: str, number: str) -> bool:
    digits = number.replace("-", "")
    return any(
        permit.number.replace("-", "") == digits
        for other, permit in check.permits.items()
        if other != work
    )


def _ending(
    door: Door,
    state: State,
    check: Check,
    stage: ShowingPermit,
    touched: Touched,
    found: tuple[RuleSet, PermitRule],
) -> Move:
    rule_set, rule = found
    shown = PermitShown(check.id, stage.work, rule_set.id, stage.level, stage.number)
    match touched.touch:
        case PermitEnded():
            refusal = WorkRefused(check.id, stage.work, PermitFault.EXPIRED)
            return _refused(door, state, touched.at_s, refusal, shown)
        case ChooseHalfDay(half_day=half_day) if stage.half_day is None and half_day in half_days(
            stage
        ):
            return to(state, replace(stage, half_day=half_day))
        case Later() if stage.half_day is None and half_days(stage).stop < LAST_HALF_DAY:
            return to(state, replace(stage, first_half_day=half_days(stage).stop))
        case ChooseHour(hour=hour) if stage.half_day is not None and hour in hours(stage.half_day):
            level = rule.level(stage.level)
            assert level is not None
            return _judged(
                door, state, touched.at_s, replace(shown, until=_until(stage, hour)), level
            )
    return stay(state)


def _until(stage: ShowingPermit, hour: int) -> datetime:
    assert stage.half_day is not None
    day = stage.today + timedelta(days=stage.half_day // 2)
    # Added, not replaced: hour 24 is the next day's midnight.
    return datetime.combine(day, time()) + timedelta(hours=hour)


def _judged(door: Door, state: State, at_s: float, shown: PermitShown, level: Level) -> Move:
    assert state.wall is not None
    assert shown.until is not None
    fault = permit_fault(level, shown.until, state.wall.at(at_s))
    if fault is None:
        return recorded(door, state, at_s, shown)
    return _refused(door, state, at_s, WorkRefused(shown.check, shown.work, fault), shown)


def _refused(
    door: Door, state: State, at_s: float, refusal: WorkRefused, shown: PermitShown | None = None
) -> Move:
    # What was typed is recorded too: it is the ground of the refusal.
    facts = (shown, refusal) if shown else (refusal,)
    after, effects = recorded(door, state, at_s, *facts)
    until_s = at_s + door.timings.refused_s
    return replace(
        after, stage=RefusedWork(work=refusal.work, fault=refusal.fault, until_s=until_s)
    ), effects


def _back(state: State, check: Check, stage: ShowingPermit, rule: PermitRule) -> Move:
    """Go back by one piece; before the first, to the choice of works."""
    if stage.half_day is not None:
        return to(state, replace(stage, half_day=None))
    if stage.number or stage.doubted:
        return to(state, replace(stage, number="", doubted=""))
    if stage.level and len(rule.levels) > 1:
        return to(state, replace(stage, level=""))
    return to(state, ChoosingWorks(works=check.choice))


def refused_work(door: Door, state: State, touched: Touched) -> Move:
    """Go on once the refusal has been read."""
    match touched.touch:
        case Go() | Back():
            return after_refusal(door, state, touched.at_s)
    return stay(state)


def after_refusal(door: Door, state: State, at_s: float) -> Move:
    """Go back to the works, without the one that was refused."""
    return to(state, stage_of(door, state, at_s))
