"""Failed attempts to sign in, and how long they make others wait."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ui.review.access.backoff import LENIENT, STRICT, Patience
from ui.review.access.database import Database

TABLE = {"subject": str, "failures": int, "at_s": float}


def subjects(name: str, address: str) -> Mapping[str, Patience]:
    """Return what a try is counted by: the name from this address, the address, and the name from
    anywhere.
    """
    return {f"pair:{address}|{name}": STRICT, f"address:{address}": STRICT, f"name:{name}": LENIENT}


def left_s(db: Database, counted: Mapping[str, Patience], now_s: float) -> float:
    """Return how long to wait before the next try, in seconds.

    A try that a clock set back since has left in the future is moved to now, so that its wait ends.
    """
    db.execute("update attempts set at_s = ? where at_s > ?", [now_s, now_s])
    return max(_left_s(db, subject, patience, now_s) for subject, patience in counted.items())


def count(db: Database, counted: Mapping[str, Patience], now_s: float) -> None:
    """Count a wrong password, and forget what is too old to count."""
    oldest_s = now_s - max(patience.forgotten_after_s for patience in counted.values())
    db.execute("delete from attempts where at_s < ?", [oldest_s])
    for subject in counted:
        db.execute(
            "insert into attempts (subject, failures, at_s) values (?, 1, ?) "
            "on conflict (subject) do update set failures = failures + 1, at_s = excluded.at_s",
            [subject, now_s],
        )


def forget(db: Database, counted: Iterable[str]) -> None:
    """Start counting over."""
    for subject in counted:
        db.execute("delete from attempts where subject = ?", [subject])


def _left_s(db: Database, subject: str, patience: Patience, now_s: float) -> float:
    rows = db.query("select failures, at_s from attempts where subject = ?", [subject])
    return max((patience.left_s(row["failures"], now_s - row["at_s"]) for row in rows), default=0.0)
