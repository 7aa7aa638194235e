"""RDM6300, 7941E, ID-12LA and ID-20LA: STX, the twelve characters, on some CR LF, then ETX.

Sources: Seeed "125Khz RFID module – UART"; the ID-20LA frame in esphome issue 13753.
"""

from __future__ import annotations

from functools import partial

from devices.card_reader.framing.delimited import Delimited
from devices.card_reader.framing.em4100 import Checksum, decode


class StxEtx(Delimited):
    """Frames between 02 and 03, wherever CR and LF stand."""

    def __init__(self, checksum: Checksum = "xor") -> None:
        super().__init__(
            partial(decode, checksum=checksum), start=0x02, ends=b"\x03", ignored=b"\r\n"
        )
