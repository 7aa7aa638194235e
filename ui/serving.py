"""Running a waitress server in a thread, and ending it without a fault."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from waitress import wasyncore

_PATIENCE_S = 5.0


@contextmanager
def served(server: Any) -> Iterator[int]:
    """Run a server made by `waitress.create_server` while the block runs, and yield its port.

    It ends in this order: the workers, who wake the loop when they are done; then, in the loop's
    own thread, its sockets.
    """
    thread = threading.Thread(target=server.run, name="pages", daemon=True)
    thread.start()
    try:
        yield int(server.effective_port)
    finally:
        server.task_dispatcher.shutdown(timeout=_PATIENCE_S)
        # The loop may close the pipe that wakes it before it is written to.
        with contextlib.suppress(OSError):
            server.trigger.pull_trigger(lambda: wasyncore.close_all(server._map))
        thread.join(timeout=_PATIENCE_S)
