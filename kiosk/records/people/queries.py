"""Reading people, their cards, and who answers for what."""

from __future__ import annotations

from datetime import datetime

from kiosk.journal.reader import Connected
from kiosk.model.coverage import Named
from kiosk.model.people import Worker
from kiosk.records.people import tables as undoing
from kiosk.records.people.tables import select_workers


class People(Connected):
    """Everybody the station knows."""

    def workers(self) -> dict[str, Worker]:
        """Give everybody by id."""
        with self._state():
            return select_workers(self._connection)

    def cards_held(self) -> dict[str, int]:
        """Count the cards of each worker who has any."""
        query = "SELECT worker, count(*) AS n FROM card GROUP BY worker"
        return {row["worker"]: row["n"] for row in self._rows(query)}

    def undo_until(self) -> datetime | None:
        """Give the moment until which the last import of people can be put back; None when there is none to put back."""
        with self._state():
            return undoing.until(self._connection)

    def named(self, post_id: str) -> dict[str, Named]:
        """Give who answers for which measure of a post."""
        rows = self._rows("SELECT measure, worker, deputy FROM measure_named WHERE post = ?", post_id)
        return {row["measure"]: Named(row["worker"], row["deputy"]) for row in rows}
