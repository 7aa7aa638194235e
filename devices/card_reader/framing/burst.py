"""What came between two silences: its cards at once, and at its end one rejection if it held
none.
"""

from __future__ import annotations

from devices.card_reader import Card, CardSeen, Event, FrameRejected

# A plug going in or a cold relay makes a stray byte or three; nobody has to be told to try again
# for that.
_NOISE_BYTES = 3


class Burst:
    """Counts one burst; afterwards it is ready for the next."""

    def __init__(self) -> None:
        self._begin()

    def _begin(self) -> None:
        self._bytes = 0
        self._seen = False
        self._reason: str | None = None

    def took(self, count: int) -> None:
        """Note this many bytes."""
        self._bytes += count

    def card(self, card: Card) -> CardSeen:
        """Note a card, and return its event."""
        self._seen = True
        return CardSeen(card)

    def reject(self, reason: str) -> None:
        """Note that something was no card; the first reason is the one that is reported."""
        self._reason = self._reason or reason

    def end(self) -> list[Event]:
        """Return the rejection that is due, if any, and start over."""
        due = self._reason if self._bytes > _NOISE_BYTES and not self._seen else None
        self._begin()
        return [FrameRejected(due)] if due else []
