"""Whether each photo that an entry names is there, byte for byte."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from kiosk.journal.blobs import Photos
from kiosk.journal.errors import BrokenChainError
from kiosk.journal.verify.report import Progress

_NAMED = """SELECT seq, photo, thumbnail FROM photo
    UNION ALL SELECT seq, photo, thumbnail FROM proposal WHERE photo <> ''
    UNION ALL SELECT seq, photo, thumbnail FROM paper WHERE photo <> ''"""


def check_photos(named_in: sqlite3.Connection, photos: Photos, progress: Progress) -> Iterator[str]:
    """Give the digest of each file found right, photos and thumbnails alike. Raises BrokenChainError at the first that is not."""
    total: int = named_in.execute(f"SELECT count(*) FROM ({_NAMED})").fetchone()[0]
    named = named_in.execute(f"{_NAMED} ORDER BY seq")
    for done, (seq, photo, thumbnail) in enumerate(named, start=1):
        for digest in filter(None, (photo, thumbnail)):
            _check_photo(photos, seq, digest)
            yield digest
        progress("photos", done, total)


def _check_photo(photos: Photos, seq: int, digest: str) -> None:
    path = photos.path(digest)
    if path is None:
        raise BrokenChainError(seq, f"names photo {digest}, which is missing")
    try:
        found = _file_digest(path)
    except OSError as error:
        raise BrokenChainError(seq, f"names photo {digest}, which cannot be read: {error}") from error
    if found != digest:
        raise BrokenChainError(seq, f"names photo {digest}, whose file was changed")


def _file_digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
