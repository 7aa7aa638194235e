"""The tables of people and cards: what is read and written there, many at once."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, date, datetime, timedelta

import msgspec

from kiosk.journal.errors import RosterError
from kiosk.model.people import Certificate, Role, Standing, Worker

_PUT_WORKER = """INSERT INTO worker (id, name, crew, role, blocked, standing, ends_on)
    VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, crew = excluded.crew, role = excluded.role,
    blocked = excluded.blocked, standing = excluded.standing, ends_on = excluded.ends_on"""


def select_workers(
    connection: sqlite3.Connection, ids: Collection[str] | None = None
) -> dict[str, Worker]:
    """Return everybody by id, or only those named that are known."""
    where = "" if ids is None else "WHERE {} IN (SELECT value FROM json_each(?))"
    chosen = () if ids is None else (_listed(ids),)

    def rows(columns: str, table: str, key: str, order: str) -> Iterable[tuple[str, ...]]:
        query = f"SELECT {columns} FROM {table} {where.format(key)} ORDER BY {order}"
        return connection.execute(query, chosen)

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
            *(
                key,
                name,
                crew,
                Role(role),
                tuple(posts[key]),
                tuple(held[key]),
                blocked,
                Standing(standing),
            ),
            ends_on=date.fromisoformat(ends_on) if ends_on else None,
        )
        for key, name, crew, role, blocked, standing, ends_on in rows(columns, "worker", "id", "id")
    }


def put_workers(connection: sqlite3.Connection, workers: Collection[Worker]) -> None:
    """Write these workers, with their posts and certificates, over what was known of them."""
    ids = (_listed([worker.id for worker in workers]),)
    for table in ("worker_post", "certificate"):
        connection.execute(
            f"DELETE FROM {table} WHERE worker IN (SELECT value FROM json_each(?))", ids
        )
    connection.executemany(
        _PUT_WORKER,
        (
            (
                of.id,
                of.name,
                of.crew,
                of.role,
                of.blocked,
                of.standing,
                of.ends_on.isoformat() if of.ends_on else "",
            )
            for of in workers
        ),
    )
    connection.executemany(
        "INSERT INTO worker_post VALUES (?, ?, ?)",
        ((of.id, position, post) for of in workers for position, post in enumerate(of.posts)),
    )
    connection.executemany(
        "INSERT INTO certificate VALUES (?, ?, ?, ?, ?)",
        (
            (of.id, position, held.kind, held.expires_on.isoformat(), held.number)
            for of in workers
            for position, held in enumerate(of.certificates)
        ),
    )


def select_cards(connection: sqlite3.Connection, workers: Collection[str]) -> dict[str, str]:
    """Return the holder of every card (by hash) that these workers hold."""
    query = (
        "SELECT hash, worker FROM card WHERE worker IN (SELECT value FROM json_each(?)) "
        "ORDER BY hash"
    )
    return dict(connection.execute(query, (_listed(workers),)))


def select_holders(connection: sqlite3.Connection, cards: Collection[str]) -> dict[str, str]:
    """Return the holder of each of these cards (by hash) that belongs to anybody."""
    query = "SELECT hash, worker FROM card WHERE hash IN (SELECT value FROM json_each(?))"
    return dict(connection.execute(query, (_listed(cards),)))


def put_cards(connection: sqlite3.Connection, cards: Iterable[tuple[str, str]]) -> None:
    """Assign cards (by hash) to workers, including cards that somebody else held."""
    connection.executemany("INSERT OR REPLACE INTO card VALUES (?, ?)", cards)


def delete_cards(connection: sqlite3.Connection, cards: Iterable[str]) -> None:
    """Delete these cards (by hash): nobody holds them any more."""
    connection.executemany("DELETE FROM card WHERE hash = ?", ((card,) for card in cards))


def _listed(values: Collection[str]) -> str:
    return json.dumps(list(values))


KEPT = timedelta(days=7)


class Held(msgspec.Struct, frozen=True):
    """A worker with the hashes of all cards; one who was not known has no name."""

    worker: Worker
    cards: tuple[str, ...]


def remember(connection: sqlite3.Connection, before: Sequence[Held], now: Sequence[Held]) -> None:
    """Keep what was there before, replacing what was kept until now."""
    people = msgspec.json.encode(before).decode()
    statement = (
        "INSERT OR REPLACE INTO roster_before SELECT 1, ?, ?, coalesce(max(seq), 0) + 1 FROM entry"
    )
    connection.execute(statement, (people, digest(now)))


def recall(connection: sqlite3.Connection) -> list[Held]:
    """Return what was kept. Raise RosterError when there is nothing."""
    row = connection.execute("SELECT people FROM roster_before").fetchone()
    if row is None:
        raise RosterError("没有可以撤销的导入")
    return msgspec.json.decode(row[0], type=list[Held])


def after(connection: sqlite3.Connection) -> str:
    """Return the digest of what the import made of them; empty when nothing is kept."""
    row = connection.execute("SELECT after FROM roster_before").fetchone()
    return row[0] if row else ""


def digest(held: Sequence[Held]) -> str:
    """Return a digest that distinguishes one state of these people from another."""
    return hashlib.sha256(msgspec.json.encode(held)).hexdigest()


def until(connection: sqlite3.Connection) -> datetime | None:
    """Return the moment until which it can be put back, counted from the entry that says it
    happened; None when nothing is kept.
    """
    query = (
        "SELECT entry.at FROM roster_before LEFT JOIN entry ON entry.seq = roster_before.recorded"
    )
    row = connection.execute(query).fetchone()
    if row is None:
        return None
    return datetime.fromisoformat(row[0]) + KEPT if row[0] else datetime.min.replace(tzinfo=UTC)


def forget(connection: sqlite3.Connection) -> None:
    """Keep nothing."""
    connection.execute("DELETE FROM roster_before")


OLD_REASON = "已离职"
"""Why somebody who left was blocked, before that was a standing."""
STANDINGS_BEFORE = (Standing.STAFF, Standing.CONTRACTOR, Standing.VISITOR)

_GONE = """UPDATE worker SET standing = ?, blocked = '' WHERE blocked = ? AND id IN (
    SELECT dismissed.worker FROM
        (SELECT json_extract(body, '$.worker') AS worker, max(seq) AS seq FROM entry
        WHERE kind = 'worker.dismissed' GROUP BY 1) dismissed
        LEFT JOIN
        (SELECT json_extract(body, '$.worker') AS worker, max(seq) AS seq FROM entry
        WHERE kind = 'worker.changed' GROUP BY 1) changed
        USING (worker)
    WHERE coalesce(changed.seq, 0) <= dismissed.seq + 1)"""
"""A dismissal is followed at once by the change it made; somebody changed later came back, and the
reason was typed.
"""


def mark_leavers(connection: sqlite3.Connection) -> None:
    """Set the standing `left` for everybody whose dismissal is on record and who has not come back
    since.
    """
    changed = connection.execute(_GONE, (Standing.LEFT, OLD_REASON)).rowcount
    if changed:
        forget(connection)  # what was kept of the last import holds the old reason
