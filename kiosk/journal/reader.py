"""A journal open for reading only: the connection, and one state of it for all that is read
together.
"""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import msgspec

from kiosk.journal.database import connect_reader, transaction
from kiosk.journal.migrations import require_current
from kiosk.journal.storage import storage_errors

T = TypeVar("T")
_LISTS = (
    "answers",
    "works",
    "reasons",
    "faults",
    "lines",
    "stands_for",
    "thumbnails",
    "sounds",
    "prevention",
    "response",
)
"""The columns that hold a JSON array."""


class Connected:
    """A connection for reading only, usable from any thread. Made by `open`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._connection.row_factory = sqlite3.Row
        self._lock = threading.RLock()

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open the journal in a data folder.

        Raise MissingJournalError, NewerDataError, StorageError, and DamagedError when the file is
        no database.
        """
        with contextlib.ExitStack() as stack, storage_errors(folder):
            connection = stack.enter_context(contextlib.closing(connect_reader(folder)))
            require_current(connection)
            stack.pop_all()
            return cls(connection)

    def close(self) -> None:
        """Close the connection."""
        with self._lock:
            self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _typed(self, kind: type[T], query: str, *values: Any) -> list[T]:
        return [typed(row, kind) for row in self._rows(query, *values)]

    def _count(self, query: str, *values: Any) -> int:
        number: int = self._rows(query, *values)[0]["n"]
        return number

    def _rows(self, query: str, *values: Any) -> Sequence[sqlite3.Row]:
        with self._lock, storage_errors():  # one statement sees one state by itself
            return self._connection.execute(query, values).fetchall()

    @contextlib.contextmanager
    def _state(self) -> Iterator[None]:
        """Hold one state of the journal for all that is read in the block; nests."""
        with self._lock, storage_errors():
            if self._connection.in_transaction:
                yield
            else:
                # Deferred: it takes no lock, and sees one state from its first SELECT on
                # (sqlite.org/isolation.html).
                with transaction(self._connection, begin="BEGIN"):
                    yield


def typed(row: sqlite3.Row, kind: type[T]) -> T:
    """Make a typed row; columns that the type does not have are left out.

    Raise msgspec.ValidationError.
    """
    values: dict[str, Any] = dict(row)
    for name in _LISTS:
        if name in values:
            values[name] = msgspec.json.decode(values[name] or "[]")
    return msgspec.convert(values, kind, strict=False)
