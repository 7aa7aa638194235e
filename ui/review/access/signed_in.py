"""Who is signed in at present.

A cookie only names a session; what is not in this table is over, even if somebody holds a copy.
"""

from __future__ import annotations

import secrets

import msgspec

from ui.review.access.database import Database

TABLE = {"id": str, "worker": str, "version": int, "since_s": float, "seen_s": float}
_KEPT_S = 86_400.0
"""Longer than any session lasts."""


class Session(msgspec.Struct, frozen=True):
    """A session of an account whose password is still the one that began it.

    Times are seconds since 1970.
    """

    id: str
    worker: str
    since_s: float
    seen_s: float


def begin(db: Database, worker: str, version: int, now_s: float) -> str:
    """Begin a session and return its id, which nobody can guess; what is long over is forgotten."""
    db.execute("delete from sessions where since_s < ?", [now_s - _KEPT_S])
    session_id = secrets.token_urlsafe(24)
    db.execute(
        "insert into sessions (id, worker, version, since_s, seen_s) values (?, ?, ?, ?, ?)",
        [session_id, worker, version, now_s, now_s],
    )
    return session_id


def find(db: Database, session_id: str) -> Session | None:
    """Return a session, unless it was ended, or its account closed or given another password
    since.
    """
    rows = db.query(
        (
            "select id, worker, since_s, seen_s from sessions "
            "join accounts using (worker, version) where id = ?"
        ),
        [session_id],
    )
    return next((Session(**row) for row in rows), None)


def see(db: Database, session_id: str, now_s: float) -> None:
    """Note that somebody opened a page."""
    db.execute("update sessions set seen_s = ? where id = ?", [now_s, session_id])


def end(db: Database, session_id: str) -> None:
    """End a session."""
    db.execute("delete from sessions where id = ?", [session_id])


def end_all(db: Database, worker: str) -> None:
    """End every session of a worker."""
    db.execute("delete from sessions where worker = ?", [worker])
