"""The door's one function: from a state and an input to the next state and its effects."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from msgspec.structs import replace

from kiosk.flow import enrolling
from kiosk.flow import inputs as i
from kiosk.flow import stages as s
from kiosk.flow import touches as t
from kiosk.flow.badge import card_read, not_the_crew, open_check
from kiosk.flow.closing import releasing, signing
from kiosk.flow.confirm import answering, listening, photo_arrived, photo_failed, reasoning
from kiosk.flow.crew import offering
from kiosk.flow.crew_acts import crew_touched
from kiosk.flow.crew_stages import CrewEnded, OfferingCrew
from kiosk.flow.deadlines import due_s, time_passed
from kiosk.flow.door import Door
from kiosk.flow.drill import asking, called, calling, choosing_post, choosing_works
from kiosk.flow.effects import TakeScenePhoto
from kiosk.flow.moves import Move, notice, stay, to, turned
from kiosk.flow.permit import refused_work, showing_permit
from kiosk.flow.proposal_stages import OfProposal, Posing
from kiosk.flow.proposing import begin, photo_came, proposing
from kiosk.flow.record import fold
from kiosk.flow.route import stage_of
from kiosk.flow.side import from_anywhere
from kiosk.flow.state import Check, State, WallClock
from kiosk.model.outcome import Answer, Outcome
from kiosk.model.people import Worker
from kiosk.model.training import Attempt
from kiosk.records.facts import AnyFact

__all__ = ["advance", "due_s", "resume"]


def advance(door: Door, state: State, event: i.AnyInput) -> Move:
    """Decide what an input does.

    An input that does not fit returns the same state, unchanged.
    """
    after, effects = _decide(door, state, event)
    # Time alone is no sign of a person, and neither is an input that changed nothing, nor one that
    # only gave a notice: noise, or the card of somebody else.
    if after is state or isinstance(event, i.TimePassed):
        return after, effects
    if after.turn != state.turn or isinstance(event, i.Touched | i.Pressed):
        after = replace(after, active_s=event.at_s)
    return replace(after, noticed_s=event.at_s), effects


def resume(
    door: Door,
    facts: Iterable[AnyFact],
    worker: Worker | None,
    now: datetime,
    at_s: float,
    attempts: tuple[Attempt, ...] = (),
    people: Iterable[Worker] = (),
) -> State:
    """Return the state of an open check from its facts, as after a crash; its times start over, and
    `now` is the wall clock.

    `attempts` are the worker's earlier checks: a post may still have to be chosen. `people` are
    those of the crew, when it is the check of one.
    """
    check = fold(None, facts)
    wall, crew = WallClock(now, at_s), {each.id: each for each in people}
    state = State(
        check=check, worker=worker, people=crew, wall=wall, attempts=attempts, active_s=at_s
    )
    return replace(state, stage=stage_of(door, state, at_s))


def _decide(door: Door, state: State, event: i.AnyInput) -> Move:
    match event:
        case i.TimePassed():
            return time_passed(door, state, event)
        case i.CardRead():
            return card_read(door, state, event)
        case i.EnrolmentBegun():
            return enrolling.begun(door, state, event)
        case i.EnrolmentEnded():
            return enrolling.ended(door, state, event)
        case i.EnrolmentDropped():
            return enrolling.dropped(state, event)
        case i.CardMisread():
            return notice(state, "misread")
        case i.CardTooEarly():
            return notice(state, "preparing")
        case i.Touched():
            # A late or double touch was meant for the screen before this one.
            return _touched(door, state, event) if event.turn == state.turn else stay(state)
        case i.Pressed():
            return _pressed(door, state, event)
        case i.PhotoArrived(wanted=TakeScenePhoto()) | i.PhotoFailed(wanted=TakeScenePhoto()):
            return photo_came(door, state, event)
        case i.PhotoArrived():
            return photo_arrived(door, state, event)
        case i.PhotoFailed():
            return photo_failed(door, state, event)


def _pressed(door: Door, state: State, pressed: i.Pressed) -> Move:
    """Do what the large button of the screen does, for a physical one."""
    # A button has no screen of its own that could be out of date: it means the present turn.
    touch = t.Abnormal() if pressed.button == "abnormal" else _main_touch(state)
    return _touched(door, state, i.Touched(pressed.at_s, pressed.id, touch, state.turn))


def _main_touch(state: State) -> t.AnyTouch:
    if state.side is not None or state.warned:
        return t.Back()
    match state.stage:
        case s.Listening() | s.Counting() | Posing():
            return t.TakePhotoNow()
        case s.Answering():
            return t.Confirm(Answer.OK)
    return t.Go()


def _touched(door: Door, state: State, touched: i.Touched) -> Move:
    # First of all: the emergency card and stopping unsafe work are open from every screen.
    aside = from_anywhere(door, state, touched)
    if aside is not None:
        return aside
    if state.warned:
        # The answer to "still there?" must not also go back in the stage below it.
        if isinstance(touched.touch, t.Back):
            return turned(state), ()
        # It was on its way when the question came: it counts, and is an answer as well.
        state = replace(state, warned=False, notice="")
    if state.check is not None and state.check.outcome is None:
        return _in_check(door, state, state.check, touched)
    if isinstance(state.stage, OfProposal):
        return proposing(door, state, state.stage, touched)
    match state.stage, touched.touch:
        case OfferingCrew() as stage, t.Go() if not stage.posts:
            return not_the_crew(door, state, stage, touched.at_s)
        case OfferingCrew() as stage, _:
            return offering(door, state, stage, touched)
        case _, t.Propose():
            return begin(door, state, touched)
        case s.Releasing() as stage, _:
            return releasing(door, state, stage, touched)
        case s.OnRecord(read=read), t.Go() if (
            read.earlier and read.earlier.outcome is not Outcome.PASSED
        ):
            return open_check(door, state, read.later(touched.at_s))
        case s.NotAsked(read=read), t.CheckAnyway() if read.worker and read.worker.posts:
            return open_check(door, state, read.later(touched.at_s))
        case (s.Enrolling(), t.Back()):
            return to(state, s.Waiting())
        case (
            (
                s.Refused()
                | s.Closed()
                | s.Released()
                | s.OnRecord()
                | s.NotAsked()
                | s.Enrolled()
                | CrewEnded()
            ),
            t.Go() | t.Back(),
        ):
            return to(state, s.Waiting(), check=None, worker=None)
    return stay(state)


def _in_check(door: Door, state: State, check: Check, touched: i.Touched) -> Move:
    if (of_crew := crew_touched(door, state, touched)) is not None:
        return of_crew
    match state.stage:
        case s.ChoosingPost() as stage:
            return choosing_post(door, state, check, stage, touched)
        case s.ChoosingWorks() as stage:
            return choosing_works(door, state, check, stage, touched)
        case s.ShowingPermit() as stage:
            return showing_permit(door, state, check, stage, touched)
        case s.RefusedWork():
            return refused_work(door, state, touched)
        case s.Asking() as stage:
            return asking(door, state, check, stage, touched)
        case s.Calling() as stage:
            return calling(door, state, check, stage, touched)
        case s.Called():
            return called(door, state, touched)
        case s.Listening() | s.Counting() as stage:
            return listening(door, state, check, stage, touched)
        case s.Answering() as stage:
            return answering(door, state, check, stage, touched)
        case s.Reasoning() as stage:
            return reasoning(door, state, check, stage, touched)
        case s.Signing() as stage:
            return signing(door, state, check, stage, touched)
    return stay(state)
