"""The machine's clocks as the journal records them: boot id, time since boot, UTC, and whether UTC
can be believed.
"""

from __future__ import annotations

import ctypes
import functools
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from msgspec.structs import replace

from kiosk.journal.entries import Moment

_ROOT = Path("/")
_TIME_ERROR = 5
"""adjtimex(2): the clock is not synchronised."""
_TIMEX_BYTES = 512
"""More than struct timex takes anywhere; all zero, it asks without changing anything."""


def system_moment(root: Path = _ROOT) -> Moment:
    """Read the clocks. `root` is where /proc and /run are found."""
    return Moment(
        at=datetime.now(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z",
        boot=_boot_id(root),
        # It goes on while the machine is suspended, which CLOCK_MONOTONIC does not
        # (clock_gettime(2)).
        mono_ns=time.clock_gettime_ns(time.CLOCK_BOOTTIME),
        clock_ok=clock_synchronised(root),
    )


def trusted_moment() -> Moment:
    """Read the clocks, and believe them."""
    return replace(system_moment(), clock_ok=True)


def clock_synchronised(root: Path = _ROOT) -> bool:
    """Return whether systemd-timesyncd has set the clock since boot, or the kernel knows of another
    time daemon that has.
    """
    return _timesync_flag(root).exists() or kernel_synchronised()


def kernel_synchronised() -> bool:
    """Return whether the clock is set, as the kernel says (adjtimex, STA_UNSYNC); chrony and ntpd
    keep it informed.
    """
    timex = ctypes.create_string_buffer(_TIMEX_BYTES)
    state: int = _libc().adjtimex(timex)
    return 0 <= state < _TIME_ERROR


class Clock(msgspec.Struct, frozen=True):
    """What a station's entries are dated with, and whether that can be believed now."""

    moment: Callable[[], Moment]
    is_right: Callable[[], bool]


CLOCKS = {
    "ntp": Clock(system_moment, clock_synchronised),
    "always": Clock(trusted_moment, lambda: True),
}
"""What is trusted: what sets this machine's clock, or, for a demo, the clock as it is."""


@functools.cache
def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None)


@functools.cache
def _timesync_flag(root: Path) -> Path:
    # Touched at each synchronisation, and gone after a boot (systemd-timesyncd.service(8)).
    return root / "run/systemd/timesync/synchronized"


@functools.cache
def _boot_id(root: Path) -> str:
    return (root / "proc/sys/kernel/random/boot_id").read_text().strip()
