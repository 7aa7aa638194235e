"""What is about to end: certificates, and the cards of contractors and visitors; seen 60, 30 and 7
days ahead.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator
from datetime import date

import msgspec

from kiosk.model.people import Worker

FOR_EVER = date(9999, 12, 31)
"""The last day of a certificate without one (长期)."""


class Urgency(enum.StrEnum):
    """How soon, the soonest first."""

    OVER = "over"
    WITHIN_7 = "within_7"
    WITHIN_30 = "within_30"
    WITHIN_60 = "within_60"


_DAYS = {Urgency.WITHIN_7: 7, Urgency.WITHIN_30: 30, Urgency.WITHIN_60: 60}


class Ending(msgspec.Struct, frozen=True):
    """One thing of one worker that ends; `kind` is the certificate's, empty for the worker's
    cards.
    """

    worker: Worker
    kind: str
    number: str
    on: date
    left_days: int
    urgency: Urgency


def urgency(on: date, today: date) -> Urgency | None:
    """Return how urgent the last day `on` is; None when it is further off."""
    left_days = (on - today).days
    if left_days < 0:
        return Urgency.OVER
    return next((step for step, days in _DAYS.items() if left_days <= days), None)


def endings(workers: Iterable[Worker], today: date) -> list[Ending]:
    """Return all that has ended or ends soon, the first to end first.

    A newer certificate of the same kind makes an old one void.
    """
    found = (ending for worker in workers if worker.name for ending in _endings(worker, today))
    return sorted(found, key=lambda ending: (ending.on, ending.worker.id))


def _endings(worker: Worker, today: date) -> Iterator[Ending]:
    newest = {
        held.kind: held for held in sorted(worker.certificates, key=lambda held: held.expires_on)
    }
    last_days = [(held.kind, held.number, held.expires_on) for held in newest.values()]
    if worker.ends_on is not None:
        last_days.append(("", "", worker.ends_on))
    for kind, number, on in last_days:
        if (how := urgency(on, today)) is not None:
            yield Ending(worker, kind, number, on, (on - today).days, how)
