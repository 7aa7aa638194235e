"""Bringing `journal.db` up to date, by the writer, under its lock, before anybody reads.

A step is never changed once released. A version that changes the projections (or adds a kind of
fact) adds a step that rebuilds them, so that an older version, which could not read them, refuses
the data folder instead.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping

from kiosk.journal import tables
from kiosk.journal.errors import MissingJournalError, NewerDataError
from kiosk.journal.projections import rebuild
from kiosk.records.people.tables import mark_leavers

_SET = "journal"


def _create(statements: Iterable[str]) -> Callable[[sqlite3.Connection], None]:
    def step(connection: sqlite3.Connection) -> None:
        for statement in statements:
            connection.execute(statement)

    return step


_STEPS: Mapping[str, Callable[[sqlite3.Connection], None]] = {
    "entries": _create(tables.ENTRIES),
    "people": _create(tables.PEOPLE),
    "projections_1": rebuild,
    "standing": _create(tables.STANDING),
    "roster_before": _create(tables.UNDO),
    # Several steps rebuild; each names a version that an older program must not read.
    "measures": rebuild,
    "paper": rebuild,
    "permits_levels_policy": rebuild,
    "packs_published": rebuild,
    "speech": rebuild,
    "crews": rebuild,
    "proposals": rebuild,
    "packs_withdrawn": rebuild,
    "proposals_cause": rebuild,
    "roster_before_recorded": _create(tables.UNDO_RECORDED),
    "papers_corrected": rebuild,
    "left_standing": mark_leavers,
}


def data_format() -> str:
    """Return the format of the data that this version writes: how many steps, and the last."""
    return f"{len(_STEPS)}（{list(_STEPS)[-1]}）"


def migrate(connection: sqlite3.Connection) -> None:
    """Apply the steps that are missing, each in a transaction of its own.

    Raise NewerDataError and sqlite3.Error.
    """
    done = _applied(connection)
    _refuse_newer(done)
    if done == set(_STEPS):
        return
    # Only now: importing sqlite-utils costs more than everything else the station does when it
    # starts.
    from sqlite_utils import Database, Migrations

    migrations = Migrations(_SET)
    for name, step in _due(done).items():
        migrations(name=name)(_on_connection(step))
    migrations.apply(Database(connection, execute_plugins=False))


def _due(done: set[str]) -> dict[str, Callable[[sqlite3.Connection], None]]:
    """Return the steps that are missing. Of those that rebuild the last one does it for all: who
    has skipped many versions, or begins, would do the same work over and over.
    """
    due = {name: step for name, step in _STEPS.items() if name not in done}
    rebuilding = [name for name, step in due.items() if step is rebuild]
    return due | dict.fromkeys(rebuilding[:-1], _leave)


def _leave(_connection: sqlite3.Connection) -> None:
    """Change nothing."""


def require_current(connection: sqlite3.Connection) -> None:
    """Refuse to read what a newer version wrote (NewerDataError), or an older one
    (MissingJournalError).
    """
    done = _applied(connection)
    _refuse_newer(done)
    if done != set(_STEPS):
        raise MissingJournalError(
            "the journal is not ready for this version: start the station once, it does that"
        )


def _refuse_newer(done: set[str]) -> None:
    if unknown := sorted(done - set(_STEPS), key=str):
        raise NewerDataError(
            "the data folder was written by a newer version "
            f"(it knows {', '.join(map(str, unknown))}): install that version"
        )


def _applied(connection: sqlite3.Connection) -> set[str]:
    if not connection.execute(
        "SELECT 1 FROM sqlite_schema WHERE name = '_sqlite_migrations'"
    ).fetchone():
        return set()
    # The ledger of sqlite-utils, read by hand: importing the library takes long, and mostly nothing
    # is due.
    query = "SELECT name FROM _sqlite_migrations WHERE migration_set = ?"
    return {name for (name,) in connection.execute(query, (_SET,))}


def _on_connection(step: Callable[[sqlite3.Connection], None]) -> Callable[..., None]:
    def migration(db: object) -> None:
        step(db.conn)  # type: ignore[attr-defined]

    return migration
