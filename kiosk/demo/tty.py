"""A serial reader without the reader: a pseudo-terminal behind a symlink, with a plug that can be
pulled.
"""

from __future__ import annotations

import os
import threading
import tty
from pathlib import Path


class ReaderTty:
    """`path` is what the application opens; `write` is what the reader sends.

    Opening a port flushes it: what is written before the application is online is lost, as on a
    real port.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._ends: tuple[int, int] | None = None
        self._lock = threading.Lock()
        self.plug()

    def write(self, data: bytes) -> bool:
        """Send bytes to the application; False when unplugged."""
        with self._lock:
            if self._ends is None:
                return False
            os.write(self._ends[0], data)
            return True

    def unplug(self) -> None:
        """Pull the USB plug: the port hangs up and its symlink is gone."""
        with self._lock:
            self._drop()

    def plug(self) -> None:
        """Push it in again: a new port, and the symlink follows it."""
        with self._lock:
            self._drop()
            self._ends = os.openpty()
            tty.setraw(self._ends[1])
            link = self.path.with_suffix(".new")
            link.unlink(missing_ok=True)
            link.symlink_to(os.ttyname(self._ends[1]))
            link.rename(self.path)

    def _drop(self) -> None:
        if self._ends is None:
            return
        self.path.unlink(missing_ok=True)
        for end in self._ends:
            os.close(end)
        self._ends = None
