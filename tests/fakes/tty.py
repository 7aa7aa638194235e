"""A serial reader without the reader: a pseudo-terminal behind a symlink, with a plug."""

from __future__ import annotations

import os
import tty
from pathlib import Path


class ReaderTty:
    """`path` is what the application opens; `write` is what the reader sends.

    Opening a port flushes it: write only once the application says that it is online.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / "kiosk-reader"
        self._ends: tuple[int, int] | None = None
        self.replug()

    def write(self, data: bytes) -> None:
        """Send bytes to the application."""
        assert self._ends is not None, "the reader is unplugged"
        os.write(self._ends[0], data)

    def unplug(self) -> None:
        """Pull the USB plug: the port hangs up and its symlink is gone."""
        if self._ends is None:
            return
        self.path.unlink()
        for fd in self._ends:
            os.close(fd)
        self._ends = None

    def replug(self) -> None:
        """Push it in again: a new port, and the symlink follows it."""
        self.unplug()
        self._ends = os.openpty()
        tty.setraw(self._ends[1])
        link = self.path.with_suffix(".new")
        link.symlink_to(os.ttyname(self._ends[1]))
        link.rename(self.path)
