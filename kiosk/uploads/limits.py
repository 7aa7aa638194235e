"""Children that read what somebody uploaded: bounded before they run, and the first to go when memory is short."""

from __future__ import annotations

import contextlib
import resource
from collections.abc import Callable
from pathlib import Path

_FIRST_TO_GO = "1000"
"""The highest `oom_score_adj` (proc(5)): a picture is worth less than the pages, and both less than the door."""


def bounds(memory_mb: int, cpu_s: int) -> Callable[[], None]:
    """Give what bounds a child, for `subprocess` to run in it before its program; it can write no file."""

    def bound() -> None:
        with contextlib.suppress(OSError):
            Path("/proc/self/oom_score_adj").write_text(_FIRST_TO_GO)
        for what, most in (
            (resource.RLIMIT_AS, memory_mb << 20),
            (resource.RLIMIT_CPU, cpu_s),
            (resource.RLIMIT_FSIZE, 0),
            (resource.RLIMIT_CORE, 0),
        ):
            resource.setrlimit(what, (most, most))

    return bound
