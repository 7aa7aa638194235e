"""Running one of our programs for a bench, until it answers."""

from __future__ import annotations

import http.client
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

_LOOK_EVERY_S = 0.002
_START_S = 60.0


@contextmanager
def process(*arguments: object) -> Iterator[subprocess.Popen[str]]:
    """Run `python ARGUMENTS` while the block runs; its standard input and output are pipes."""
    command = [sys.executable, *map(str, arguments)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as running:
        try:
            yield running
        finally:
            running.terminate()


def until_page(running: subprocess.Popen[str], port: int, path: str = "/") -> None:
    """Wait for the first 200 of a page.

    Raise RuntimeError when the process ends, or takes too long.
    """
    ends_s = time.monotonic() + _START_S
    while not _answers(port, path):
        if running.poll() is not None or time.monotonic() > ends_s:
            raise RuntimeError(
                f"{running.args!r} gives no page on port {port}, status {running.poll()}"
            )
        time.sleep(_LOOK_EVERY_S)


def _answers(port: int, path: str) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except ConnectionRefusedError:
        return False
    finally:
        connection.close()
