"""When the door asks for a check: five policies, as prestart systems of mobile machines know
them.
"""

from __future__ import annotations

import enum


class CheckPolicy(enum.StrEnum):
    """When somebody with a card is asked to go through a check."""

    OFF = "off"
    """Never; a card is only noted."""
    FIRST_OF_SHIFT = "first_of_shift"
    """The first person of a shift at the post does it for everybody."""
    EACH_WORKER = "each_worker"
    """Each worker once a shift."""
    CHANGE_OF_WORKER = "change_of_worker"
    """Whenever somebody else takes over the post."""
    EVERY_TIME = "every_time"


def asks(policy: CheckPolicy, *, passed: bool, last_passed: str, worker: str) -> bool:
    """Return whether a worker is asked.

    `passed` is whether this worker has passed at this post in this shift; `last_passed` is who
    passed there last in this shift, or empty.
    """
    match policy:
        case CheckPolicy.OFF:
            return False
        case CheckPolicy.FIRST_OF_SHIFT:
            return not last_passed
        case CheckPolicy.EACH_WORKER:
            return not passed
        case CheckPolicy.CHANGE_OF_WORKER:
            return last_passed != worker
        case CheckPolicy.EVERY_TIME:
            return True
