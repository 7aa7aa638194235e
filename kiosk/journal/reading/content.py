"""Reading the factory's content: versions of packs, readings of words, voices."""

from __future__ import annotations

from kiosk.journal.reader import Connected
from kiosk.records.content.rows import PublishedRow
from kiosk.records.speech.rows import ReadingRow, RecordingRow

_PUBLISHED = """
    SELECT p.*, ifnull(w.at, '') AS withdrawn_at, ifnull(w.by_worker, '') AS withdrawn_by
    FROM pack_published p LEFT JOIN pack_withdrawn w
        ON w.seq = (SELECT min(seq) FROM pack_withdrawn WHERE pack = p.pack AND seq > p.seq)
    ORDER BY p.seq
"""
_LAST = """
    SELECT ifnull(max(seq), 0) AS n
    FROM (SELECT seq FROM pack_published UNION ALL SELECT seq FROM pack_withdrawn)
"""


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
        return self._typed(PublishedRow, _PUBLISHED)

    def last_published(self) -> int:
        """Give the number of the newest entry about which packs are in use; 0 when there is none."""
        return self._count(_LAST)
