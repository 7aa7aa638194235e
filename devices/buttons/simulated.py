"""Buttons without hardware: pressed by a call."""

from __future__ import annotations

import msgspec

from devices import DeviceError
from devices.buttons import NAMES, ButtonPressed, Emit
from devices.plug import Plug
from devices.supervised import State, Watcher


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """No options."""


def open(_settings: Settings, *, emit: Emit, watch: Watcher | None = None) -> SimulatedButtons:
    """Open the buttons, plugged in."""
    return SimulatedButtons(emit, watch)


class SimulatedButtons:
    """Buttons that a tester presses."""

    def __init__(self, emit: Emit, watch: Watcher | None) -> None:
        self._emit = emit
        self._plug = Plug(watch)

    @property
    def state(self) -> State:
        """Return the present state."""
        return self._plug.state

    def press(self, name: str) -> None:
        """Press and release. Raise DeviceError for a button that there is not."""
        if name not in NAMES:
            raise DeviceError(f"没有 {name!r} 这个按钮，可用：{'、'.join(NAMES)}")
        if self._plug.plugged:
            self._emit(ButtonPressed(name))

    def unplug(self) -> None:
        """Pull the cable."""
        self._plug.pull()

    def plug(self) -> None:
        """Push it in again."""
        self._plug.push()

    def close(self) -> None:
        """Release the buttons."""
        self._plug.close()
