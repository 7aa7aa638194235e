"""No lamp at this door: the screen alone says how a check ended."""

from __future__ import annotations

import time

import msgspec

from devices.lights import Lamps, Lights, Signal
from devices.reasons import DISABLED
from devices.supervised import Offline, State


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """No options."""


def open(_settings: Settings, **_ports: object) -> Lights:
    """Open nothing."""
    return DisabledLights()


class DisabledLights:
    """Offline for ever; whatever is shown, nothing lights."""

    def __init__(self) -> None:
        self.state: State = Offline(DISABLED, time.monotonic())

    def show(self, signal: Signal) -> None:
        """Do nothing."""

    def refresh(self) -> None:
        """Do nothing."""

    def lamps(self) -> Lamps:
        """Return lamps that are off."""
        return Lamps()

    def close(self) -> None:
        """Do nothing."""
