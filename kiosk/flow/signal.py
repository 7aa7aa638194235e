"""The lamp as a function of the state: the screen is the lamp.

Green is shown for one state only, the closing screen of a passed check (of a worker or of a crew),
and that state exists only once the entry is on disk.
"""

from __future__ import annotations

from kiosk.flow import stages as s
from kiosk.flow.crew_stages import CrewEnded
from kiosk.flow.state import State
from kiosk.model.outcome import Outcome

_CLOSED = {Outcome.PASSED: "passed", Outcome.FAILED: "failed", Outcome.ABANDONED: "waiting"}


def signal(state: State) -> str:
    """Return the name of the signal to show, one of `devices.lights.Signal`."""
    # Before the stage: what is wrong now outshines an outcome below it.
    if isinstance(state.side, s.Reporting | s.Stopping | s.Stopped):
        return "abnormal"
    match state.stage:
        case s.Waiting() | s.Enrolled():
            return "waiting"
        case s.Refused() | s.RefusedWork():
            return "refused"
        case s.Closed(outcome=outcome) | CrewEnded(outcome=outcome):
            return _CLOSED[outcome]
        case s.Released():
            return "released"
    return "working"
