"""Whether people and cards are as the entries left them: no card in another hand, no role raised,
no certificate made up, and nothing else waiting to be put back.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from msgspec.structs import replace

from kiosk.journal.errors import BrokenChainError
from kiosk.model.people import Worker
from kiosk.records.facts import AnyFact
from kiosk.records.people.card_hash import load_secret
from kiosk.records.people.facts import (
    CardAssigned,
    RosterImported,
    WorkerChanged,
    WorkerErased,
)
from kiosk.records.people.register import worker_digest
from kiosk.records.people.tables import (
    OLD_REASON,
    STANDINGS_BEFORE,
    Imported,
    kept,
    select_workers,
)


class RecordedPeople:
    """What the entries so far say of cards and workers.

    Grows with the people, not with the journal.
    """

    def __init__(self) -> None:
        self.cards: dict[str, tuple[int, str]] = {}
        """By card: the entry that assigned it, and to whom; to nobody is an empty id."""
        self.workers: dict[str, tuple[int, str]] = {}
        """By worker: the entry that last changed them, and the digest it left, empty in an old
        entry.
        """
        self.imported: Imported | None = None

    def take(self, seq: int, fact: AnyFact) -> None:
        """Take note of one entry's fact."""
        match fact:
            case CardAssigned(card=card, worker=worker):
                self.cards[card] = (seq, worker)
            case WorkerChanged(worker=worker, digest=digest):
                self.workers[worker] = (seq, digest)
            case RosterImported(undone=undone, before=before):
                self.imported = Imported(seq, before, is_past=undone)
            case WorkerErased() if self.imported:
                self.imported = replace(self.imported, is_past=True)


def check_cards(journal: sqlite3.Connection, recorded: RecordedPeople) -> None:
    """Check that each card belongs to whom it was assigned last. Raise BrokenChainError."""
    stored = dict(journal.execute("SELECT hash, worker FROM card"))
    for card in sorted(stored.keys() | recorded.cards.keys()):
        seq, worker = recorded.cards.get(card, (0, ""))
        holder = stored.get(card, "")
        if holder != worker:
            whose = (
                f"is not what table card says: card {card} of {holder or 'nobody'}, "
                f"assigned to {worker or 'nobody'}"
            )
            raise BrokenChainError(seq, whose)


def check_workers(journal: sqlite3.Connection, recorded: RecordedPeople, secret: Path) -> None:
    """Check each worker against the digest recorded last; `secret` is the card secret's file, read
    when there is a digest.

    Raise BrokenChainError, and JournalError without the secret.
    """
    stored = _stored_workers(journal)
    if unrecorded := sorted(stored.keys() - recorded.workers.keys()):
        raise BrokenChainError(
            0, f"worker {unrecorded[0]} is in table worker, but no entry recorded it"
        )
    digests = {worker: last for worker, last in recorded.workers.items() if last[1]}
    key = load_secret(secret) if digests else b""
    for worker_id, (seq, digest) in digests.items():
        worker = stored.get(worker_id)
        if worker is None or digest not in _digests(key, worker):
            raise BrokenChainError(
                seq, f"is not what table worker and its like say of worker {worker_id}"
            )


def check_kept(journal: sqlite3.Connection, recorded: RecordedPeople, secret: Path) -> None:
    """Check that what an undone import would put back is what that import found there.

    Raise BrokenChainError, and JournalError without the secret.
    """
    found, last = kept(journal), recorded.imported
    if found is None:
        return
    if last is None or not last.left(found, load_secret(secret)):
        raise BrokenChainError(
            last.seq if last else 0,
            "表 roster_before 里导入前的名单不是那次导入保存的，被人改动过；不要撤销导入",
        )


def _digests(key: bytes, worker: Worker) -> set[str]:
    """Return the digests that hold a worker to what was recorded; more than one only for somebody
    who left.

    Before 已离职 was a standing, it was a reason for being blocked, and was recorded so
    (`tables.mark_leavers`).
    """
    digests = {worker_digest(key, worker)}
    if worker.has_left:
        before = (
            replace(worker, blocked=OLD_REASON, standing=standing) for standing in STANDINGS_BEFORE
        )
        digests |= {worker_digest(key, each) for each in before}
    return digests


def _stored_workers(journal: sqlite3.Connection) -> dict[str, Worker]:
    try:
        return select_workers(journal)
    except ValueError as error:  # an invalid role or date
        raise BrokenChainError(0, f"table worker holds what nobody can be: {error}") from error
