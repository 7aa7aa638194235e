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


class Kept(msgspec.Struct, frozen=True):
    """What is kept of the last import: the people as they were (JSON), the digest of what it made
    of them, and the number of the entry that says it happened.
    """

    people: str
    after: str
    recorded: int

    def digest(self, secret: bytes) -> str:
        """Return the digest that the entry carries: keyed BLAKE2b, for it is about people."""
        data = msgspec.json.encode((self.people, self.after))
        hashed = hashlib.blake2b(data, key=secret, digest_size=32, person=b"banqian-before")
        return hashed.hexdigest()


_LAST_IMPORT = """SELECT seq, coalesce(json_extract(body, '$.before'), ''),
    coalesce(json_extract(body, '$.undone'), 0) OR EXISTS (SELECT 1 FROM entry AS later
        WHERE later.seq > entry.seq AND later.kind = 'worker.erased')
    FROM entry WHERE kind = 'roster.imported' ORDER BY seq DESC LIMIT 1"""


class Imported(msgspec.Struct, frozen=True):
    """What the entries say of the last import: its number, the digest of what was kept then (empty
    in old entries), and whether it was a taking back or somebody was erased since.
    """

    seq: int
    before: str
    is_past: bool = False

    def left(self, kept: Kept, secret: bytes) -> bool:
        """Return whether what is kept is what this import left, as far as it says."""
        if self.is_past or not self.before:
            return not self.is_past
        return kept.recorded == self.seq and kept.digest(secret) == self.before


def kept(connection: sqlite3.Connection) -> Kept | None:
    """Return what is kept; None when nothing is."""
    row = connection.execute("SELECT people, after, recorded FROM roster_before").fetchone()
    return row and Kept(*row)


def imported(connection: sqlite3.Connection) -> Imported | None:
    """Return the last import by the entries; None when there was none."""
    row = connection.execute(_LAST_IMPORT).fetchone()
    return row and Imported(row[0], row[1], is_past=bool(row[2]))


def recall(connection: sqlite3.Connection, secret: bytes) -> list[Held]:
    """Return the people as they were before the last import.

    Raise RosterError when nothing is kept, or not what that import left.
    """
    found = kept(connection)
    if found is None:
        raise RosterError("没有可以撤销的导入")
    last = imported(connection)
    if last is None or not last.left(found, secret):
        raise RosterError(
            "导入前的名单被人改动过，不能撤销导入；请运行 kiosk verify，下载现有名单，改好再上传"
        )
    return msgspec.json.decode(found.people, type=list[Held])


def after(connection: sqlite3.Connection) -> str:
    """Return the digest of what the import made of them; empty when nothing is kept."""
    found = kept(connection)
    return found.after if found else ""


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
