"""How much memory a process holds."""

from __future__ import annotations

from pathlib import Path

_PROC = Path("/proc")


def rss_mb(pid: int) -> float:
    """Return VmRSS."""
    status = (_PROC / str(pid) / "status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def child_of(pid: int, module: str) -> int:
    """Return the child process that runs this module."""
    lists = [task.read_text().split() for task in (_PROC / str(pid) / "task").glob("*/children")]
    children = [child for each in lists for child in each]
    (found,) = (child for child in children if module in (_PROC / child / "cmdline").read_text())
    return int(found)
