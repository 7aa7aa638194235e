"""Reading the factory's content: versions of packs, readings of words, voices."""

from __future__ import annotations

from kiosk.journal.reading.connected import Connected
from kiosk.journal.rows.content import PublishedRow, ReadingRow, RecordingRow


class Content(Connected):
    """What the factory made its own."""

    def readings(self) -> list[ReadingRow]:
        """Give the factory's own readings of words, the newest first."""
        return self._typed(ReadingRow, "SELECT * FROM reading ORDER BY seq DESC")

    def recordings(self) -> list[RecordingRow]:
        """Give the sentences that are played in a person's own voice, the newest first."""
        return self._typed(RecordingRow, "SELECT * FROM recording ORDER BY seq DESC")

    def published(self) -> list[PublishedRow]:
        """Give every version of a pack that was published, oldest first."""
        return self._typed(PublishedRow, "SELECT * FROM pack_published ORDER BY seq")

    def last_published(self) -> int:
        """Give the number of the newest publication's entry; 0 when there was none."""
        return self._count("SELECT ifnull(max(seq), 0) AS n FROM pack_published")
