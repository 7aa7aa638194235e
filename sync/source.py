"""What is replicated: a sealed journal and its photos, read only."""

from __future__ import annotations

from typing import Protocol

from kiosk.journal.entries import Entry


class Source(Protocol):
    """A station's journal as the uploader sees it."""

    def head(self) -> tuple[int, str]:
        """Return the number and the hash of the last entry, (0, genesis) for an empty journal."""

    def entries(self, after: int, limit: int) -> list[Entry]:
        """Return at most `limit` entries that follow entry number `after`."""

    def photo(self, digest: str) -> bytes | None:
        """Return the bytes of the photo with this SHA-256 (hex), None where the station does not
        have it (any more).
        """
