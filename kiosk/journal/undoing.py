"""What the last import of people changed, kept so that it can be put back: one row, personal data like the tables it is about.

It is kept for a while only, and the next import takes its place. The connection's `secure_delete` wipes it off the file.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import msgspec

from kiosk.journal.errors import RosterError
from kiosk.model.people import Worker

KEPT = timedelta(days=7)


class Held(msgspec.Struct, frozen=True):
    """A worker with the hashes of all cards; one who was not known has no name."""

    worker: Worker
    cards: tuple[str, ...]


def remember(connection: sqlite3.Connection, before: Sequence[Held], now: Sequence[Held]) -> None:
    """Keep what was there before, in the place of what was kept until now."""
    people = msgspec.json.encode(before).decode()
    statement = "INSERT OR REPLACE INTO roster_before SELECT 1, ?, ?, coalesce(max(seq), 0) + 1 FROM entry"
    connection.execute(statement, (people, digest(now)))


def recall(connection: sqlite3.Connection) -> list[Held]:
    """Give what was kept. Raises RosterError when there is nothing."""
    row = connection.execute("SELECT people FROM roster_before").fetchone()
    if row is None:
        raise RosterError("没有可以撤销的导入")
    return msgspec.json.decode(row[0], type=list[Held])


def after(connection: sqlite3.Connection) -> str:
    """Give the digest of what the import made of them; empty when nothing is kept."""
    row = connection.execute("SELECT after FROM roster_before").fetchone()
    return row[0] if row else ""


def digest(held: Sequence[Held]) -> str:
    """Tell one state of these people from another."""
    return hashlib.sha256(msgspec.json.encode(held)).hexdigest()


def until(connection: sqlite3.Connection) -> datetime | None:
    """Give the moment until which it can be put back: so long after the entry that says it happened; None when nothing is kept."""
    query = "SELECT entry.at FROM roster_before LEFT JOIN entry ON entry.seq = roster_before.recorded"
    row = connection.execute(query).fetchone()
    if row is None:
        return None
    return datetime.fromisoformat(row[0]) + KEPT if row[0] else datetime.min.replace(tzinfo=UTC)


def forget(connection: sqlite3.Connection) -> None:
    """Keep nothing."""
    connection.execute("DELETE FROM roster_before")
