"""A process that is asked to end: whatever it is in the middle of, and more than once."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

PROGRAM = """
import os, signal, threading
from kiosk.processes.ending import stop_on_signals

busy, ended = threading.Lock(), threading.Event()

def stop():
    with busy:
        ended.set()

stop_on_signals(stop)
with busy:
    for _ in range(3):
        os.kill(os.getpid(), signal.{asked})
    print("asked", flush=True)
ended.wait()
"""


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT])
def test_who_is_asked_while_holding_what_the_end_needs_ends(asked: signal.Signals) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(asked=asked.name)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "asked\n", "")
