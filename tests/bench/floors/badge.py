"""The bare way from a reader's tty to the events of a screen: `badge TTY PORT SIZE [DATABASE]`.

Poll, read, the same framing; then one body of that many bytes to each listener at /events. With a
database, each card is first one row on the disk.
"""

from __future__ import annotations

import os
import select
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from flask import Flask, Response
from serial import Serial

from devices.card_reader.framing.stx_etx import StxEtx
from kiosk.processes.station import make_server
from tests.bench.rig.durable import BareDatabase
from ui.serving import served

_THREADS = 12


class Cards:
    """How many cards there were, and waiting for the next."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._count = 0

    def came(self) -> None:
        """Count one more."""
        with self._changed:
            self._count += 1
            self._changed.notify_all()

    def after(self, seen: int) -> int:
        """Wait for one more than `seen`."""
        with self._changed:
            self._changed.wait_for(lambda: self._count > seen)
            return self._count


def app_of(cards: Cards, event: bytes) -> Flask:
    """Make an app that sends the event at once, and with each card."""
    app = Flask(__name__)

    def stream() -> Iterator[bytes]:
        seen = 0
        yield event
        while True:
            seen = cards.after(seen)
            yield event

    @app.get("/")
    def page() -> str:
        return ""

    @app.get("/events")
    def events() -> Response:
        return Response(stream(), mimetype="text/event-stream")

    return app


def follow(fd: int, record: Callable[[], None], came: Callable[[], None]) -> None:
    """Read cards for ever."""
    framing = StxEtx("xor")
    poll = select.poll()
    poll.register(fd, select.POLLIN)
    while True:
        poll.poll()
        for _ in framing.feed(os.read(fd, 4096)):
            record()
            came()


def main(tty: str, port: str, size: str, database: str = "") -> None:
    """Serve until killed."""
    cards = Cards()
    event = b"id: 1\ndata: " + b"x" * int(size) + b"\n\n"
    record = BareDatabase(Path(database)).insert if database else lambda: None
    with (
        Serial(tty, timeout=0) as reader,
        served(make_server(app_of(cards, event), int(port), _THREADS)),
    ):
        follow(reader.fileno(), record, cards.came)


if __name__ == "__main__":
    main(*sys.argv[1:])
