"""What can happen to the door, as plain data. `at_s` is on the monotonic clock, `id` is fresh for each input (UUIDv7)."""

from __future__ import annotations

import msgspec

from kiosk.model.outcome import Outcome


class Earlier(msgspec.Struct, frozen=True):
    """A check of the same worker in the same shift that is already closed."""

    check: str
    outcome: Outcome
    at: str
    reasons: tuple[str, ...] = ()
    released: bool = False
    post: str = ""
