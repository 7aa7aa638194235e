"""No buttons: the screen has everything that they do."""

from __future__ import annotations

import time

import msgspec

from devices.buttons import Buttons
from devices.reasons import DISABLED
from devices.supervised import Offline, State


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """No options."""


def open(_settings: Settings, **_ports: object) -> Buttons:
    """Open nothing."""
    return DisabledButtons()


class DisabledButtons:
    """Offline for ever."""

    def __init__(self) -> None:
        self.state: State = Offline(DISABLED, time.monotonic())

    def close(self) -> None:
        """Do nothing."""
