"""Personal data: the one part of the database that can be corrected and erased.

Entries know a worker by id, a card by hash.
"""

from __future__ import annotations

import hashlib
import sqlite3
import threading
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping

import msgspec

from kiosk.journal.errors import RosterError
from kiosk.model.people import CardNumber, Roster, Standing, Worker
from kiosk.records.people import tables as undoing
from kiosk.records.people.facts import CardAssigned, WorkerChanged
from kiosk.records.people.tables import (
    delete_cards,
    put_cards,
    put_workers,
    select_cards,
    select_holders,
    select_workers,
)

RosterFact = WorkerChanged | CardAssigned


class People:
    """Who is known, on the writer's connection.

    What changes them goes through `Journal`, which records that it happened.
    """

    def __init__(
        self, connection: sqlite3.Connection, lock: threading.RLock, secret: bytes
    ) -> None:
        self._connection = connection
        self._lock = lock
        self._secret = secret

    def by_card(self, hashes: Iterable[str]) -> Worker | None:
        """Return the holder of the first of these cards that belongs to anybody."""
        with self._lock:
            holders = (select_holders(self._connection, [card]).get(card) for card in hashes)
            holder = next(filter(None, holders), None)
            return self.get(holder) if holder else None

    def get(self, worker_id: str) -> Worker | None:
        """Return a worker by id (工号); one who was erased has no name."""
        with self._lock:
            return select_workers(self._connection, [worker_id]).get(worker_id)

    def has_named(self, worker_id: str) -> bool:
        """Return whether somebody has this 工号, and a name: not erased."""
        worker = self.get(worker_id)
        return worker is not None and bool(worker.name)

    def all(self) -> list[Worker]:
        """Return everybody, in the order of their ids."""
        with self._lock:
            return list(select_workers(self._connection).values())

    def of_crew(self, crew: str) -> list[Worker]:
        """Return everybody who belongs to a crew, by id."""
        return [worker for worker in self.all() if worker.crew == crew]

    def change(
        self, roster: Roster, card_hashes: Mapping[CardNumber, str]
    ) -> tuple[RosterFact, ...]:
        """Add or replace workers and cards, within the caller's transaction, and return the facts
        to be recorded.

        Where the roster names cards of a worker, those are all the cards they have from now on;
        where it names none, the cards stay. What is like that already makes no fact. Raise
        RosterError.
        """
        with self._lock:
            self._refuse_faults(roster, card_hashes)
            changed = self._put(roster.workers)
            cards = {card_hashes[card]: card.worker for card in roster.cards}
            return (*changed, *self._assign(cards, sorted(set(cards.values()))))

    def take_over(
        self, roster: Roster, card_hashes: Mapping[CardNumber, str]
    ) -> tuple[RosterFact, ...]:
        """Do what `change` does, and keep what was there before, so that it can be put back.

        Raise RosterError.
        """
        with self._lock:
            self.refuse_taken_cards(roster, card_hashes)
            ids = sorted(
                {item.id for item in roster.workers} | {card.worker for card in roster.cards}
            )
            before = self._held(ids)
            facts = self.change(roster, card_hashes)
            undoing.remember(self._connection, before, self._held(ids))
            return facts

    def put_back(self) -> tuple[RosterFact, ...]:
        """Put back what the last `take_over` changed; who was new then is nobody again.

        Raise RosterError.
        """
        with self._lock:
            before = undoing.recall(self._connection, self._secret)
            if undoing.digest(self._held([held.worker.id for held in before])) != undoing.after(
                self._connection
            ):
                raise RosterError(
                    "导入以后，名单里有人又被改过，不能整批撤销；请下载现有名单，改好再上传"
                )
            changed = self._put([held.worker for held in before])
            cards = {card: held.worker.id for held in before for card in held.cards}
            assigned = self._assign(cards, [held.worker.id for held in before])
            undoing.forget(self._connection)
            return (*changed, *assigned)

    def kept_digest(self) -> str:
        """Return the digest of what the last `take_over` kept, to be recorded with it."""
        with self._lock:
            kept = undoing.kept(self._connection)
            return kept.digest(self._secret) if kept else ""

    def can_put_back(self) -> bool:
        """Return whether there is an import to take back."""
        with self._lock:
            return undoing.after(self._connection) != ""

    def add_card(self, worker_id: str, card: str, by: str) -> tuple[RosterFact, ...]:
        """Assign one more card to a worker, within the caller's transaction.

        Raise RosterError for somebody else's.
        """
        with self._lock:
            holder = select_holders(self._connection, [card]).get(card)
            if holder and holder != worker_id:
                raise RosterError(f"这张卡已登记给工号 {holder}")
            put_cards(self._connection, [(card, worker_id)])
            return () if holder else (CardAssigned(card, worker_id, by),)

    def withdraw_cards(self, worker_id: str, by: str) -> tuple[RosterFact, ...]:
        """Take all cards from a worker, within the caller's transaction."""
        with self._lock:
            return self._withdraw_all(worker_id, by)

    def refuse_taken_cards(self, roster: Roster, card_hashes: Mapping[CardNumber, str]) -> None:
        """Refuse cards that belong to somebody the roster does not give other cards to.

        Raise RosterError.
        """
        with self._lock:
            moved = {card.worker for card in roster.cards}
            holders = select_holders(self._connection, [card_hashes[card] for card in roster.cards])
            for card in roster.cards:
                holder = holders.get(card_hashes[card])
                if holder and holder != card.worker and holder not in moved:
                    raise RosterError(
                        f"工号 {card.worker} 的卡号 {card.number} 已登记给工号 {holder}；"
                        f"请先给 {holder} 挂失，或改正卡号"
                    )

    def _held(self, ids: Collection[str]) -> list[undoing.Held]:
        known, cards = select_workers(self._connection, ids), defaultdict(list)
        for card, holder in select_cards(self._connection, ids).items():
            cards[holder].append(card)
        return [
            undoing.Held(
                known.get(worker_id) or Worker(worker_id, name=""), tuple(cards[worker_id])
            )
            for worker_id in ids
        ]

    def erase(self, worker_id: str) -> tuple[RosterFact, ...]:
        """Erase everything of a worker but the id, within the caller's transaction, and return the
        facts to be recorded.
        """
        with self._lock:
            if self.get(worker_id) is None:
                return ()
            changed = self._put([Worker(worker_id, name="")])
            undoing.forget(self._connection)
            return (*changed, *self._withdraw_all(worker_id, ""))

    def _refuse_faults(self, roster: Roster, card_hashes: Mapping[CardNumber, str]) -> None:
        ids = Counter(worker.id for worker in roster.workers)
        for worker_id in (worker_id for worker_id, times in ids.items() if times > 1):
            raise RosterError(f"名单中工号 {worker_id} 出现了不止一次")
        holders: dict[str, str] = {}
        strangers = {card.worker for card in roster.cards} - ids.keys()
        strangers -= select_workers(self._connection, strangers).keys()
        for card in roster.cards:
            if card.worker in strangers:
                raise RosterError(f"工卡 {card.number} 的工号 {card.worker} 不在名单中")
            if (other := holders.setdefault(card_hashes[card], card.worker)) != card.worker:
                raise RosterError(f"工卡 {card.number} 同时登记给了工号 {other} 和 {card.worker}")

    def _put(self, workers: Collection[Worker]) -> tuple[WorkerChanged, ...]:
        """Write those of these workers that have changed."""
        known = select_workers(self._connection, [worker.id for worker in workers])
        changed = [worker for worker in workers if worker != known.get(worker.id)]
        put_workers(self._connection, changed)
        return tuple(
            WorkerChanged(worker.id, worker_digest(self._secret, worker)) for worker in changed
        )

    def _assign(
        self, cards: Mapping[str, str], workers: Collection[str]
    ) -> tuple[CardAssigned, ...]:
        """Assign these cards to these workers, and take away any others they hold."""
        withdrawn = [card for card in select_cards(self._connection, workers) if card not in cards]
        delete_cards(self._connection, withdrawn)
        holders = select_holders(self._connection, cards)
        assigned = [(card, worker) for card, worker in cards.items() if holders.get(card) != worker]
        put_cards(self._connection, assigned)
        return (
            *(CardAssigned(card, "") for card in withdrawn),
            *(CardAssigned(card, worker) for card, worker in assigned),
        )

    def _withdraw_all(self, worker_id: str, by: str) -> tuple[CardAssigned, ...]:
        cards = select_cards(self._connection, [worker_id])
        delete_cards(self._connection, cards)
        return tuple(CardAssigned(card, "", by) for card in cards)


def worker_digest(secret: bytes, worker: Worker) -> str:
    """Return the digest of all that is known of a worker: keyed BLAKE2b (RFC 7693), 32 bytes as
    hex.

    Without the secret nobody can try names until one fits. The layout is named here field by field
    because recorded digests must come out the same for ever: a field that is added later goes to
    the end, and only where it is not empty.
    """
    held = [(held.kind, held.expires_on, held.number) for held in worker.certificates]
    known = (worker.id, worker.name, worker.crew, worker.role, worker.posts, held, worker.blocked)
    ending = (
        ()
        if worker.standing is Standing.STAFF and not worker.ends_on
        else (worker.standing, worker.ends_on)
    )
    data = msgspec.json.encode((*known, *ending))
    return hashlib.blake2b(data, key=secret, digest_size=32, person=b"banqian-worker").hexdigest()
