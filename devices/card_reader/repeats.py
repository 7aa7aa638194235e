"""A card that is held to the reader is one card, however often the reader repeats it."""

from __future__ import annotations

from devices.card_reader import CardSeen, Event

# Drivers of readers that repeat a frame take 0.2 to 0.5 s of silence for an absent card.
ABSENT_S = 0.7


class Repeats:
    """Lets an event pass once until it has been absent for `absent_s`; times are monotonic seconds.

    A rejection passes only when nothing was read for as long: a slip while a good card is held is
    no news.
    """

    def __init__(self, absent_s: float = ABSENT_S) -> None:
        self._absent_s = absent_s
        self._last_s: dict[Event, float] = {}

    def fresh(self, event: Event, now_s: float) -> bool:
        """Return whether `event`, which came at `now_s`, is news."""
        self._last_s = {
            e: at_s for e, at_s in self._last_s.items() if now_s - at_s < self._absent_s
        }
        known = event in self._last_s if isinstance(event, CardSeen) else bool(self._last_s)
        self._last_s[event] = now_s
        return not known
