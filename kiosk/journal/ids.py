"""Fresh identifiers: UUIDv7 (RFC 9562, 5.7), which Python 3.11 does not have yet."""

from __future__ import annotations

import os
import time
import uuid

_VERSION = 0x7000 << 64
_VARIANT = 0x8000 << 48
_RANDOM = (0x0FFF << 64) | (0x3FFF << 48) | (1 << 48) - 1


def uuid7() -> str:
    """Return a fresh UUIDv7.

    Its time comes from a clock nobody trusts: never sort by it, entries have `seq`.
    """
    milliseconds = time.time_ns() // 1_000_000 & (1 << 48) - 1
    random = int.from_bytes(os.urandom(10), "big") & _RANDOM
    return str(uuid.UUID(int=milliseconds << 80 | _VERSION | _VARIANT | random))
