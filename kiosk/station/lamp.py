"""The lamp says what the state says, and that nothing can be recorded."""

from __future__ import annotations

from devices.lights import Lights, Signal
from kiosk.flow.crew_stages import CrewEnded
from kiosk.flow.signal import signal
from kiosk.flow.stages import AnyStage, Closed, Refused, Released
from kiosk.flow.state import State


class Lighting:
    """Switches the lamp where it has to change; an outcome is shown again, even when the one before
    had the same colour.
    """

    def __init__(self) -> None:
        self._lit: tuple[Signal, AnyStage | None] | None = None

    def show(self, lights: Lights, state: State, trouble: str) -> None:
        """Show a state.

        While nothing can be recorded (`trouble`), show that, but for an outcome, which is on the
        disk already.
        """
        outcome = (
            state.stage
            if isinstance(state.stage, Refused | Closed | Released | CrewEnded)
            else None
        )
        due = Signal.fault if trouble and not outcome else Signal(signal(state))
        if (due, outcome) != self._lit:
            self._lit = (due, outcome)
            lights.show(due)
