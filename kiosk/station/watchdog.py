"""Telling systemd that the station is ready and alive: one datagram to $NOTIFY_SOCKET
(sd_notify(3)).

systemd is notified only while every duty reports; a missing reader is not a reason to restart, a
stuck loop is.
"""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Callable, Mapping


def notify(message: str, environment: Mapping[str, str] = os.environ) -> None:
    """Send a notification such as "READY=1"; without a socket nobody is listening and nothing
    happens.
    """
    address = environment.get("NOTIFY_SOCKET", "")
    if not address:
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as channel:
        # "@" stands for the zero byte of an abstract socket (sd_notify(3), unix(7)).
        channel.connect("\0" + address[1:] if address.startswith("@") else address)
        channel.send(message.encode())


class Heart:
    """A duty that says regularly that it is still doing its work."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._beat_s = clock()

    def beat(self) -> None:
        """Mark the duty as alive."""
        self._beat_s = self._clock()

    def silent_s(self) -> float:
        """Return the seconds since the last beat."""
        return self._clock() - self._beat_s


def pet(
    hearts: Mapping[str, Heart],
    stop: threading.Event,
    every_s: float = 5.0,
    most_silent_s: float = 15.0,
) -> None:
    """Notify systemd's watchdog while all duties report, until `stop`; name the silent ones in the
    unit's status.
    """
    while not stop.wait(every_s):
        silent = [name for name, heart in hearts.items() if heart.silent_s() > most_silent_s]
        notify(f"STATUS=silent: {', '.join(silent)}" if silent else "WATCHDOG=1\nSTATUS=alive")
