"""The beginning of every child that reads what somebody uploaded: it limits itself, and only then
loads the program that it becomes.

    python -m kiosk.uploads.bounded MEMORY_MB CPU_S MODULE [ARGUMENT …]

A parent with threads must not run Python between fork and exec, so the limits are the child's own
first act. Where they cannot be set, the child ends and nothing is read.
"""

from __future__ import annotations

import contextlib
import resource
import runpy
import sys
from pathlib import Path

_FIRST_TO_GO = "1000"
"""The highest `oom_score_adj` (proc(5)): a picture is worth less than the pages, and both less than
the door.
"""


def bound(memory_mb: int, cpu_s: int) -> None:
    """Limit this process for good: its memory, its processor time; it can write no file."""
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(_FIRST_TO_GO)
    for what, most in (
        (resource.RLIMIT_AS, memory_mb << 20),
        (resource.RLIMIT_CPU, cpu_s),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def main() -> None:
    """Become the program that the parent names."""
    memory_mb, cpu_s, module, *arguments = sys.argv[1:]
    bound(int(memory_mb), int(cpu_s))
    sys.argv[1:] = arguments
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
