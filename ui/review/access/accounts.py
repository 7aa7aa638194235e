"""Who has an account: a worker's id and the hash of a password.

`version` moves on with each new password.
"""

from __future__ import annotations

import unicodedata

import msgspec

from ui.review.access.database import Database
from ui.review.access.signed_in import end_all

TABLE = {"worker": str, "hash": str, "version": int}


class Account(msgspec.Struct, frozen=True):
    """What is kept of an account."""

    hash: str
    version: int


def find(db: Database, worker: str) -> Account | None:
    """Return a worker's account."""
    rows = db.query("select hash, version from accounts where worker = ?", [worker])
    return next((Account(**row) for row in rows), None)


def put(db: Database, worker: str, password_hash: str) -> None:
    """Make an account, or set its new password; its sessions end."""
    db.execute(
        "insert into accounts (worker, hash, version) values (?, ?, 1) "
        "on conflict (worker) do update set hash = excluded.hash, version = version + 1",
        [worker, password_hash],
    )
    end_all(db, worker)


def remove(db: Database, worker: str) -> None:
    """Close an account; its sessions end."""
    db.execute("delete from accounts where worker = ?", [worker])
    end_all(db, worker)


def workers(db: Database) -> tuple[str, ...]:
    """Return the ids of all who have an account."""
    return tuple(row["worker"] for row in db.query("select worker from accounts order by worker"))


def tidy(worker: str) -> str:
    """Return a typed worker id as it is kept: without blanks around it, full-width digits made
    narrow.
    """
    return unicodedata.normalize("NFKC", worker).strip()[:40]
