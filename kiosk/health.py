"""What doctor, the screen and the watchdog know of this machine beside its devices."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

_LEAST_FREE_MB = 64
_MB = 1024 * 1024


def free_mb(folder: Path) -> int:
    """Give the free space of the file system that holds `folder`."""
    return shutil.disk_usage(folder).free // _MB


def storage_trouble(folder: Path, least_free_mb: int = _LEAST_FREE_MB) -> str:
    """Say in a sentence why nothing can be recorded in `folder`; empty when all is well.

    A full disk is told before it refuses: a photo needs room, and a half-written one helps nobody. A card that fails is turned
    read-only by the kernel while its free space still looks fine.
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


def sound_cards(root: Path = Path("/")) -> tuple[str, ...]:
    """Name the sound cards that the kernel knows; empty when there is none."""
    try:
        lines = (root / "proc/asound/cards").read_text().splitlines()
    except OSError:
        return ()
    return tuple(line.split("]: ", 1)[1].strip() for line in lines if "]: " in line)


def under_voltage(root: Path = Path("/")) -> bool | None:
    """Tell whether a Raspberry Pi's supply is too low now (hwmon `rpi_volt`); None on another machine."""
    for name in sorted((root / "sys/class/hwmon").glob("hwmon*/name")):
        if name.read_text().strip() == "rpi_volt":
            return (name.parent / "in0_lcrit_alarm").read_text().strip() == "1"
    return None
