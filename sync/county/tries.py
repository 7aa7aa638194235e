"""Counting wrong tries by the address that they come from, within a bounded memory."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address, ip_network

WINDOW_S = 60.0
MOST_TRIES = 10
MOST_PLACES = 10_000


def place_of(address: str) -> str:
    """Return what counts as one place: an IPv4 address, or the /64 network that one IPv6 customer
    has at least (RFC 6177).
    """
    try:
        parsed = ip_address(address)
    except ValueError:
        return ""
    if isinstance(parsed, IPv6Address):
        return str(ip_network((int(parsed), 64), strict=False))
    return str(parsed)


class Tries:
    """Wrong tries of the last minute by place; where there are too many places, the one that was
    first heard of is forgotten.
    """

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._wrong: dict[str, deque[float]] = {}

    def exhausted(self, place: str) -> bool:
        """Return whether this place must wait before it may try again."""
        return len(self._recent(place)) >= MOST_TRIES

    def wrong(self, place: str) -> None:
        """Count one wrong try."""
        recent = self._recent(place)
        recent.append(self._monotonic())
        self._wrong[place] = recent
        if len(self._wrong) > MOST_PLACES:
            self._wrong.pop(next(iter(self._wrong)))

    def _recent(self, place: str) -> deque[float]:
        wrong = self._wrong.pop(place, deque())
        while wrong and self._monotonic() - wrong[0] >= WINDOW_S:
            wrong.popleft()
        if wrong:
            self._wrong[place] = wrong
        return wrong
