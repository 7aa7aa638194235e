"""How a process ends: at once on a fault, in order when it is asked to."""

from __future__ import annotations

import os
import queue
import signal
import threading
from collections.abc import Callable
from types import FrameType


def end_on_faults() -> None:
    """End the process when any thread fails: a fault is not an outcome, and systemd starts a sound
    process again.
    """
    shown = threading.excepthook

    def end(fault: threading.ExceptHookArgs) -> None:
        shown(fault)
        os._exit(70)

    threading.excepthook = end


def stop_on_signals(stop: Callable[[], None]) -> None:
    """Call `stop` on SIGTERM and SIGINT, so that the lamp is switched off on the way out.

    In a thread of its own: a handler runs wherever the main thread is, so also while that holds the
    lock of the very event that is to be set, and a second signal runs in the middle of the first.
    """
    asked: queue.SimpleQueue[int] = queue.SimpleQueue()  # its `put` may be interrupted by itself

    def handle(number: int, _frame: FrameType | None) -> None:
        asked.put(number)

    def answer() -> None:
        while asked.get():
            stop()

    threading.Thread(target=answer, name="signals", daemon=True).start()
    signal.signal(signal.SIGTERM, handle)
    signal.signal(signal.SIGINT, handle)
