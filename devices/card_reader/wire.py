"""Waiting for bytes on a file descriptor: at once when they come, never by polling."""

from __future__ import annotations

import os
import select
from collections.abc import Iterator

from devices import DeviceOfflineError
from devices.reasons import UNPLUGGED, why
from devices.supervised import Link

_CHUNK_BYTES = 4096


def chunks(fd: int, link: Link, gap_s: float) -> Iterator[bytes]:
    """Yield what arrives on `fd` until the device is closed, and b"" once after each silence of
    `gap_s`.

    Raise DeviceOfflineError when the far side is gone: the system then reports the descriptor
    readable, but there is nothing to read.
    """
    poll = select.poll()
    poll.register(fd, select.POLLIN)
    poll.register(link.wake_fd, select.POLLIN)
    wait_ms = None
    while not link.stopping:
        ready = dict(poll.poll(wait_ms))
        if fd in ready:
            # From now on a silence is worth reporting, once.
            wait_ms = gap_s * 1000
            yield _read(fd)
        elif not ready:
            wait_ms = None
            yield b""


def _read(fd: int) -> bytes:
    try:
        data = os.read(fd, _CHUNK_BYTES)
    except OSError as error:
        raise DeviceOfflineError(f"读卡器{why(error)}") from error
    if not data:
        raise DeviceOfflineError(f"读卡器{UNPLUGGED}")
    return data
