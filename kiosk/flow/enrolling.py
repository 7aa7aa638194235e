"""When a supervisor registers a card: the next one is not an arrival, and the screen at the door
says so.
"""

from __future__ import annotations

from kiosk.flow.door import Door
from kiosk.flow.inputs import EnrolmentBegun, EnrolmentDropped, EnrolmentEnded
from kiosk.flow.moves import Move, stay, to
from kiosk.flow.stages import Enrolled, Enrolling, Waiting
from kiosk.flow.state import State


def is_free(state: State) -> bool:
    """Return whether a card can be awaited: nobody is in a check, and nobody is being let in."""
    return state.check is None or state.check.outcome is not None


def begun(door: Door, state: State, event: EnrolmentBegun) -> Move:
    """Await a card, unless somebody is in a check."""
    if not is_free(state):
        return stay(state)
    stage = Enrolling(
        awaited=event.awaited, name=event.name, until_s=event.at_s + door.timings.enrol_s
    )
    return to(state, stage, check=None, worker=None)


def ended(door: Door, state: State, event: EnrolmentEnded) -> Move:
    """Show that the card was taken, or why not."""
    if not isinstance(state.stage, Enrolling):
        return stay(state)
    return to(state, Enrolled(reason=event.reason, until_s=event.at_s + door.timings.passed_s))


def dropped(state: State, event: EnrolmentDropped) -> Move:
    """Await that card no longer."""
    # A page that was left open must not end the waiting for a later card.
    if isinstance(state.stage, Enrolling) and state.stage.awaited == event.awaited:
        return to(state, Waiting())
    return stay(state)
