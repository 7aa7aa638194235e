"""Photos as files named by their SHA-256, spread over 256 folders: `ab/ab34…`.

The order that survives power loss: temporary file, fsync, rename, fsync the folder, and only then
the entry that names it. So an entry never points at nothing; a file without an entry may remain. A
temporary file left by a crash is swept by `Photos.open`.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Self

from kiosk.journal.storage import make_folder, open_for_group, storage_errors, sync_folder

PHOTOS = "photos"
"""The folder of photos inside a data folder."""
_DIGEST = re.compile(r"[0-9a-f]{64}")
_INCOMING = "incoming"
_SCRATCH = "scratch"


class Photos:
    """The photos in a folder.

    Anyone may read; only the station stores, and begins with `Photos.open`.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._incoming = folder / _INCOMING

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Make the folder ready for storing and sweep what a crash left half-written.

        Raise StorageError.
        """
        photos = cls(folder)
        with storage_errors():
            make_folder(photos._incoming)
            for leftover in photos._incoming.iterdir():
                leftover.unlink()
        return photos

    def store(self, data: bytes) -> str:
        """Store a photo (the bytes of its file) durably and return its digest, hex.

        Storing it again changes nothing.

        Raise StorageError when the disk refuses; then no photo has that digest's name half-written.
        """
        digest = hashlib.sha256(data).hexdigest()
        place = self._place(digest)
        # In the same folder: rename(2) is atomic within one file system only.
        temporary = self._incoming / uuid.uuid4().hex
        with storage_errors():
            make_folder(self._incoming)
            make_folder(place.parent)
            try:
                _write(temporary, data)
                temporary.rename(place)
            except OSError:
                with contextlib.suppress(OSError):
                    temporary.unlink(missing_ok=True)
                raise
            sync_folder(place.parent)
        return digest

    def store_scratch(self, data: bytes) -> str:
        """Store a photo as `store` does that may never be recorded: it is noted first, for
        `sweep_scratch`.
        """
        with storage_errors():
            make_folder(self._folder / _SCRATCH)
            (self._folder / _SCRATCH / hashlib.sha256(data).hexdigest()).touch()
        return self.store(data)

    def sweep_scratch(self, is_named: Callable[[str], bool]) -> None:
        """Delete what was stored as scratch and no entry names; while nobody stores.

        Raise StorageError.
        """
        notes = self._folder / _SCRATCH
        with storage_errors():
            # Listed first, as the folder changes during the walk.
            for note in list(notes.iterdir()) if notes.is_dir() else ():
                place = self.path(note.name)
                if place is not None and not is_named(note.name):
                    place.unlink()
                note.unlink()

    def path(self, digest: str) -> Path | None:
        """Return the file of a photo; None for what is not here or is no digest (it may come from a
        URL).
        """
        if not _DIGEST.fullmatch(digest):
            return None
        place = self._place(digest)
        return place if place.is_file() else None

    def digests(self) -> Iterator[str]:
        """Yield the digests of all photos stored, in order, one folder at a time."""
        for number in range(256):
            folder = self._folder / f"{number:02x}"
            names = sorted(file.name for file in folder.iterdir()) if folder.is_dir() else ()
            yield from (name for name in names if _DIGEST.fullmatch(name))

    def _place(self, digest: str) -> Path:
        return self._folder / digest[:2] / digest


def _write(path: Path, data: bytes) -> None:
    with open(path, "xb", opener=open_for_group) as file:
        file.write(data)
        file.flush()
        # After flush(): the kernel knows nothing of what is still in Python's buffer.
        os.fsync(file.fileno())
