"""The county's receipts, read from beside the journal: `sync.progress` writes them, and a proof of the journal asks for them."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

from kiosk.journal.database import connect_read_only
from kiosk.journal.errors import JournalError
from kiosk.journal.log import Head

_TABLE = "SELECT 1 FROM sqlite_schema WHERE name = 'receipts'"


def read_receipts(path: Path) -> list[Head]:
    """Give the heads that any county confirmed; none before the first sync. Raises JournalError for a damaged file."""
    if not path.is_file():
        return []
    try:
        with contextlib.closing(connect_read_only(path)) as receipts:
            if not receipts.execute(_TABLE).fetchone():
                return []
            return [Head(*row) for row in receipts.execute("SELECT seq, hash FROM receipts ORDER BY seq")]
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise JournalError(
            f"the county's receipts in {path} cannot be read: restore it from a backup"
        ) from error
