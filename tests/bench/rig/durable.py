"""One row that is on the disk when the call returns: the least that recording costs."""

from __future__ import annotations

import sqlite3
from pathlib import Path

_ENTRY = "x" * 700
"""As many characters as an ordinary entry takes."""


class BareDatabase:
    """A database with SQLite's durability and nothing else."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = FULL")
        self._connection.execute(
            "CREATE TABLE IF NOT EXISTS entry (seq INTEGER PRIMARY KEY, body TEXT)"
        )

    def insert(self) -> None:
        """Insert a row as long as an entry."""
        self._connection.execute("INSERT INTO entry (body) VALUES (?)", (_ENTRY,))
