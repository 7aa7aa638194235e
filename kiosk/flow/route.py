"""Where a check stands, told from what is recorded of it.

Going on and resuming after a crash are the same question.
"""

from __future__ import annotations

from kiosk.flow.crew_members import Crew
from kiosk.flow.crew_stages import CrewEnded, Gathering, SigningOff
from kiosk.flow.door import Door
from kiosk.flow.stages import (
    Answering,
    AnyStage,
    Asking,
    Calling,
    ChoosingPost,
    ChoosingWorks,
    Closed,
    Listening,
    ShowingPermit,
    Signing,
    Waiting,
)
from kiosk.flow.state import Check, State
from kiosk.model.content import Part
from kiosk.model.eligibility import eligible_posts
from kiosk.model.outcome import Outcome


def stage_of(door: Door, state: State, at_s: float) -> AnyStage:
    """Return the stage that a state's check is in."""
    check = state.check
    if check is None:
        return Waiting()
    if check.outcome is not None:
        return closed(door, check, at_s)
    if check.crew is not None and not check.crew.gathered:
        return Gathering(until_s=at_s + door.crew.window_s)
    return (
        _before_drill(door, state, check, at_s)
        or _drill(door, check, at_s)
        or _after_drill(door, check, at_s)
    )


def closed(door: Door, check: Check, at_s: float) -> AnyStage:
    """Return the last screen of a check."""
    times = door.timings
    lasts_s = {
        Outcome.PASSED: times.passed_s,
        Outcome.FAILED: times.failed_s,
        Outcome.ABANDONED: times.passed_s,
    }
    assert check.outcome is not None
    if check.crew is not None:
        return _crew_ended(door, check, check.crew, check.outcome, at_s)
    until_s = at_s + lasts_s[check.outcome]
    return Closed(until_s=until_s, check=check.id, outcome=check.outcome, reasons=check.reasons)


def _crew_ended(door: Door, check: Check, crew: Crew, outcome: Outcome, at_s: float) -> CrewEnded:
    """Return the last screen of a crew's check; it stays longer when there are names to read."""
    all_passed = not crew.left_out and all(each.outcome is Outcome.PASSED for each in crew.members)
    until_s = at_s + (door.timings.passed_s if all_passed else door.timings.failed_s)
    return CrewEnded(until_s=until_s, check=check.id, outcome=outcome, reasons=check.reasons)


def _before_drill(door: Door, state: State, check: Check, at_s: float) -> AnyStage | None:
    if not check.post:
        assert state.worker is not None
        assert state.today is not None
        return ChoosingPost(posts=eligible_posts(state.worker, door.posts, state.today))
    if check.works is None:
        return ChoosingWorks(works=check.choice)
    if not check.knows:
        question = Asking(question=door.question(check.post, check.draw, check.question).id)
        return _permit(door, state, check, at_s) or question
    return None


def _permit(door: Door, state: State, check: Check, at_s: float) -> ShowingPermit | None:
    """Ask for the permit of the first work that still lacks it."""
    assert state.wall is not None
    now = state.wall.at(at_s)
    for work in check.works or ():
        # The rules of the day the worker came, also when the check lasts beyond midnight.
        found = door.permit_rule(work, state.wall.showed.date())
        if found is not None and work not in check.permits:
            levels = found[1].levels
            only = levels[0].id if len(levels) == 1 else ""
            return ShowingPermit(
                work=work, today=now.date(), level=only, first_half_day=now.hour // 12
            )
    return None


def _drill(door: Door, check: Check, at_s: float) -> AnyStage | None:
    for index, due in enumerate(door.steps(check.post, check.works or ())):
        if due.id not in check.steps:
            begins = all(due.id.drill != called.drill for called in check.steps)
            announced = due.title if begins else ""
            ready_s = at_s + door.timings.dwell_of(due.step, check.level, announced)
            return Calling(
                step=due.id,
                index=index,
                title=due.title,
                announced=announced,
                began_s=at_s,
                ready_s=ready_s,
            )
    return None


def _after_drill(door: Door, check: Check, at_s: float) -> AnyStage:
    for part in Part:
        if part not in check.confirmed:
            # After a crash a photo that is recorded is answered, not taken again.
            if part in check.photos or part in check.missed:
                return Answering(part=part)
            return Listening(part=part, until_s=at_s + door.timings.listen_s)
    return Signing() if check.crew is None else SigningOff(until_s=at_s + door.crew.close_s)
