"""One writer a journal: a lock that the kernel releases when its holder dies, however it dies."""

from __future__ import annotations

import contextlib
import fcntl
import os
from pathlib import Path
from typing import TextIO

from kiosk.journal.errors import LockedError
from kiosk.journal.storage import open_for_group


def take(path: Path) -> TextIO:
    """Take the lock; closing the file releases it.

    Raise LockedError, which names the holder, when it is taken.
    """
    file = os.fdopen(open_for_group(str(path), os.O_RDWR | os.O_APPEND | os.O_CREAT), "a+")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.seek(0)
        holder = file.read().strip() or "unknown"
        file.close()
        raise LockedError(
            f"journal in {path.parent} is being written by process {holder}: stop it first"
        ) from None
    # The number is for people; a full disk must not keep the station from starting.
    with contextlib.suppress(OSError):
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
    # Closing leaves the file: deleted, its name could be locked twice, as two different files.
    return file
