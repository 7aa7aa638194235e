"""Stickers with their QR codes. Loaded for stickers only: segno takes as long to import as a page to draw."""

from __future__ import annotations

from itertools import groupby

import segno
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from kiosk.forms.drawing.flowable import Flowable
from kiosk.forms.drawing.font import NAME
from kiosk.forms.drawing.stack import draw as draw_stack
from kiosk.forms.drawing.stack import height_of
from kiosk.forms.drawing.text import paragraphs
from kiosk.forms.sheet import Align, Sticker, Text


class StickerRow(Flowable):
    """Up to two stickers side by side, with dashed lines to cut along."""

    ruled = True

    HEIGHT = 46 * mm
    MOST = 2

    def __init__(self, stickers: tuple[Sticker, ...]) -> None:
        self._stickers = stickers

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Give its size."""
        self.width = width
        return width, self.HEIGHT

    def draw(self) -> None:
        """Draw them."""
        each = self.width / self.MOST
        for index, sticker in enumerate(self._stickers):
            self._draw(sticker, index * each, each)

    def _draw(self, sticker: Sticker, x: float, width: float) -> None:
        canvas, height = self.canv, self.HEIGHT
        canvas.saveState()
        canvas.setDash(3, 2)
        canvas.setLineWidth(0.4)
        canvas.rect(x, 0, width, height)
        canvas.restoreState()
        pad, side, radius = 3 * mm, 25 * mm, 8 * mm
        _draw_code(canvas, sticker.code, x + width - pad - side, height - pad - side, side)
        centre_x, centre_y = x + pad + radius, height - pad - radius
        canvas.setLineWidth(1.6)
        canvas.circle(centre_x, centre_y, radius)
        size = 30 if sticker.number < 10 else 24
        canvas.setFont(NAME, size)
        canvas.drawCentredString(centre_x, centre_y - size * 0.36, str(sticker.number))
        beside = 2 * pad + 2 * radius
        title = paragraphs(Text(sticker.title, size_pt=8.5))
        draw_stack(canvas, title, x + beside, height - pad, width - beside - side - pad)
        words = paragraphs(Text(sticker.text, size_pt=13, weight_pt=0.3, align=Align.CENTRE))
        inside, room = width - 2 * pad, height - pad - side
        needed = height_of(canvas, words, inside)
        draw_stack(canvas, words, x + pad, (room + needed) / 2, inside)


def _draw_code(canvas: Canvas, code: str, x: float, y: float, side: float) -> None:
    """Draw a QR code with its quiet zone of four modules (ISO/IEC 18004) into a square of this side."""
    rows = [bytes(row) for row in segno.make(code, error="m", micro=False).matrix]
    module = side / (len(rows) + 8)
    for index, row in enumerate(rows):
        column = 4
        for is_dark, run in groupby(row):
            length = len(list(run))
            if is_dark:
                bottom = y + side - (index + 5) * module
                # A hair wider than a module: no white lines between rows on a printer.
                canvas.rect(x + column * module, bottom, length * module, module * 1.02, stroke=0, fill=1)
            column += length
