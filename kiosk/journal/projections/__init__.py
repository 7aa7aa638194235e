"""Tables for pages, made from entries and from nothing else: they can be thrown away and rebuilt at
any time.

What an entry does to the tables is a pure function of it, `writes`: a few statements with their
values. Each module here has the tables of one subject, and one function a kind of fact that touches
them; a kind without one leaves them as they are.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator

from kiosk.journal.database import select_entries
from kiosk.journal.entries import Entry
from kiosk.journal.projections import checks, content, crews, door, papers, proposals
from kiosk.journal.tables import PROJECTION_INDEXES, PROJECTIONS
from kiosk.journal.writes import Write
from kiosk.records import facts as f

_PAGE = 1000
_SUBJECTS = (door, checks, crews, papers, proposals, content)


def writes(fact: f.Fact, entry: Entry) -> Iterator[Write]:
    """Yield the statements that carry an entry and its fact into the tables."""
    for subject in _SUBJECTS:
        yield from subject.writes(fact, entry)


def project(connection: sqlite3.Connection, entry: Entry, fact: f.Fact) -> None:
    """Carry one entry into the tables, within the caller's transaction."""
    for statement, values in writes(fact, entry):
        connection.execute(statement, values)


def create(connection: sqlite3.Connection) -> None:
    """Create the tables, empty, replacing those that are there."""
    for name, (statement, _) in PROJECTIONS.items():
        connection.execute(f"DROP TABLE IF EXISTS {name}")
        connection.execute(statement)
    for statement in PROJECTION_INDEXES:
        connection.execute(statement)


def unheard(_seq: int) -> None:
    """Ignore how far a rebuild has come."""


def rebuild(connection: sqlite3.Connection, done: Callable[[int], None] = unheard) -> None:
    """Rebuild the tables from the entries, within the caller's transaction; `done` is called with
    how far it has come.
    """
    create(connection)
    seq = 0
    while page := list(select_entries(connection, seq, _PAGE)):
        for entry in page:
            project(connection, entry, entry.fact)
        seq = page[-1].seq
        done(seq)
