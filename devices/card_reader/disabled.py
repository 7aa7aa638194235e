"""No card reader: workers are found by another way."""

from __future__ import annotations

import time

import msgspec

from devices.card_reader import CardReader
from devices.reasons import DISABLED
from devices.supervised import Offline, State


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """No options."""


def open(_settings: Settings, **_ports: object) -> CardReader:
    """Open nothing."""
    return DisabledReader()


class DisabledReader:
    """Offline for ever."""

    def __init__(self) -> None:
        self.state: State = Offline(DISABLED, time.monotonic())

    def close(self) -> None:
        """Do nothing."""
