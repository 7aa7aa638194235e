"""EM-18: the twelve characters and nothing around them, so that only a silence tells where a frame begins.

Source: the EM-18 protocol tests of JMRI.
"""

from __future__ import annotations

from devices.card_reader import CardSeen, Event
from devices.card_reader.framing import GARBLED, HALF, UnreadableError
from devices.card_reader.framing.burst import Burst
from devices.card_reader.framing.em4100 import CHARACTERS, HEX_DIGITS, Checksum, decode


class Em18:
    """Counts characters to twelve; after a bad frame the rest of the burst is out of step and skipped."""

    def __init__(self, checksum: Checksum = "xor") -> None:
        self._checksum: Checksum = checksum
        self._body = bytearray()
        self._skipping = False
        self._burst = Burst()

    def feed(self, data: bytes) -> list[Event]:
        """Take what came and give the cards that are complete with it."""
        self._burst.took(len(data))
        return [event for byte in data if (event := self._take(byte))]

    def idle(self) -> list[Event]:
        """End the burst; half a frame is given up, and the next byte begins a new one."""
        if self._body:
            self._burst.reject(HALF)
        self._body.clear()
        self._skipping = False
        return self._burst.end()

    def _take(self, byte: int) -> CardSeen | None:
        if byte in b"\r\n":
            return None
        if byte not in HEX_DIGITS:
            self._burst.reject(GARBLED)
            self._body.clear()
            self._skipping = False
        elif not self._skipping:
            self._body.append(byte)
        return self._finish() if len(self._body) == CHARACTERS else None

    def _finish(self) -> CardSeen | None:
        body = bytes(self._body)
        self._body.clear()
        try:
            return self._burst.card(decode(body, self._checksum))
        except UnreadableError as error:
            self._burst.reject(str(error))
            self._skipping = True
            return None
