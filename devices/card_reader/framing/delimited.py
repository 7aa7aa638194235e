"""Frames between marks: the walk that RDM6300, MERG and line readers share."""

from __future__ import annotations

from collections.abc import Callable

from devices.card_reader import Card, CardSeen, Event
from devices.card_reader.framing import GARBLED, HALF, TOO_LONG, UnreadableError
from devices.card_reader.framing.burst import Burst

# No known frame is half as long; noise without an end must not grow without limit.
MOST_BYTES = 64


class Delimited:
    """Cuts bytes into frames at `ends`; with `start`, only what follows that byte is a frame.

    `decode` makes a frame's body a card or raises UnreadableError. A new start, an end or a silence
    always finds the way back after garbage.
    """

    def __init__(
        self,
        decode: Callable[[bytes], Card],
        *,
        ends: bytes,
        start: int | None = None,
        ignored: bytes = b"",
    ) -> None:
        self._decode = decode
        self._start = start
        self._ends = ends
        self._ignored = ignored
        self._burst = Burst()
        self._open()

    def feed(self, data: bytes) -> list[Event]:
        """Take what came and return the cards that are complete with it."""
        self._burst.took(len(data))
        return [event for byte in data if (event := self._take(byte))]

    def idle(self) -> list[Event]:
        """End the burst; half a frame is given up."""
        if self._body:
            self._burst.reject(HALF)
        self._open()
        return self._burst.end()

    def _open(self) -> None:
        self._body = bytearray()
        self._skipping = self._start is not None

    def _take(self, byte: int) -> CardSeen | None:
        if byte in self._ignored:
            return None
        if byte == self._start:
            self._restart()
        elif self._skipping:
            self._skip(byte)
        elif byte in self._ends:
            return self._finish()
        elif len(self._body) == MOST_BYTES:
            self._overflow()
        else:
            self._body.append(byte)
        return None

    def _restart(self) -> None:
        if self._body:
            self._burst.reject(HALF)
        self._body.clear()
        self._skipping = False

    def _skip(self, byte: int) -> None:
        if self._start is not None:
            self._burst.reject(GARBLED)
        elif byte in self._ends:
            self._skipping = False

    def _overflow(self) -> None:
        self._burst.reject(TOO_LONG)
        self._body.clear()
        self._skipping = True

    def _finish(self) -> CardSeen | None:
        body = bytes(self._body)
        self._open()
        if not body:
            return None
        try:
            return self._burst.card(self._decode(body))
        except UnreadableError as error:
            self._burst.reject(str(error))
            return None


class EndedBySilence(Delimited):
    """The same for readers that may send no end: silence ends a frame, too."""

    def idle(self) -> list[Event]:
        """End the burst, and with it the frame."""
        card = self._finish()
        return [*([card] if card else []), *super().idle()]
