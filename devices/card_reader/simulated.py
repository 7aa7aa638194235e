"""A reader without hardware: cards are tapped by a call."""

from __future__ import annotations

import msgspec

from devices.card_reader import CardNumberError, CardSeen, Emit, FrameRejected, parse
from devices.card_reader.framing import GARBLED
from devices.plug import Plug
from devices.supervised import State, Watcher


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """No options."""


def open(_settings: Settings, *, emit: Emit, watch: Watcher | None = None) -> SimulatedReader:
    """Open the reader, plugged in."""
    return SimulatedReader(emit, watch)


class SimulatedReader:
    """Each tap is a card held to the reader and taken away."""

    def __init__(self, emit: Emit, watch: Watcher | None) -> None:
        self._emit = emit
        self._plug = Plug(watch)

    @property
    def state(self) -> State:
        """Return the present state."""
        return self._plug.state

    def tap(self, form: str, number: str) -> None:
        """Present a card; a number that is not of its form is rejected, as garbage on a wire would
        be.
        """
        if not self._plug.plugged:
            return
        try:
            self._emit(CardSeen(parse(form, number)))
        except CardNumberError:
            self._emit(FrameRejected(GARBLED))

    def unplug(self) -> None:
        """Pull the cable."""
        self._plug.pull()

    def plug(self) -> None:
        """Push it in again."""
        self._plug.push()

    def close(self) -> None:
        """Release the device."""
        self._plug.close()
