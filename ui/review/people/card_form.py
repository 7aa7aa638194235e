"""The form in which this factory's cards are printed, found by calibration and kept in the review
process's own folder.
"""

from __future__ import annotations

import os
from pathlib import Path

from devices.card_reader import FORMS
from kiosk.journal.storage import open_own


class CardForm:
    """A file with one word."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> str:
        """Return the form; empty when none was chosen."""
        try:
            text = self._path.read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            return ""
        return text if text in FORMS else ""

    def write(self, form: str) -> None:
        """Keep a form, replacing the one before; all of it or nothing."""
        new = self._path.with_suffix(".new")
        with open(new, "w", encoding="ascii", opener=open_own) as file:
            file.write(form)
            file.flush()
            os.fsync(file.fileno())
        new.replace(self._path)
