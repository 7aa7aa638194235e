"""Buttons next to the screen, which do what a touch does: 确认 (confirm) and 异常 (abnormal).

A driver is opened with `emit`, which it calls from its own thread once a press, and optionally
`watch`, which is called with `Online` and `Offline`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import msgspec

from devices.supervised import State

__all__ = ["NAMES", "ButtonPressed", "Buttons", "Emit"]

NAMES = ("confirm", "abnormal")


class ButtonPressed(msgspec.Struct, frozen=True, tag="button_pressed"):
    """A button went down; `name` is one of NAMES."""

    name: str


Emit = Callable[[ButtonPressed], None]


class Buttons(Protocol):
    """The interface of every driver."""

    @property
    def state(self) -> State:
        """Return `Online` or `Offline` with its reason; from any thread."""

    def close(self) -> None:
        """Release the buttons; no event comes afterwards. May be called twice."""
