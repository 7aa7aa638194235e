"""Cutting a stream of bytes into JPEGs."""

from __future__ import annotations

START = b"\xff\xd8\xff"
END = b"\xff\xd9"
LONGEST_BYTES = 16 * 2**20


class JpegStream:
    """Collects bytes and returns whole JPEGs; what lies between them is dropped.

    A JPEG ends at the first end marker, so it must not hold an embedded thumbnail; camera streams
    do not.
    """

    def __init__(self) -> None:
        self._bytes = bytearray()

    def feed(self, data: bytes) -> list[bytes]:
        """Take some bytes and return the JPEGs that are complete with them, in order."""
        seen = max(0, len(self._bytes) - len(END))
        self._bytes += data
        whole = []
        while (jpeg := self._cut(seen)) is not None:
            whole.append(jpeg)
            seen = 0
        return whole

    def _cut(self, seen: int) -> bytes | None:
        start = self._bytes.find(START)
        if start < 0:
            del self._bytes[: -len(START)]
            return None
        end = self._bytes.find(END, max(seen, start + len(START)))
        if end < 0:
            self._forget_an_endless_one()
            return None
        jpeg = bytes(self._bytes[start : end + len(END)])
        del self._bytes[: end + len(END)]
        return jpeg

    def _forget_an_endless_one(self) -> None:
        if len(self._bytes) > LONGEST_BYTES:
            self._bytes.clear()
