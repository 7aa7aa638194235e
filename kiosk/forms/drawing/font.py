"""The fonts of all forms, embedded into each: text fit to be set in them, its width, and drawing
it, every sign in the first font that has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFDocument
from reportlab.pdfbase.ttfonts import TTFError, TTFont
from reportlab.pdfgen.canvas import Canvas

from kiosk.forms.sheet import Font
from kiosk.model.glyphs import is_private, seen

LACKING = "〓"
"""The printers' mark for a sign that the type case does not have."""
_BLANK = 0x20
_EM = "  "
"""As wide as a sign: blanks are half as wide in the first font."""
_LONG = re.compile(r"(?<= <)[0-9A-F]{5,6}(?=>)")
"""A code point beyond FFFF, where a table from glyphs to text wants UTF-16."""


class FontError(Exception):
    """A font's file is not there or cannot be used."""


class _Face(TTFont):  # type: ignore[misc]
    """A font whose rare characters, too, can be searched and copied from the PDF."""

    def addObjects(self, doc: PDFDocument) -> None:
        """Add the font; write its tables to text again, in UTF-16 (ISO 32000-1, 9.10.3)."""
        super().addObjects(doc)
        for name, table in doc.idToObject.items():
            if name.startswith("toUnicodeCMap:"):
                table.content = _LONG.sub(_as_utf16, table.content)


def _as_utf16(found: re.Match[str]) -> str:
    return chr(int(found[0], 16)).encode("utf-16-be").hex().upper()


_in_use: list[Font] = []


def use_fonts(fonts: Sequence[Font]) -> None:
    """Draw with these fonts from now on; load the first. Raise FontError."""
    _in_use[:] = fonts
    _codes.cache_clear()
    _font_of.cache_clear()
    _codes(fonts[0])


def main_font() -> str:
    """Return the name of the first font."""
    return _in_use[0].path


def settable(text: str) -> str:
    """Leave out what no eye can see and put the lacking mark for what no font has.

    Raise FontError where a font that may have a sign is not there.
    """
    spaced = text.replace("\t", " ").replace("\u3000", _EM)
    return "".join(sign if _font_of(sign) else LACKING for sign in seen(spaced))


def width_of(text: str, size_pt: float) -> float:
    """Return the width of a line of text, in points."""
    width: float = sum(pdfmetrics.stringWidth(run, name, size_pt) for name, run in _runs(text))
    return width


def draw_text(
    canvas: Canvas, x: float, y: float, text: str, size_pt: float, weight_pt: float = 0.0
) -> None:
    """Draw a line of text; with a weight, its glyphs are outlined as well as filled (PDF's text
    render mode 2).
    """
    canvas.saveState()
    canvas.setLineWidth(weight_pt)
    for name, run in _runs(text):
        canvas.setFont(name, size_pt)
        canvas.drawString(x, y, run, mode=2 if weight_pt else None)
        x += pdfmetrics.stringWidth(run, name, size_pt)
    canvas.restoreState()


def _runs(text: str) -> Iterator[tuple[str, str]]:
    """Yield a line in pieces of one font each, with its name."""
    for name, run in groupby(text, _font_of):
        yield name or main_font(), "".join(run)


@cache
def _font_of(sign: str) -> str:
    """Return the name of the first font that has a sign; empty when none has it."""
    if is_private(sign):
        return ""
    return next((font.path for font in _in_use if ord(sign) in _codes(font)), "")


@cache
def _codes(font: Font) -> frozenset[int]:
    """Register a font, when a sign is the first to need it; return the code points it has an
    outline for. (Some have an empty one where they mean to have none.)

    A collection (.ttc) gives its first face; only TrueType outlines can be embedded.
    """
    if not Path(font.path).is_file():
        raise FontError(
            f"缺少字体文件 {font.path}，请安装 Debian 软件包 {font.package}"
            f"（apt install {font.package}）"
        )
    try:
        face = _Face(font.path, font.path, subfontIndex=0)
    except (TTFError, OSError) as error:
        raise FontError(
            f"字体 {font.path} 不能用：{error}；请重装 Debian 软件包 {font.package}"
        ) from error
    pdfmetrics.registerFont(face)
    starts = face.face.glyphPos
    return frozenset(
        code
        for code, glyph in face.face.charToGlyph.items()
        if code == _BLANK or starts[glyph] < starts[glyph + 1]
    )
