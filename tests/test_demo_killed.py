"""A demo that is killed, and has no time to end anything, leaves nothing running."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.fakes.waiting import until

pytestmark = pytest.mark.timeout(300)

ROOT = Path(__file__).resolve().parents[1]
ENDED_S = 20.0


def descendants(pid: int) -> list[int]:
    """Return every process that was started by this one, or by one of those."""
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    children = [int(child) for task in tasks for child in task.read_text().split()]
    return [*children, *(other for child in children for other in descendants(child))]


def command_of(pid: int) -> str:
    """Return a process's command line; nothing once it has ended."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except (FileNotFoundError, ProcessLookupError):
        return ""


def test_a_killed_demo_takes_its_processes_with_it(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "kiosk",
        "demo",
        "--port",
        "0",
        "--data",
        str(tmp_path / "data"),
    ]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as demo:
        try:
            assert demo.stdout is not None
            assert any("Ctrl-C" in line for line in demo.stdout)
            started = {pid: command_of(pid) for pid in descendants(demo.pid)}
        finally:
            demo.kill()
    assert {"review", "county"} <= {word for line in started.values() for word in line.split()}
    until(
        lambda: [line for pid, line in started.items() if line and command_of(pid) == line] == [],
        ENDED_S,
    )
