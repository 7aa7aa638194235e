"""What happens by itself as time passes, and when the door next has to be told the time."""

from __future__ import annotations

from msgspec.structs import replace

from kiosk.flow.confirm import awaited, photo_failed, take_photo
from kiosk.flow.crew_acts import crew_time
from kiosk.flow.crew_stages import Awaiting
from kiosk.flow.door import Door
from kiosk.flow.drill import after_call
from kiosk.flow.inputs import PhotoFailed, TimePassed
from kiosk.flow.moves import Move, recorded, stay, to, turned
from kiosk.flow.outcome import closings
from kiosk.flow.permit import after_refusal
from kiosk.flow.proposing import ended
from kiosk.flow.stages import (
    Called,
    Calling,
    Closed,
    Counting,
    Listening,
    RefusedWork,
    Reporting,
    Stopping,
    Taking,
    Waiting,
)
from kiosk.flow.state import NEWS, Check, State
from kiosk.model.outcome import Outcome


def due_s(door: Door, state: State) -> float | None:
    """Return the next moment (monotonic) at which time alone changes something; None while nobody
    is here.
    """
    moments = [
        _stage_ends_s(state),
        state.side.until_s if state.side else None,
        _notice_ends_s(door, state),
        _patience_ends_s(door, state),
    ]
    known = [moment for moment in moments if moment is not None]
    return min(known) if known else None


def time_passed(door: Door, state: State, passed: TimePassed) -> Move:
    """Do what is due at this moment, one thing at a time."""
    if state.side and state.side.until_s is not None and passed.at_s >= state.side.until_s:
        return turned(state, side=None), ()
    notice_ends_s = _notice_ends_s(door, state)
    if notice_ends_s is not None and passed.at_s >= notice_ends_s:
        return replace(state, notice=""), ()
    stage_ends_s = _stage_ends_s(state)
    if stage_ends_s is not None and passed.at_s >= stage_ends_s:
        return _stage_ended(door, state, passed)
    patience_s = _patience_ends_s(door, state)
    if patience_s is not None and passed.at_s >= patience_s:
        return _patience_ended(door, state, passed)
    return stay(state)


def _notice_ends_s(door: Door, state: State) -> float | None:
    if not state.notice or state.warned or state.notice in NEWS:
        return None
    return state.noticed_s + door.timings.notice_s


def _stage_ends_s(state: State) -> float | None:
    """Return when the stage ends by itself; while somebody reports what is wrong, the check of a
    crew does not end meanwhile.
    """
    if isinstance(state.side, Reporting | Stopping) and isinstance(state.stage, Awaiting):
        return None
    return state.stage.until_s


def _stage_ended(door: Door, state: State, passed: TimePassed) -> Move:
    if (of_proposal := ended(door, state, passed)) is not None:
        return of_proposal
    stage, check = state.stage, state.check
    if (of_crew := crew_time(door, state, passed.at_s)) is not None:
        return of_crew
    match stage:
        case Listening(part=part):
            return to(state, Counting(part=part, until_s=passed.at_s + door.timings.countdown_s))
        case Counting(part=part) if check is not None:
            return take_photo(door, state, check, part, passed.at_s)
        case Called() if check is not None:
            return after_call(door, state, passed.at_s)
        case RefusedWork() if check is not None:
            return after_refusal(door, state, passed.at_s)
        # The door keeps its own time: a driver that hangs reports nothing.
        case Taking() if (wanted := awaited(state)) is not None:
            return photo_failed(
                door, state, PhotoFailed(passed.at_s, passed.id, wanted, "camera_silent")
            )
    return to(state, Waiting(), check=None, worker=None)


def _open(state: State) -> Check | None:
    return state.check if state.check is not None and state.check.outcome is None else None


def _patience_ends_s(door: Door, state: State) -> float | None:
    if _open(state) is None or isinstance(state.stage, Closed | Awaiting):
        return None
    # Nobody can be waited for before anything can be touched.
    began_s = (
        max(state.active_s, state.stage.ready_s)
        if isinstance(state.stage, Calling)
        else state.active_s
    )
    return began_s + (door.timings.abandon_s if state.warned else door.timings.warn_s)


def _patience_ended(door: Door, state: State, passed: TimePassed) -> Move:
    check = _open(state)
    assert check is not None
    if not state.warned:
        # No new turn: a touch that was on its way is an answer.
        return replace(state, warned=True, notice="still_there"), ()
    return recorded(door, state, passed.at_s, *closings(check, Outcome.ABANDONED, ("timeout",)))
