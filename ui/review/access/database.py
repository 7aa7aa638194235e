"""What the parts of review.db need of their connection; `ui.review.access` opens it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Protocol


class Database(Protocol):
    """The two methods of `sqlite_utils.Database` that are used here."""

    def execute(self, sql: str, parameters: Sequence[Any] = ..., /) -> Any:
        """Run a statement."""

    def query(self, sql: str, params: Sequence[Any] = ..., /) -> Iterator[dict[str, Any]]:
        """Return rows."""
