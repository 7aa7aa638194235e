"""The one font of all forms, embedded into each, and text fit to be set in it."""

from __future__ import annotations

import unicodedata

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

NAME = "Forms"
LACKING = "〓"
"""The printers' mark for a sign that the type case does not have."""


class FontError(Exception):
    """The font file cannot be used."""


def use_font(path: str) -> None:
    """Register the font.

    A collection (.ttc) gives its first face; only TrueType outlines can be embedded. Raise
    FontError.
    """
    try:
        pdfmetrics.registerFont(TTFont(NAME, path, subfontIndex=0))
    except (TTFError, OSError) as error:
        raise FontError(
            f"字体 {path} 不能用：{error}；请重装 Debian 软件包 fonts-wqy-microhei"
        ) from error


def settable(text: str) -> str:
    """Leave out what no eye can see (controls, direction marks) and put the lacking mark for what
    the font does not have.
    """
    glyphs = pdfmetrics.getFont(NAME).face.charToGlyph
    spaced = text.replace("\t", " ").replace("\u3000", "    ")
    seen = (
        sign for sign in spaced if unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Co", "Cn")
    )
    return "".join(sign if ord(sign) in glyphs or sign == " " else LACKING for sign in seen)


def width_of(text: str, size_pt: float) -> float:
    """Return the width of a line of text, in points."""
    width: float = pdfmetrics.stringWidth(text, NAME, size_pt)
    return width
