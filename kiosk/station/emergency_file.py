"""The emergency page as a file that the browser opens before it asks the station for anything: kept
true to the door, in a thread of its own.
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from kiosk.journal.errors import StorageError
from kiosk.journal.storage import make_folder, storage_errors, sync_folder

_FOR_ALL = 0o644
"""The browser's user is in no group; what stands on the page hangs on walls, too."""


class Drawn(Protocol):
    """A page, of which it is known how it ends before it is made."""

    @property
    def ending(self) -> bytes:
        """Return the last bytes of the page; pages that end in the same way are the same."""
        ...

    def whole(self) -> bytes:
        """Make the page."""
        ...


class EmergencyFile:
    """Writes the page at the start, and again whenever what it is made of may have changed.

    `told` is called with what the disk refuses: the page of before stays, and the station goes on.
    """

    def __init__(self, path: Path, draw: Callable[[], Drawn], told: Callable[[str], None]) -> None:
        self._path = path
        self._draw = draw
        self._told = told
        self._wanted = threading.Event()
        self._wanted.set()
        self._writing = threading.Lock()
        self._stopping = False

    def again(self) -> None:
        """Look once more whether the page is still true."""
        self._wanted.set()

    def stop(self) -> None:
        """End `run`; from now on nothing is written."""
        with self._writing:
            self._stopping = True
        self._wanted.set()

    def run(self) -> None:
        """Keep the page true until `stop`."""
        while self._wanted.wait() and not self._stopping:
            # Before the work, so that a change in the middle of it is not lost.
            self._wanted.clear()
            self.keep()

    def keep(self) -> None:
        """Write the page, unless it is there already."""
        drawn = self._draw()
        try:
            with storage_errors():
                if not _ends_with(self._path, drawn.ending):
                    self._write(drawn.whole())
        except StorageError as error:
            self._told(f"应急页面 {self._path} 没有更新，仍用原来的：{error}")

    def _write(self, page: bytes) -> None:
        with self._writing:
            if not self._stopping:
                _write(self._path, page)


def _ends_with(path: Path, ending: bytes) -> bool:
    """Return whether a file is there and ends like this; it is not read whole."""
    try:
        with path.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - len(ending)))
            return file.read() == ending
    except FileNotFoundError:
        return False


def _write(path: Path, data: bytes) -> None:
    """Put a file in the place of another, down to the disk. Raise OSError."""
    make_folder(path.parent)
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("wb") as file:
            os.fchmod(file.fileno(), _FOR_ALL)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)
