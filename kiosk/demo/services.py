"""The demo's other processes: the supervisor's pages and the county, as they run in earnest."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager

import msgspec

_START_S = 60.0


class Ports(msgspec.Struct, frozen=True):
    """Where the three pages of a demo are, on the loopback address."""

    touch: int
    review: int
    county: int


def ports_from(first: int) -> Ports:
    """Return three ports in a row from `first`, or any three free ones for 0."""
    if first:
        return Ports(first, first + 1, first + 2)
    with ExitStack() as stack:
        # All three are held at the same time, so that they differ.
        sockets = [stack.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(3)]
        return Ports(*(each.getsockname()[1] for each in sockets))


class ServiceError(Exception):
    """A process of the demo did not start."""


@contextmanager
def service(arguments: Sequence[str], port: int) -> Iterator[None]:
    """Run `kiosk ARGUMENTS` while the block runs; begins once its port answers.

    Raise ServiceError.
    """
    command = [sys.executable, "-m", "kiosk.demo.child", *arguments, "--port", str(port)]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as process:
        try:
            _wait_for(process, port, arguments[0])
            yield
        finally:
            process.terminate()


def _wait_for(process: subprocess.Popen[bytes], port: int, name: str) -> None:
    ends_s = time.monotonic() + _START_S
    pause = threading.Event()
    while time.monotonic() < ends_s:
        if process.poll() is not None:
            raise ServiceError(f"kiosk {name} ended with status {process.returncode}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        pause.wait(0.05)
    raise ServiceError(f"kiosk {name} does not answer on port {port}")
