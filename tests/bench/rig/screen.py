"""A touch screen without a browser, as thin as can be: one socket on which events come, one on
which touches go.
"""

from __future__ import annotations

import http.client
import socket

import msgspec

from kiosk.demo.screen import Shown
from kiosk.flow.touches import AnyTouch

_EVENT_END = b"\n\n"
_PATIENCE_S = 30.0


def shown_in(payload: bytes) -> Shown:
    """Read the data of an event, or the answer to a touch."""
    return msgspec.json.decode(payload, type=Shown)


class Events:
    """The stream of events of a server on the loopback address, after the first of them."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), _PATIENCE_S)
        self._socket.sendall(b"GET /events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        self._buffer = bytearray()
        self.present = self.next()

    def next(self) -> bytes:
        """Wait for the next event and return its data; what is not for a screen (a heartbeat) is
        passed over.
        """
        while True:
            event, end, rest = self._buffer.partition(_EVENT_END)
            if not end:
                self._buffer += self._received()
                continue
            self._buffer = rest
            if b"data: " in event:
                self.present = bytes(event.partition(b"data: ")[2])
                return self.present

    def until(self, template: str) -> bytes:
        """Wait for a screen of this template."""
        shows = f'"template":"{template}"'.encode()
        while shows not in self.present:
            self.next()
        return self.present

    def past(self, template: str) -> bytes:
        """Wait for a screen of another template."""
        shows = f'"template":"{template}"'.encode()
        while shows in self.present:
            self.next()
        return self.present

    def quiet(self, for_s: float = 1.0) -> None:
        """Read on until nothing has come for this long: the station has started."""
        self._socket.settimeout(for_s)
        try:
            while True:
                self.next()
        except TimeoutError:
            self._socket.settimeout(_PATIENCE_S)

    def close(self) -> None:
        """Hang up."""
        self._socket.close()

    def _received(self) -> bytes:
        data = self._socket.recv(1 << 16)
        if not data:
            raise ConnectionError("the stream of events has ended")
        return data


class Finger:
    """Touches the screen of a station, over one connection that is kept."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE_S)

    def touch(self, touch: AnyTouch, turn: int) -> Shown:
        """Touch the screen that showed `turn`, and return the one after it."""
        self._connection.request(
            "POST", "/touch", msgspec.json.encode({"turn": turn, "touch": touch})
        )
        answer = self._connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise ConnectionError(f"a touch got {answer.status}: {body.decode()}")
        return shown_in(body)

    def close(self) -> None:
        """Hang up."""
        self._connection.close()
