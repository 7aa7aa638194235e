"""What doctor, the screen and the watchdog know of this machine apart from its devices."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from kiosk.journal.errors import StorageError
from kiosk.journal.storage import storage_errors

_LEAST_FREE_MB = 64
_MB = 1024 * 1024
_TRIAL_BYTES = 64 * 1024
_RETRY_S = 2.0
"""After a refusal, time alone tries again no sooner than this."""


def free_mb(folder: Path) -> int:
    """Return the free space of the file system that holds `folder`."""
    return shutil.disk_usage(folder).free // _MB


def storage_trouble(folder: Path, least_free_mb: int = _LEAST_FREE_MB) -> str:
    """Return a sentence that says why nothing can be recorded in `folder`; empty when all is well.

    A full disk is reported before it refuses: a photo needs room, and a half-written one helps
    nobody. A card that fails is turned read-only by the kernel while its free space still looks
    fine.
    """
    try:
        read_only = bool(os.statvfs(folder).f_flag & os.ST_RDONLY)
        free = free_mb(folder)
    except OSError as error:
        return f"存储卡读不出：{error.strerror}，请找安全员"
    if read_only or not os.access(folder, os.W_OK):
        return "存储卡变成只读，无法记录，请找安全员"
    if free < least_free_mb:
        return f"存储空间只剩{free}兆，无法记录，请找安全员"
    return ""


def write_trouble(folder: Path) -> str:
    """Return a sentence that says why nothing can be written in `folder` now; empty when it can.

    It writes, which wears a card: ask seldom.

    A kernel that found an error may refuse every write and still call the file system writable
    (ext4's `emergency_ro`).
    """
    try:
        with storage_errors(), tempfile.TemporaryFile(dir=folder, buffering=0) as file:
            file.write(bytes(_TRIAL_BYTES))
            # Without it the page cache takes what the card would refuse.
            os.fsync(file.fileno())
    except StorageError as error:
        return str(error)
    return ""


class StorageWatch:
    """Why nothing can be recorded in `folder`, as the station knows it; `reason` is empty while all
    is well. It looks every `look_s`.
    """

    def __init__(self, folder: Path, look_s: float) -> None:
        self._folder = folder
        self._look_s = look_s
        self._look_after_s = 0.0
        self.reason = ""
        self.not_before_s = 0.0
        """Monotonic: before this moment nothing is tried again by itself."""

    def refused(self, reason: str, now_s: float) -> None:
        """Note that the disk refused."""
        self.reason = reason
        self.not_before_s = now_s + _RETRY_S
        self._look_after_s = now_s + self._look_s

    def recorded(self) -> None:
        """Note that it took something again.

        Little room stays a reason, as long as it is little.
        """
        if self.reason:
            self.reason = storage_trouble(self._folder)

    def look(self, now_s: float) -> bool:
        """Look after the disk when it is time; return whether the reason has changed.

        What refused is believed to be well again only once a trial was written.
        """
        if now_s < self._look_after_s:
            return False
        self._look_after_s = now_s + self._look_s
        before = self.reason
        self.reason = storage_trouble(self._folder) or (
            write_trouble(self._folder) if before else ""
        )
        return self.reason != before


def sound_cards(root: Path = Path("/")) -> tuple[str, ...]:
    """Return the names of the sound cards that the kernel knows."""
    try:
        lines = (root / "proc/asound/cards").read_text().splitlines()
    except OSError:
        return ()
    return tuple(line.split("]: ", 1)[1].strip() for line in lines if "]: " in line)


def under_voltage(root: Path = Path("/")) -> bool | None:
    """Return whether a Raspberry Pi's supply is too low now (hwmon `rpi_volt`); None on another
    machine.
    """
    for name in sorted((root / "sys/class/hwmon").glob("hwmon*/name")):
        if name.read_text().strip() == "rpi_volt":
            return (name.parent / "in0_lcrit_alarm").read_text().strip() == "1"
    return None
