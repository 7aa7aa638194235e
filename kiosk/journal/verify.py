"""Proving that nothing was changed: the chain, the photos it names, and the tables made from it.

Reads only, so the station may go on working. The chain is walked page by page without holding on to any state of the database; only
comparing the tables does that, at the end. Memory does not grow with the journal: the rebuilt tables go to a temporary
file of SQLite's when they no longer fit its cache.

What it cannot find: that the newest entries were cut off together with their rows. Only who has seen a later head (the county, a
signed head) can tell.
"""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import sqlite3
from collections.abc import Callable
from pathlib import Path

import msgspec

from kiosk.journal import projections
from kiosk.journal.database import Row, connect_reader, last_entry, select_entries, transaction
from kiosk.journal.entries import Entry, check_link, genesis
from kiosk.journal.errors import BrokenChainError
from kiosk.journal.log import Head
from kiosk.journal.migrations import require_current
from kiosk.journal.photos import PHOTOS, Photos
from kiosk.journal.storage import primary_code, storage_errors
from kiosk.journal.tables import PROJECTIONS
from kiosk.model.facts import AnyFact, kind_of

Progress = Callable[[str, int, int], None]
"""Hears what is being checked ("entries", "photos"), how many are done, and of how many."""
_PAGE = 500


class Bad(msgspec.Struct, frozen=True):
    """The first thing wrong: the number of the entry it belongs to (0: the database as a whole), and why."""

    seq: int
    why: str


class Report(msgspec.Struct, frozen=True):
    """What was found right before anything was found wrong: entries, photos (each named file), and the last good head."""

    entries: int
    photos: int
    head: Head
    bad: Bad | None


def _unheard(_what: str, _done: int, _total: int) -> None:
    """Nobody wants to hear of progress."""


def verify(folder: Path, station: str, progress: Progress = _unheard) -> Report:
    """Check a data folder against itself; what is appended meanwhile is checked too, but for its photos.

    Raises MissingJournalError and NewerDataError when there is nothing to check, StorageError without room for the rebuilt tables.
    """
    with contextlib.closing(sqlite3.connect("", isolation_level=None)) as rebuilt:
        run = _Verification(rebuilt, Photos(folder / PHOTOS), Head(0, genesis(station)), progress)
        bad = run.find(folder)
        return Report(run.head.seq, run.photos, run.head, bad)


class _Verification:
    """One run: the tables rebuilt so far, and how far it has come."""

    def __init__(self, rebuilt: sqlite3.Connection, photos: Photos, head: Head, progress: Progress) -> None:
        self._rebuilt = rebuilt
        self._photos = photos
        self._progress = progress
        self.head = head
        self.photos = 0

    def find(self, folder: Path) -> Bad | None:
        """Look at everything; give the first thing wrong."""
        try:
            with contextlib.closing(connect_reader(folder)) as journal:
                require_current(journal)
                self._look(journal)
        except BrokenChainError as error:
            return Bad(error.seq, error.why)
        except (sqlite3.Error, UnicodeDecodeError) as error:
            # UnicodeDecodeError: SQLite quotes damaged bytes in its message.
            return Bad(0, f"the database cannot be read after entry {self.head.seq}: {error}")
        return None

    def _look(self, journal: sqlite3.Connection) -> None:
        self._rebuilt.execute("PRAGMA synchronous = OFF")
        self._rebuilt.execute("BEGIN")
        projections.create(self._rebuilt)
        self._walk(journal)
        self._look_at_photos()
        with transaction(journal, begin="BEGIN"):
            self._walk(journal)  # what was appended meanwhile
            self._compare(journal)
            _check_pages(journal)

    def _walk(self, journal: sqlite3.Connection) -> None:
        last = last_entry(journal)
        total = last.seq if last else 0
        while self.head.seq < total:
            before = self.head.seq
            for entry in self._page(journal):
                self._take(entry)
            if self.head.seq == before:
                raise BrokenChainError(before + 1, "is missing")
            self._progress("entries", self.head.seq, total)

    def _page(self, journal: sqlite3.Connection) -> list[Entry]:
        entries = []
        try:
            for entry in select_entries(journal, self.head.seq, _PAGE):
                entries.append(entry)
        except (BrokenChainError, sqlite3.Error) as error:
            # The entries before the unreadable one come first: one of them may be bad as well.
            for entry in entries:
                self._take(entry)
            if isinstance(error, BrokenChainError) or primary_code(error):
                raise
            raise BrokenChainError(self.head.seq + 1, "is not text") from error
        return entries

    def _take(self, entry: Entry) -> None:
        check_link(entry, self.head.seq + 1, self.head.hash)
        fact = _fact(entry)
        try:
            with storage_errors():  # no room for the rebuilt tables is not the journal's fault
                projections.project(self._rebuilt, entry, fact)
        except sqlite3.IntegrityError as error:
            raise BrokenChainError(entry.seq, f"contradicts the entries before it: {error}") from error
        self.head = Head(entry.seq, entry.hash)

    def _look_at_photos(self) -> None:
        total: int = self._rebuilt.execute("SELECT count(*) FROM photo").fetchone()[0]
        named = self._rebuilt.execute("SELECT seq, photo, thumbnail FROM photo ORDER BY seq")
        for done, (seq, photo, thumbnail) in enumerate(named, start=1):
            for digest in filter(None, (photo, thumbnail)):
                self._look_at_photo(seq, digest)
            self._progress("photos", done, total)

    def _look_at_photo(self, seq: int, digest: str) -> None:
        path = self._photos.path(digest)
        if path is None:
            raise BrokenChainError(seq, f"names photo {digest}, which is missing")
        try:
            found = _file_digest(path)
        except OSError as error:
            raise BrokenChainError(seq, f"names photo {digest}, which cannot be read: {error}") from error
        if found != digest:
            raise BrokenChainError(seq, f"names photo {digest}, whose file was changed")
        self.photos += 1

    def _compare(self, journal: sqlite3.Connection) -> None:
        for table, (_, key) in PROJECTIONS.items():
            query = f"SELECT * FROM {table} ORDER BY {key}"
            stored, right = journal.execute(query), self._rebuilt.execute(query)
            for stored_row, right_row in itertools.zip_longest(stored, right):
                if _typed(stored_row) != _typed(right_row):
                    seq = _seq(right, right_row) if right_row else _seq(stored, stored_row)
                    raise BrokenChainError(seq, f"is not what table {table} says of it")


def _fact(entry: Entry) -> AnyFact:
    try:
        fact = entry.fact
    except msgspec.ValidationError as error:
        why = f"is a fact that this version of the product does not know ({entry.kind}): {error}"
        raise BrokenChainError(entry.seq, why) from error
    if kind_of(fact) != entry.kind:
        raise BrokenChainError(entry.seq, f"is called {entry.kind} but holds {kind_of(fact)}")
    return fact


def _check_pages(journal: sqlite3.Connection) -> None:
    (answer,) = journal.execute("PRAGMA integrity_check(1)").fetchone()
    if answer != "ok":
        raise BrokenChainError(0, f"the database file is damaged: {answer}")


def _file_digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _typed(row: Row | None) -> list[tuple[type, object]]:
    return [(type(value), value) for value in row or ()]


def _seq(cursor: sqlite3.Cursor, row: Row) -> int:
    """Give the entry that a projection's row was made from."""
    names = [column[0] for column in cursor.description]
    seq: int = row[next(i for i, name in enumerate(names) if name in ("seq", "seq_opened"))]
    return seq
