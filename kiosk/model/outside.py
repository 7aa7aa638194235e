"""Text from outside (a county, a file, a driver) where a person reads it: bounded, and every sign
that steers a terminal or turns the direction of reading as a visible escape.
"""

from __future__ import annotations

import unicodedata

MOST_LINE = 300
MOST_TEXT = 20_000
CUT = "…"
_STEERING = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Control signs, direction and joining signs, halves of signs, signs without a meaning, breaks."""


def as_line(text: str, most: int = MOST_LINE) -> str:
    """Return text as one line of at most `most` signs before its escapes; line breaks are
    escaped, too.
    """
    return "".join(_visible(sign) for sign in _cut(text, most))


def as_text(text: str, most: int = MOST_TEXT) -> str:
    """Return text of several lines, of at most `most` signs before its escapes."""
    return "".join(sign if sign == "\n" else _visible(sign) for sign in _cut(text, most))


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - len(CUT)] + CUT


def _visible(sign: str) -> str:
    """Return a sign as it is, or its escape as Python writes it: `\\x1b`, `\\u202e`, `\\n`."""
    if unicodedata.category(sign) not in _STEERING:
        return sign
    return sign.encode("unicode_escape").decode("ascii")
