"""The touch screen of a station without devices, over real HTTP, and a client that reads its events
as they come.
"""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import waitress

from tests.fakes.stages import CONFIG
from tests.fakes.station import FakeStation
from tests.fakes.templates import quick
from ui.serving import served
from ui.texts import load_texts
from ui.touch.app import create_app
from ui.touch.demo import DemoPort

_PATIENCE_S = 30.0


@contextmanager
def a_screen(
    station: FakeStation,
    demo: DemoPort | None = None,
    port: int = 0,
    emergency: Path | None = None,
) -> Iterator[int]:
    """Serve the screen while the block runs, on any port if none is named, and yield the port."""
    stop = threading.Event()
    app = quick(
        create_app(
            station,
            load_texts(CONFIG / "texts" / "zh.toml"),
            targets=CONFIG / "packs",
            stop=stop,
            demo=demo,
            clock_s=lambda: station.visit.now_s,
            emergency=emergency,
        )
    )
    server: Any = waitress.create_server(
        app, host="127.0.0.1", port=port, threads=16, channel_request_lookahead=1
    )
    with served(server) as effective_port:
        try:
            yield effective_port
        finally:
            stop.set()


class Client:
    """Asks a screen as a program on the same machine does."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._open: list[Events] = []

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        for events in self._open:
            events.close()

    def ask(
        self, method: str, path: str, body: bytes | None = None, **headers: str
    ) -> tuple[int, http.client.HTTPMessage, bytes]:
        """Return status, headers and body. Header names are written with underscores."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=_PATIENCE_S)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, body, named)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    def touch(self, turn: int, touch: dict[str, Any], **headers: str) -> tuple[int, Any]:
        """Send a touch; return status and the decoded answer."""
        body = json.dumps({"turn": turn, "touch": touch}).encode()
        status, _, answer = self.ask("POST", "/touch", body, **headers)
        return status, json.loads(answer)

    def listen(self) -> Events:
        """Open the stream of events."""
        events = Events(self.port)
        self._open.append(events)
        return events


class Events:
    """A stream of events, read one by one."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE_S)
        self._connection.request("GET", "/events")
        self.answer = self._connection.getresponse()

    def next(self) -> dict[str, Any]:
        """Wait for the next event; its `id` is the version it carries."""
        fields: dict[str, str] = {}
        while (line := self._line()) or "data" not in fields:
            name, _, value = line.partition(": ")
            fields[name] = value
        event: dict[str, Any] = json.loads(fields["data"])
        assert fields["id"] == str(event["version"])
        return event

    def ended(self) -> bool:
        """Wait for the end of the stream."""
        return self.answer.read() == b""

    def close(self) -> None:
        """Go away, as a closed tab does."""
        self.answer.close()
        self._connection.close()

    def _line(self) -> str:
        return self.answer.readline().decode().rstrip("\n")


def the_picture(folder: Path) -> Path:
    """Draw a JPEG that stands for what the camera sees."""
    import cv2
    import numpy as np

    path = folder / "picture.jpg"
    across = np.linspace(40, 220, 640, dtype=np.uint8)
    cv2.imwrite(str(path), np.dstack([np.tile(across, (360, 1))] * 3))
    return path
