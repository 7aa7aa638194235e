"""Stickers with their QR codes.

Loaded for stickers only: segno takes as long to import as a page to draw.
"""

from __future__ import annotations

from itertools import groupby

import segno
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from kiosk.forms.drawing.flowable import Flowable
from kiosk.forms.drawing.font import draw_text, width_of
from kiosk.forms.drawing.stack import draw as draw_stack
from kiosk.forms.drawing.stack import height_of
from kiosk.forms.drawing.text import paragraphs
from kiosk.forms.sheet import Align, Sticker, Text

_PAD, _CODE, _RADIUS = 3 * mm, 25 * mm, 8 * mm
_BESIDE = 2 * _PAD + 2 * _RADIUS
"""Where the words next to the number begin."""


class StickerRow(Flowable):
    """Up to two stickers side by side, with dashed lines to cut along; higher than usual where the
    words need it.
    """

    ruled = True

    LEAST = 46 * mm
    MOST = 2

    def __init__(self, stickers: tuple[Sticker, ...]) -> None:
        self._stickers = stickers
        self._height = self.LEAST

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Return its size: that of the highest."""
        self.width = width
        each = width / self.MOST
        needed = (
            self._head(sticker, each) + self._words(sticker, each) + 3 * _PAD
            for sticker in self._stickers
        )
        self._height = max(self.LEAST, *needed)
        return width, self._height

    def draw(self) -> None:
        """Draw them."""
        each = self.width / self.MOST
        for index, sticker in enumerate(self._stickers):
            self._draw(sticker, index * each, each)

    def _head(self, sticker: Sticker, width: float) -> float:
        """Return the height of what stands above the words to call: the number, what it is about,
        and the code.
        """
        words = height_of(self.canv, _about(sticker), width - _BESIDE - _CODE - _PAD)
        return words if words > _CODE else float(_CODE)

    def _words(self, sticker: Sticker, width: float) -> float:
        return height_of(self.canv, _called(sticker), width - 2 * _PAD)

    def _draw(self, sticker: Sticker, x: float, width: float) -> None:
        canvas, height = self.canv, self._height
        canvas.saveState()
        canvas.setDash(3, 2)
        canvas.setLineWidth(0.4)
        canvas.rect(x, 0, width, height)
        canvas.restoreState()
        _draw_code(canvas, sticker.code, x + width - _PAD - _CODE, height - _PAD - _CODE, _CODE)
        _draw_number(canvas, sticker.number, x + _PAD + _RADIUS, height - _PAD - _RADIUS)
        draw_stack(
            canvas, _about(sticker), x + _BESIDE, height - _PAD, width - _BESIDE - _CODE - _PAD
        )
        room = height - _PAD - self._head(sticker, width)
        top = (room + self._words(sticker, width)) / 2
        draw_stack(canvas, _called(sticker), x + _PAD, top, width - 2 * _PAD)


def _about(sticker: Sticker) -> list[Flowable]:
    return paragraphs(Text(sticker.title, size_pt=8.5))


def _called(sticker: Sticker) -> list[Flowable]:
    return paragraphs(Text(sticker.text, size_pt=13, weight_pt=0.5, align=Align.CENTRE))


def _draw_number(canvas: Canvas, number: int, x: float, y: float) -> None:
    canvas.setLineWidth(1.6)
    canvas.circle(x, y, _RADIUS)
    size = 30 if number < 10 else 24
    words = str(number)
    draw_text(canvas, x - width_of(words, size) / 2, y - size * 0.36, words, size, 1.0)


def _draw_code(canvas: Canvas, code: str, x: float, y: float, side: float) -> None:
    """Draw a QR code with its quiet zone of four modules (ISO/IEC 18004) into a square of this
    side.
    """
    rows = [bytes(row) for row in segno.make(code, error="m", micro=False).matrix]
    module = side / (len(rows) + 8)
    for index, row in enumerate(rows):
        column = 4
        for is_dark, run in groupby(row):
            length = len(list(run))
            if is_dark:
                bottom = y + side - (index + 5) * module
                # A hair wider than a module: no white lines between rows on a printer.
                canvas.rect(
                    x + column * module, bottom, length * module, module * 1.02, stroke=0, fill=1
                )
            column += length
