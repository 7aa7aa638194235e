"""The twelve characters that 125 kHz modules send: ten hex digits of the chip, two of a
checksum.
"""

from __future__ import annotations

import re
from functools import reduce
from operator import xor
from typing import Literal

from devices.card_reader import Card
from devices.card_reader.framing import CHECKSUM, GARBLED, HALF, UnreadableError

Checksum = Literal["xor", "sum"]
CHARACTERS = 12


def decode(body: bytes, checksum: Checksum) -> Card:
    """Read the chip's number after checking it: XOR of its five bytes, or their sum as some clones
    send.

    Source: Seeed "125Khz RFID module – UART". Raise UnreadableError.
    """
    if not re.fullmatch(rb"[0-9A-Fa-f]*", body):
        raise UnreadableError(GARBLED)
    if len(body) != CHARACTERS:
        raise UnreadableError(HALF if len(body) < CHARACTERS else GARBLED)
    *chip, check = bytes.fromhex(body.decode())
    # Never either of the two: a garbled frame that fails the one may pass the other.
    expected = reduce(xor, chip) if checksum == "xor" else sum(chip) & 0xFF
    if check != expected:
        raise UnreadableError(CHECKSUM)
    return Card("10H", body[:10].decode().upper())
