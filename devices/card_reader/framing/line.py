"""Readers that send the number as text: decimal or hex, each on a line or followed by silence
alone.

Which number "00123456" is cannot be seen from the digits, so the form comes from the settings;
"auto" accepts only what can be read in one way.
"""

from __future__ import annotations

import re
from functools import partial

from devices.card_reader import Card, CardNumberError, parse
from devices.card_reader.framing import FORM_UNKNOWN, GARBLED, UnreadableError
from devices.card_reader.framing.delimited import Delimited, EndedBySilence

AUTO = "auto"
# Hex only with a letter in it: digits alone may be decimal as well.
_ONE_READING = {
    "10H": re.compile(r"(?=.*[A-F])[0-9A-F]{10}"),
    "8H": re.compile(r"(?=.*[A-F])[0-9A-F]{8}"),
    "13D": re.compile(r"[0-9]{13}"),
    "3D.5D": re.compile(r"[0-9]{3}[,.: -][0-9]{5}"),
    "5D.5D": re.compile(r"[0-9]{5}[,.: -][0-9]{5}"),
}
_TWO_READINGS = re.compile(r"[0-9]{8}|[0-9]{10}")


class Lines(Delimited):
    """Numbers in `form` (or "auto"), each ended by CR, LF or ETX."""

    def __init__(self, form: str) -> None:
        # Some readers put STX and ETX around the digits.
        super().__init__(partial(decode, form=form), ends=b"\r\n\x03", ignored=b"\x02")


class UnterminatedLines(EndedBySilence, Lines):
    """The same for readers that may send no end."""


def decode(body: bytes, form: str) -> Card:
    """Read one line as a card. Raise UnreadableError."""
    try:
        text = body.decode("ascii").strip().upper()
        return parse(_form_of(text) if form == AUTO else form, text)
    except (UnicodeDecodeError, CardNumberError):
        raise UnreadableError(GARBLED) from None


def _form_of(text: str) -> str:
    for form, shape in _ONE_READING.items():
        if shape.fullmatch(text):
            return form
    raise UnreadableError(FORM_UNKNOWN if _TWO_READINGS.fullmatch(text) else GARBLED)
