"""Personal data: the one part of the database that can be corrected and erased. Entries know a worker by id, a card by hash."""

from __future__ import annotations

import hashlib
import sqlite3
import threading
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

import msgspec

from kiosk.journal import undoing
from kiosk.journal.errors import RosterError
from kiosk.model.facts import CardAssigned, WorkerChanged
from kiosk.model.people import CardNumber, Certificate, Role, Roster, Standing, Worker

RosterFact = WorkerChanged | CardAssigned


class People:
    """Who is known, on the writer's connection. What changes them goes through `Journal`, which records that it happened."""

    def __init__(self, connection: sqlite3.Connection, lock: threading.RLock, secret: bytes) -> None:
        self._connection = connection
        self._lock = lock
        self._secret = secret

    def by_card(self, hashes: Iterable[str]) -> Worker | None:
        """Give the holder of the first of these cards that belongs to anybody."""
        with self._lock:
            for card in hashes:
                if worker_id := self._holder(card):
                    return self.get(worker_id)
        return None

    def get(self, worker_id: str) -> Worker | None:
        """Give a worker by id (工号); one who was erased has no name."""
        with self._lock:
            return select_workers(self._connection, worker_id).get(worker_id)

    def all(self) -> list[Worker]:
        """Give everybody, in the order of their ids."""
        with self._lock:
            return list(select_workers(self._connection).values())

    def of_crew(self, crew: str) -> list[Worker]:
        """Give everybody who belongs to a crew, by id."""
        return [worker for worker in self.all() if worker.crew == crew]

    def change(self, roster: Roster, card_hashes: Mapping[CardNumber, str]) -> tuple[RosterFact, ...]:
        """Add or replace workers and cards, within the caller's transaction, and give the facts to be recorded.

        Where the roster names cards of a worker, those are all the cards he or she has from now on; where it names none, the cards
        stay. What is already so gives no fact. Raises RosterError.
        """
        with self._lock:
            self._refuse_faults(roster, card_hashes)
            changed = [worker for worker in roster.workers if worker != self.get(worker.id)]
            for worker in changed:
                self._put(worker)
            cards = {card_hashes[card]: card.worker for card in roster.cards}
            assigned = self._assign(cards, sorted(set(cards.values())))
            return (*map(self._changed, changed), *assigned)

    def take_over(self, roster: Roster, card_hashes: Mapping[CardNumber, str]) -> tuple[RosterFact, ...]:
        """Do what `change` does, and keep what was there before, so that it can be put back. Raises RosterError."""
        with self._lock:
            self.refuse_taken_cards(roster, card_hashes)
            ids = sorted({item.id for item in roster.workers} | {card.worker for card in roster.cards})
            before = self._held(ids)
            facts = self.change(roster, card_hashes)
            undoing.remember(self._connection, before, self._held(ids))
            return facts

    def put_back(self) -> tuple[RosterFact, ...]:
        """Put back what the last `take_over` changed; who was new then is nobody again. Raises RosterError."""
        with self._lock:
            before = undoing.recall(self._connection)
            if undoing.digest(self._held([held.worker.id for held in before])) != undoing.after(
                self._connection
            ):
                raise RosterError("导入以后，名单里有人又被改过，不能整批撤销；请下载现有名单，改好再上传")
            changed = [held.worker for held in before if held.worker != self.get(held.worker.id)]
            for worker in changed:
                self._put(worker)
            facts = tuple(map(self._changed, changed))
            cards = {card: held.worker.id for held in before for card in held.cards}
            assigned = tuple(self._assign(cards, [held.worker.id for held in before]))
            undoing.forget(self._connection)
            return (*facts, *assigned)

    def can_put_back(self) -> bool:
        """Tell whether there is an import to take back."""
        with self._lock:
            return undoing.after(self._connection) != ""

    def add_card(self, worker_id: str, card: str, by: str) -> tuple[RosterFact, ...]:
        """Give a worker one more card, within the caller's transaction. Raises RosterError for somebody else's."""
        with self._lock:
            if (holder := self._holder(card)) and holder != worker_id:
                raise RosterError(f"这张卡已登记给工号 {holder}")
            self._connection.execute("INSERT OR REPLACE INTO card VALUES (?, ?)", (card, worker_id))
            return () if holder else (CardAssigned(card, worker_id, by),)

    def withdraw_cards(self, worker_id: str, by: str) -> tuple[RosterFact, ...]:
        """Take all cards from a worker, within the caller's transaction."""
        with self._lock:
            cards = self._cards_of(worker_id)
            self._connection.execute("DELETE FROM card WHERE worker = ?", (worker_id,))
            return tuple(CardAssigned(card, "", by) for card in cards)

    def refuse_taken_cards(self, roster: Roster, card_hashes: Mapping[CardNumber, str]) -> None:
        """Refuse cards that belong to somebody the roster does not give other cards to. Raises RosterError."""
        with self._lock:
            moved = {card.worker for card in roster.cards}
            for card in roster.cards:
                holder = self._holder(card_hashes[card])
                if holder and holder != card.worker and holder not in moved:
                    raise RosterError(
                        f"工号 {card.worker} 的卡号 {card.number} 已登记给工号 {holder}；请先给 {holder} 挂失，或改正卡号"
                    )

    def _held(self, ids: Iterable[str]) -> list[undoing.Held]:
        return [
            undoing.Held(self.get(worker_id) or Worker(worker_id, name=""), tuple(self._cards_of(worker_id)))
            for worker_id in ids
        ]

    def erase(self, worker_id: str) -> tuple[RosterFact, ...]:
        """Forget everything of a worker but the id, within the caller's transaction, and give the facts to be recorded."""
        with self._lock:
            if self.get(worker_id) is None:
                return ()
            withdrawn = self._cards_of(worker_id)
            erased = Worker(worker_id, name="")
            self._put(erased)
            self._connection.execute("DELETE FROM card WHERE worker = ?", (worker_id,))
            undoing.forget(self._connection)
            return (self._changed(erased), *(CardAssigned(card, "") for card in withdrawn))

    def _changed(self, worker: Worker) -> WorkerChanged:
        return WorkerChanged(worker.id, worker_digest(self._secret, worker))

    def _refuse_faults(self, roster: Roster, card_hashes: Mapping[CardNumber, str]) -> None:
        ids = Counter(worker.id for worker in roster.workers)
        for worker_id in (worker_id for worker_id, times in ids.items() if times > 1):
            raise RosterError(f"名单中工号 {worker_id} 出现了不止一次")
        holders: dict[str, str] = {}
        for card in roster.cards:
            if card.worker not in ids and self.get(card.worker) is None:
                raise RosterError(f"工卡 {card.number} 的工号 {card.worker} 不在名单中")
            if (other := holders.setdefault(card_hashes[card], card.worker)) != card.worker:
                raise RosterError(f"工卡 {card.number} 同时登记给了工号 {other} 和 {card.worker}")

    def _put(self, worker: Worker) -> None:
        execute = self._connection.execute
        execute("DELETE FROM worker_post WHERE worker = ?", (worker.id,))
        execute("DELETE FROM certificate WHERE worker = ?", (worker.id,))
        execute(
            """INSERT INTO worker (id, name, crew, role, blocked, standing, ends_on) VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET name = excluded.name, crew = excluded.crew, role = excluded.role,
            blocked = excluded.blocked, standing = excluded.standing, ends_on = excluded.ends_on""",
            (
                worker.id,
                worker.name,
                worker.crew,
                worker.role,
                worker.blocked,
                worker.standing,
                _iso(worker.ends_on),
            ),
        )
        for position, post in enumerate(worker.posts):
            execute("INSERT INTO worker_post VALUES (?, ?, ?)", (worker.id, position, post))
        for position, held in enumerate(worker.certificates):
            row = (worker.id, position, held.kind, held.expires_on.isoformat(), held.number)
            execute("INSERT INTO certificate VALUES (?, ?, ?, ?, ?)", row)

    def _assign(self, cards: Mapping[str, str], workers: Iterable[str]) -> Iterable[CardAssigned]:
        """Let these be all the cards of these workers."""
        held = [card for worker_id in workers for card in self._cards_of(worker_id)]
        withdrawn = [CardAssigned(card, "") for card in held if card not in cards]
        assigned = [
            CardAssigned(card, worker_id)
            for card, worker_id in cards.items()
            if self._holder(card) != worker_id
        ]
        for fact in withdrawn:
            self._connection.execute("DELETE FROM card WHERE hash = ?", (fact.card,))
        for fact in assigned:
            self._connection.execute("INSERT OR REPLACE INTO card VALUES (?, ?)", (fact.card, fact.worker))
        return (*withdrawn, *assigned)

    def _holder(self, card: str) -> str:
        row = self._connection.execute("SELECT worker FROM card WHERE hash = ?", (card,)).fetchone()
        return row[0] if row else ""

    def _cards_of(self, worker_id: str) -> list[str]:
        query = "SELECT hash FROM card WHERE worker = ? ORDER BY hash"
        return [card for (card,) in self._connection.execute(query, (worker_id,))]


def worker_digest(secret: bytes, worker: Worker) -> str:
    """Give the digest of all that is known of a worker: keyed BLAKE2b (RFC 7693), 32 bytes as hex.

    Without the secret nobody can try names until one fits. The layout is named here field by field because recorded digests must
    come out the same for ever: a field that is added later goes to the end, and only where it is not empty.
    """
    held = [(held.kind, held.expires_on, held.number) for held in worker.certificates]
    known = (worker.id, worker.name, worker.crew, worker.role, worker.posts, held, worker.blocked)
    ending = (
        () if worker.standing is Standing.STAFF and not worker.ends_on else (worker.standing, worker.ends_on)
    )
    data = msgspec.json.encode((*known, *ending))
    return hashlib.blake2b(data, key=secret, digest_size=32, person=b"banqian-worker").hexdigest()


def select_workers(connection: sqlite3.Connection, worker_id: str | None = None) -> dict[str, Worker]:
    """Give everybody by id, or only one."""
    one = "" if worker_id is None else "WHERE {} = ?"
    chosen = () if worker_id is None else (worker_id,)

    def rows(columns: str, table: str, key: str, order: str) -> Iterable[tuple[str, ...]]:
        return connection.execute(f"SELECT {columns} FROM {table} {one.format(key)} ORDER BY {order}", chosen)

    posts = defaultdict(list)
    for owner, post in rows("worker, post", "worker_post", "worker", "worker, position"):
        posts[owner].append(post)
    held = defaultdict(list)
    for owner, kind, until, number in rows(
        "worker, kind, expires_on, number", "certificate", "worker", "worker, position"
    ):
        held[owner].append(Certificate(kind, date.fromisoformat(until), number))
    columns = "id, name, crew, role, blocked, standing, ends_on"
    return {
        key: Worker(
            *(key, name, crew, Role(role), tuple(posts[key]), tuple(held[key]), blocked, Standing(standing)),
            ends_on=date.fromisoformat(ends_on) if ends_on else None,
        )
        for key, name, crew, role, blocked, standing, ends_on in rows(columns, "worker", "id", "id")
    }


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
