"""One run through a data folder: the chain first, then what hangs on it."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

import msgspec

from kiosk.journal import projections
from kiosk.journal.blobs import PHOTOS, Photos
from kiosk.journal.database import connect_reader, last_entry, select_entries, transaction
from kiosk.journal.entries import Entry, check_link, genesis
from kiosk.journal.errors import BrokenChainError
from kiosk.journal.log import SECRET, Head
from kiosk.journal.migrations import require_current
from kiosk.journal.storage import primary_code, storage_errors
from kiosk.journal.verify.heads import NO_WITNESSES, Witnesses, check_receipt, check_signed_head
from kiosk.journal.verify.people import RecordedPeople, check_cards, check_kept, check_workers
from kiosk.journal.verify.photos import check_photos
from kiosk.journal.verify.report import Bad, Progress, Report, unheard
from kiosk.journal.verify.schema import changes_of_schema
from kiosk.journal.verify.tables import check_pages, check_projections
from kiosk.model.fact import kind_of
from kiosk.records.facts import AnyFact
from kiosk.records.station.facts import HeadSigned

_PAGE = 500


def verify(
    folder: Path, station: str, progress: Progress = unheard, witnesses: Witnesses = NO_WITNESSES
) -> Report:
    """Check a data folder against itself and its witnesses; what is appended meanwhile is checked
    too, but for its photos.

    Raise MissingJournalError and NewerDataError when there is nothing to check, StorageError
    without room for the rebuilt tables, JournalError without the card secret, and what a witness
    raises who cannot be asked.
    """
    with contextlib.closing(sqlite3.connect("", isolation_level=None)) as rebuilt:
        run = _Verification(
            rebuilt, Photos(folder / PHOTOS), Head(0, genesis(station)), progress, witnesses
        )
        bad = run.find(folder)
        return Report(run.head.seq, run.photos, run.head, bad, run.signed, run.confirmed)


class _Verification:
    """One run: the tables rebuilt so far, and how far it has come."""

    def __init__(
        self,
        rebuilt: sqlite3.Connection,
        photos: Photos,
        head: Head,
        progress: Progress,
        witnesses: Witnesses,
    ) -> None:
        self._rebuilt = rebuilt
        self._photos = photos
        self._progress = progress
        self._witnesses = witnesses
        self._people = RecordedPeople()
        self.head = head
        self.photos = 0
        self.signed = 0
        self.confirmed = 0

    def find(self, folder: Path) -> Bad | None:
        """Look at everything; return the first thing wrong.

        A bad entry says more than the trigger that was dropped to change it, so it goes first.
        """
        changes = ""
        try:
            with contextlib.closing(connect_reader(folder)) as journal:
                require_current(journal)
                changes = changes_of_schema(journal)
                self._look(journal, folder / SECRET)
        except BrokenChainError as error:
            return Bad(error.seq, error.why)
        except (sqlite3.Error, UnicodeDecodeError) as error:
            # UnicodeDecodeError: SQLite quotes damaged bytes in its message.
            unread = f"the database cannot be read after entry {self.head.seq}: {error}"
            return Bad(0, changes or unread)
        return Bad(0, changes) if changes else None

    def _look(self, journal: sqlite3.Connection, secret: Path) -> None:
        self._rebuilt.execute("PRAGMA synchronous = OFF")
        self._rebuilt.execute("BEGIN")
        projections.create(self._rebuilt)
        self._walk(journal)
        for _ in check_photos(self._rebuilt, self._photos, self._progress):
            self.photos += 1
        # Before the last look: what is confirmed later may not be in it.
        receipts = tuple(self._witnesses.receipts())
        with transaction(journal, begin="BEGIN"):
            self._walk(journal)  # what was appended meanwhile
            _check_beginning(journal)
            for receipt in receipts:
                check_receipt(journal, receipt)
                self.confirmed = receipt.seq
            check_projections(journal, self._rebuilt)
            check_cards(journal, self._people)
            check_workers(journal, self._people, secret)
            check_kept(journal, self._people, secret)
            check_pages(journal)

    def _walk(self, journal: sqlite3.Connection) -> None:
        last = last_entry(journal)
        total = last.seq if last else 0
        while self.head.seq < total:
            before = self.head.seq
            for entry in self._page(journal):
                self._take(journal, entry)
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
                self._take(journal, entry)
            if isinstance(error, BrokenChainError) or primary_code(error):
                raise
            raise BrokenChainError(self.head.seq + 1, "is not text") from error
        return entries

    def _take(self, journal: sqlite3.Connection, entry: Entry) -> None:
        check_link(entry, self.head.seq + 1, self.head.hash)
        fact = _fact(entry)
        self._people.take(entry.seq, fact)
        if isinstance(fact, HeadSigned):
            check_signed_head(journal, entry.seq, fact, self._witnesses)
            self.signed = fact.seq
        try:
            with storage_errors():  # no room for the rebuilt tables is not the journal's fault
                projections.project(self._rebuilt, entry, fact)
        except sqlite3.IntegrityError as error:
            raise BrokenChainError(
                entry.seq, f"contradicts the entries before it: {error}"
            ) from error
        self.head = Head(entry.seq, entry.hash)


def _check_beginning(journal: sqlite3.Connection) -> None:
    """Check that nothing lies below entry 1, where the walk begins."""
    (first,) = journal.execute("SELECT min(seq) FROM entry").fetchone()
    if first is not None and first < 1:
        raise BrokenChainError(first, "lies before the first entry")


def _fact(entry: Entry) -> AnyFact:
    try:
        fact = entry.fact
    except msgspec.ValidationError as error:
        why = f"is a fact that this version of the product does not know ({entry.kind}): {error}"
        raise BrokenChainError(entry.seq, why) from error
    if kind_of(fact) != entry.kind:
        raise BrokenChainError(entry.seq, f"is called {entry.kind} but holds {kind_of(fact)}")
    return fact
