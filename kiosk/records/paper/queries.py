"""Reading paper forms that were entered later (补录)."""

from __future__ import annotations

from datetime import date

from kiosk.journal.reader import Connected
from kiosk.records.paper.rows import PaperRow

_PAPERS = "SELECT p.*, e.hash FROM paper AS p JOIN entry AS e USING (seq)"


class Papers(Connected):
    """Paper forms."""

    def papers(self, on: date | None = None, limit: int = 50) -> list[PaperRow]:
        """Give paper forms that were entered later (补录), as they hold, newest first: of one day's shifts, or of all."""
        day = "" if on is None else "AND shift_on = ?"
        values = (limit,) if on is None else (on.isoformat(), limit)
        query = f"{_PAPERS} WHERE corrected_by = '' {day} ORDER BY seq DESC LIMIT ?"
        return self._typed(PaperRow, query, *values)

    def paper(self, paper_id: str) -> PaperRow | None:
        """Give one paper form that was entered later, in this very version."""
        return next(iter(self._typed(PaperRow, f"{_PAPERS} WHERE p.id = ?", paper_id)), None)

    def paper_versions(self, paper_id: str) -> list[PaperRow]:
        """Give a paper form as it was entered and each time it was corrected, oldest first: the last is the one that holds."""
        query = f"{_PAPERS} WHERE first = (SELECT first FROM paper WHERE id = ?) ORDER BY seq"
        return self._typed(PaperRow, query, paper_id)
