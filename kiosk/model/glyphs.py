"""Which signs of a text the fonts of a machine can draw."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator

import msgspec

_UNSEEN = frozenset(("Cc", "Cf", "Cs"))
_SELECTORS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))
"""Which of its variants a sign is to have: no sign of its own."""
_LAST = 0x10FFFF
_MOST_NAMED = 4
_WHAT_TO_DO = (
    "在这台机器上没有字形，屏幕和表格上显示不出。"
    "请对照证件核对写法；写法没错的，先用拼音或相近的字代替"
)


def seen(text: str) -> Iterator[str]:
    """Yield the signs of a text that an eye can see: no controls, direction marks or variation
    selectors.
    """
    for sign in text:
        if unicodedata.category(sign) in _UNSEEN or any(ord(sign) in each for each in _SELECTORS):
            continue
        yield sign


def is_private(sign: str) -> bool:
    """Return whether this is a code point for private use: each font draws there what it likes."""
    return unicodedata.category(sign) == "Co"


class Glyphs(msgspec.Struct, frozen=True):
    """The code points that some font has, and the Debian packages that are lacking."""

    ranges: tuple[tuple[int, int], ...] = ()
    """First and last, ascending; empty when nothing is known of the fonts."""
    absent: tuple[str, ...] = ()

    def trouble(self, text: str) -> str:
        """Return which signs of a text cannot be drawn and what to do; empty when all can."""
        signs = self.lacking(text)
        if not signs:
            return ""
        named = "".join(f"“{sign}”（U+{ord(sign):04X}）" for sign in signs[:_MOST_NAMED])
        more = f"等 {len(signs)} 个字" if len(signs) > _MOST_NAMED else ""
        return f"{named}{more}{_WHAT_TO_DO}"

    def lacking(self, text: str) -> tuple[str, ...]:
        """Return the signs of a text that no font has, each once."""
        if not self.ranges or text.isascii():
            return ()
        return tuple(dict.fromkeys(sign for sign in seen(text) if not self._has(sign)))

    def _has(self, sign: str) -> bool:
        if sign.isspace():
            return True
        place = bisect_right(self.ranges, (ord(sign), _LAST)) - 1
        return place >= 0 and ord(sign) <= self.ranges[place][1] and not is_private(sign)


UNKNOWN = Glyphs()
"""With nothing known of the fonts, nothing is said of a text."""
