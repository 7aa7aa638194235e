"""From a card under the reader to what the door needs to know about its holder."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from datetime import datetime

from devices.card_reader import Card, projections
from kiosk.flow.inputs import CardRead
from kiosk.model.people import Worker
from kiosk.model.shifts import ShiftWindow, shift_at
from kiosk.records.people.card_hash import card_hash
from kiosk.records.people.register import People
from kiosk.records.reader import Reading


class Arrivals:
    """Looks up holders.

    `secret` keys the hashes under which cards are stored; `local_now` returns the wall clock of the
    place.
    """

    def __init__(
        self,
        people: People,
        reading: Reading,
        secret: bytes,
        windows: tuple[ShiftWindow, ...],
        local_now: Callable[[], datetime],
    ) -> None:
        self._people = people
        self._reading = reading
        self._secret = secret
        self._windows = windows
        self._local_now = local_now

    def read(self, card: Card, at_s: float, input_id: str) -> CardRead:
        """Make the input for a card: a card may be enrolled under any form its number can be
        written in.
        """
        worker = self._people.by_card(self._hashes(card))
        now = self._local_now()
        shift = shift_at(self._windows, now)
        return CardRead(
            at_s=at_s,
            id=input_id,
            card=self._hash(card),
            worker=worker,
            shift=shift,
            now=now,
            # Drawn here: the flow is pure, and the number is recorded with the check.
            draw=secrets.randbelow(1_000_000),
            earlier=self._reading.earlier(worker.id, shift) if worker else None,
            passed=self._reading.last_passed(shift),
            attempts=self._reading.attempts(worker.id) if worker else (),
            crew=self._crew_of(worker) if worker else (),
            decided=self._reading.decided(worker.id) if worker else (),
        )

    def _crew_of(self, worker: Worker) -> tuple[Worker, ...]:
        return (
            tuple(self._people.of_crew(worker.crew)) if worker.role.may_lead and worker.crew else ()
        )

    def _hashes(self, card: Card) -> Iterator[str]:
        """Begin with the form that was read, mostly the one enrolled: the others are worked out
        only when it is not.
        """
        yield self._hash(card)
        yield from (self._hash(other) for other in projections(card)[1:])

    def _hash(self, card: Card) -> str:
        return card_hash(self._secret, card.form, card.number)
