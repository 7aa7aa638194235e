"""EM-18: the twelve characters and nothing around them, so that only silence tells where a frame
ends.

Counting to twelve would be faster by that silence, and wrong: after one lost character, a frame and
its repetition make another twelve with a correct checksum, and so another worker's card. Source:
the EM-18 tests of JMRI.
"""

from __future__ import annotations

from functools import partial

from devices.card_reader.framing.delimited import EndedBySilence
from devices.card_reader.framing.em4100 import Checksum, decode


class Em18(EndedBySilence):
    """Exactly twelve characters between two silences, or on a line of their own."""

    def __init__(self, checksum: Checksum = "xor") -> None:
        super().__init__(partial(decode, checksum=checksum), ends=b"\r\n")
