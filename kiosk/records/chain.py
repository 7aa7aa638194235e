"""Reading what is to be copied out: the entries themselves, and the photos they name."""

from __future__ import annotations

import msgspec

from kiosk.journal.database import last_entry, select_entries
from kiosk.journal.entries import Entry
from kiosk.journal.log import Head
from kiosk.journal.reader import Connected
from kiosk.records.checks.facts import PhotoTaken
from kiosk.records.paper.facts import PaperCorrected, PaperEntered
from kiosk.records.scenarios.facts import ScenarioProposed

_PAGE = 1000
_WITH_PHOTO = "('photo.taken', 'scenario.proposed', 'paper.entered', 'paper.corrected')"
_NamesPhoto = PhotoTaken | ScenarioProposed | PaperEntered | PaperCorrected


class Chain(Connected):
    """The entries, in order."""

    def head(self) -> Head:
        """Return the end of the chain; number 0 without a hash when nothing is recorded."""
        with self._state():
            last = last_entry(self._connection)
        return Head(last.seq, last.hash) if last else Head(0, "")

    def entries(self, after: int = 0, limit: int = _PAGE) -> list[Entry]:
        """Return at most `limit` entries after number `after`, in order."""
        with self._state():
            return list(select_entries(self._connection, after, limit))

    def names_photo(self, digest: str) -> bool:
        """Return whether anything recorded names a photo or thumbnail."""
        tables = ("photo", "proposal", "paper")
        query = " UNION ALL ".join(
            f"SELECT 1 FROM {table} WHERE ?1 IN (photo, thumbnail)" for table in tables
        )
        return bool(self._rows(f"{query} LIMIT 1", digest))

    def photos_of(self, after: int, upto: int) -> list[str]:
        """Return the digests of photos and thumbnails that entries `after` < seq <= `upto` name,
        each once, in order.
        """
        query = (
            f"SELECT body FROM entry WHERE seq > ? AND seq <= ? AND kind IN {_WITH_PHOTO} "
            "ORDER BY seq"
        )
        facts: list[_NamesPhoto] = [
            msgspec.json.decode(row["body"], type=_NamesPhoto)
            for row in self._rows(query, after, upto)
        ]
        return list(
            dict.fromkeys(
                digest for fact in facts for digest in (fact.photo, fact.thumbnail) if digest
            )
        )
