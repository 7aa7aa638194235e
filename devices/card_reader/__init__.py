"""Card readers: a card held to the reader becomes one `CardSeen`, whatever the wire.

A driver is opened with `emit`, which it calls from its own thread with each event, straight away,
and optionally `watch`, which is called with `Online` and `Offline`. The same card is emitted once
until it has been away for a moment; what could not be read is one `FrameRejected`, so that the
worker can be asked to try again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import msgspec

from devices.card_reader.numbers import FORMS, Card, CardNumberError, parse, projections
from devices.supervised import State

__all__ = [
    "FORMS",
    "Card",
    "CardNumberError",
    "CardReader",
    "CardSeen",
    "Emit",
    "Event",
    "FrameRejected",
    "parse",
    "projections",
]


class CardSeen(msgspec.Struct, frozen=True, tag="card_seen"):
    """A card was presented."""

    card: Card


class FrameRejected(msgspec.Struct, frozen=True, tag="frame_rejected"):
    """Something came that is no card; `reason` is short and Chinese, such as 校验错误."""

    reason: str


Event = CardSeen | FrameRejected
Emit = Callable[[Event], None]


class CardReader(Protocol):
    """The interface of every driver."""

    @property
    def state(self) -> State:
        """Return `Online` or `Offline` with its reason; from any thread."""

    def close(self) -> None:
        """Release the device; no event comes afterwards. May be called twice."""
