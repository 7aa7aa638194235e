"""The MERG concentrator: a letter for the reader's port, the twelve characters, CR LF, then ">".

Source: the CORE-ID tests of JMRI.
"""

from __future__ import annotations

import re

from devices.card_reader import Card
from devices.card_reader.framing import GARBLED, UnreadableError
from devices.card_reader.framing.delimited import Delimited
from devices.card_reader.framing.em4100 import Checksum, decode


class Merg(Delimited):
    """Frames that end with ">"; the port's letter is dropped, as one door has one reader."""

    def __init__(self, checksum: Checksum = "xor") -> None:
        self._checksum: Checksum = checksum
        super().__init__(self._without_port, ends=b">", ignored=b"\r\n")

    def _without_port(self, body: bytes) -> Card:
        if not re.match(rb"[A-Z]", body):
            raise UnreadableError(GARBLED)
        return decode(body[1:], self._checksum)
