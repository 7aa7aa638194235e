"""A person at a terminal: runs the command line, types, and reads what appears."""

from __future__ import annotations

import os
import re
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_DEADLINE_S = 60.0


def kiosk(*arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    """Run `kiosk ARGUMENTS` without a terminal, with `typed` on its standard input."""
    command = [sys.executable, "-m", "kiosk", *arguments]
    return subprocess.run(
        command, input=typed, capture_output=True, text=True, timeout=_DEADLINE_S, check=False
    )


class Terminal:
    """What is connected to a program's standard streams."""

    def __init__(self, end: int, process: subprocess.Popen[bytes]) -> None:
        self._end = end
        self._process = process
        self.shown = ""

    def wait_for(self, pattern: str) -> None:
        """Read until this appears."""
        ends_s = time.monotonic() + _DEADLINE_S
        while not re.search(pattern, self.shown):
            assert time.monotonic() < ends_s, f"{pattern!r} never appeared in {self.shown!r}"
            if select.select([self._end], [], [], 0.1)[0]:
                self.shown += os.read(self._end, 4096).decode(errors="replace")

    def type(self, line: str) -> None:
        """Type a line and press Enter."""
        os.write(self._end, f"{line}\n".encode())

    def ended(self) -> int:
        """Wait for the program's end and return its status."""
        return self._process.wait(_DEADLINE_S)


@contextmanager
def at_a_terminal(*arguments: str) -> Iterator[Terminal]:
    """Run `kiosk ARGUMENTS` at a terminal of its own."""
    end, others = os.openpty()
    command = [sys.executable, "-m", "kiosk", *arguments]
    # In a session of its own it has no /dev/tty, and asks for passwords on the streams that it is
    # given.
    process = subprocess.Popen(
        command, stdin=others, stdout=others, stderr=others, start_new_session=True
    )
    os.close(others)
    try:
        yield Terminal(end, process)
    finally:
        process.terminate()
        process.wait(_DEADLINE_S)
        os.close(end)


@contextmanager
def as_a_service(output: Path, *arguments: str) -> Iterator[None]:
    """Run `kiosk ARGUMENTS` as systemd does: without a terminal, its output kept, here in a
    file.
    """
    command = [sys.executable, "-u", "-m", "kiosk", *arguments]
    with output.open("wb") as kept:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=kept, stderr=kept)
    try:
        yield
    finally:
        process.terminate()
        process.wait(_DEADLINE_S)
