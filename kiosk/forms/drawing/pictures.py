"""What is not text: photos, signatures, squared paper, stickers with their QR codes."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

import segno
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.platypus.flowables import Flowable

from kiosk.forms.drawing.font import NAME
from kiosk.forms.drawing.stack import draw as draw_stack
from kiosk.forms.drawing.stack import height_of
from kiosk.forms.drawing.text import paragraphs
from kiosk.forms.sheet import Align, Board, Picture, Signature, Space, Sticker, Text

_FIELD = (1000, 400)
"""Pixels of the field that strokes are recorded in (`kiosk.model.facts.CheckSigned`)."""
_LARGEST_PIXELS = 50_000_000


class Photo(Flowable):  # type: ignore[misc]
    """A photo within its box, or why there is none."""

    def __init__(self, picture: Picture) -> None:
        super().__init__()
        self._picture = picture
        self._image = _opened(picture.path)

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Give the size of the box."""
        return self._picture.width_mm * mm, self._picture.height_mm * mm

    def draw(self) -> None:
        """Draw it."""
        width, height = self.wrap(0, 0)
        if self._image is not None:
            self.canv.drawImage(self._image, 0, 0, width, height, preserveAspectRatio=True, anchor="c")
            return
        self.canv.saveState()
        self.canv.setDash(2, 2)
        self.canv.setLineWidth(0.6)
        self.canv.rect(0, 0, width, height)
        self.canv.restoreState()
        words = paragraphs(Text(self._picture.absent, size_pt=9.5, align=Align.CENTRE))
        inside = width - 8
        needed = height_of(self.canv, words, inside)
        draw_stack(self.canv, words, 4, (height + needed) / 2, inside)


def _opened(path: str) -> ImageReader | None:
    """Open a picture by its header; the file goes into the PDF as it is. None for no file, and for one that is no picture."""
    if not path or not Path(path).is_file():
        return None
    try:
        image = ImageReader(path)
        width, height = image.getSize()
    except (OSError, ValueError, SyntaxError):
        return None
    return image if 0 < width * height <= _LARGEST_PIXELS else None


class Ink(Flowable):  # type: ignore[misc]
    """A signature, drawn anew from its points."""

    def __init__(self, signature: Signature) -> None:
        super().__init__()
        self._signature = signature

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Give the size of the field."""
        width = self._signature.width_mm * mm
        return width, width * _FIELD[1] / _FIELD[0]

    def draw(self) -> None:
        """Draw each stroke; a single point is a dot."""
        scale = self._signature.width_mm * mm / _FIELD[0]
        canvas = self.canv
        canvas.saveState()
        canvas.setLineWidth(1.3)
        canvas.setLineCap(1)
        canvas.setLineJoin(1)
        for stroke in self._signature.strokes:
            points = [
                (_within(x, _FIELD[0]) * scale, (_FIELD[1] - _within(y, _FIELD[1])) * scale)
                for x, y, _ in zip(stroke[0::3], stroke[1::3], stroke[2::3], strict=False)
            ]
            if points:
                path = canvas.beginPath()
                path.moveTo(*points[0])
                for point in points[1:] or points:
                    path.lineTo(*point)
                canvas.drawPath(path)
        canvas.restoreState()


def _within(value: int, most: int) -> int:
    return max(0, min(most, value))


class Room(Flowable):  # type: ignore[misc]
    """Nothing, so high."""

    def __init__(self, space: Space) -> None:
        super().__init__()
        self._height = space.height_mm * mm

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Give its size."""
        return width, self._height

    def draw(self) -> None:
        """Leave it empty."""


class Squares(Flowable):  # type: ignore[misc]
    """Squared paper: five millimetres a square."""

    def __init__(self, board: Board) -> None:
        super().__init__()
        self._height = board.height_mm * mm

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Give its size."""
        self.width = width
        return width, self._height

    def draw(self) -> None:
        """Rule it."""
        canvas, step = self.canv, 5 * mm
        canvas.saveState()
        canvas.setStrokeGray(0.8)
        canvas.setLineWidth(0.3)
        for index in range(1, int(self.width / step) + 1):
            canvas.line(index * step, 0, index * step, self._height)
        for index in range(1, int(self._height / step) + 1):
            canvas.line(0, self._height - index * step, self.width, self._height - index * step)
        canvas.restoreState()
        canvas.setLineWidth(0.8)
        canvas.rect(0, 0, self.width, self._height)


class StickerRow(Flowable):  # type: ignore[misc]
    """Up to two stickers side by side, with dashed lines to cut along."""

    HEIGHT = 46 * mm
    MOST = 2

    def __init__(self, stickers: tuple[Sticker, ...]) -> None:
        super().__init__()
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


def _draw_code(canvas: object, code: str, x: float, y: float, side: float) -> None:
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
                canvas.rect(x + column * module, bottom, length * module, module * 1.02, stroke=0, fill=1)  # type: ignore[attr-defined]
            column += length
