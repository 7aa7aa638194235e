"""The lamp at the door: red, yellow, green, a buzzer, and on some doors the relay of the lock.

The product says what happened (`Signal`); how that looks and for how long is in ``patterns``. Green
is driven for `passed` alone, the door for that and for `released`. Both end by themselves, and go
out sooner when the main loop no longer says that it is alive: nothing that hangs or dies may leave
them on. An unpowered lamp must mean red or nothing, which the wiring decides.
"""

from __future__ import annotations

import enum
from typing import Protocol

import msgspec

from devices.supervised import State

__all__ = ["Lamps", "Lights", "Signal"]


class Signal(enum.StrEnum):
    """What the lamp can say."""

    off = "off"
    waiting = "waiting"
    working = "working"
    passed = "passed"
    failed = "failed"
    refused = "refused"
    released = "released"
    abnormal = "abnormal"
    fault = "fault"


class Lamps(msgspec.Struct, frozen=True, kw_only=True):
    """What is driven: True is on."""

    red: bool = False
    yellow: bool = False
    green: bool = False
    buzzer: bool = False
    door: bool = False


class Lights(Protocol):
    """The interface of every driver. No method waits for hardware."""

    @property
    def state(self) -> State:
        """Return `Online` or `Offline` with its reason; from any thread."""

    def show(self, signal: Signal) -> None:
        """Show `signal` from now on, instead of what was shown; the same one again starts over."""

    def refresh(self) -> None:
        """Mark the main loop as alive; to be called more often than every `green_stale_s`."""

    def lamps(self) -> Lamps:
        """Return what is driven at this moment; all off while the hardware is offline."""

    def close(self) -> None:
        """Switch everything off and release the lamps. May be called twice."""
