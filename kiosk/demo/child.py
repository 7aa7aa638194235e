"""`python -m kiosk.demo.child ARGUMENTS`: a command of `kiosk` that ends with the demo, even when
that is killed.

Its standard input is a pipe of which the demo holds the other end: whatever ends the demo, the
kernel closes it.
"""

from __future__ import annotations

import os
import runpy
import signal
import sys
import threading


def _end_with_the_demo() -> None:
    # The bare descriptor: an interpreter that ends cannot take the lock of a buffered reader from a
    # waiting thread, and aborts.
    while os.read(sys.stdin.fileno(), 4096):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    threading.Thread(target=_end_with_the_demo, name="demo-gone", daemon=True).start()
    runpy.run_module("kiosk", run_name="__main__", alter_sys=True)
