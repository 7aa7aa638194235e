"""What is not text: photos, signatures, room and squared paper."""

from __future__ import annotations

from pathlib import Path

from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader

from kiosk.forms.drawing.flowable import Flowable
from kiosk.forms.drawing.stack import draw as draw_stack
from kiosk.forms.drawing.stack import height_of
from kiosk.forms.drawing.text import paragraphs
from kiosk.forms.sheet import Align, Board, Picture, Signature, Space, Text

_FIELD = (1000, 400)
"""Pixels of the field that strokes are recorded in (`kiosk.records.checks.facts.CheckSigned`)."""
_LARGEST_PIXELS = 50_000_000


class Photo(Flowable):
    """A photo within its box, or why there is none."""

    def __init__(self, picture: Picture) -> None:
        self._picture = picture
        self._image = _opened(picture.path)

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Return the size of the box."""
        return self._picture.width_mm * mm, self._picture.height_mm * mm

    def draw(self) -> None:
        """Draw it."""
        width, height = self.wrap(0, 0)
        if self._image is not None:
            self.canv.drawImage(
                self._image, 0, 0, width, height, preserveAspectRatio=True, anchor="c"
            )
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
    """Open a picture by its header; the file goes into the PDF as it is.

    None for no file, and for one that is no picture.
    """
    if not path or not Path(path).is_file():
        return None
    try:
        image = ImageReader(path)
        width, height = image.getSize()
    except (OSError, ValueError, SyntaxError):
        return None
    return image if 0 < width * height <= _LARGEST_PIXELS else None


class Ink(Flowable):
    """A signature, drawn from its points."""

    def __init__(self, signature: Signature) -> None:
        self._signature = signature

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Return the size of the field."""
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


class Room(Flowable):
    """Nothing, so high."""

    def __init__(self, space: Space) -> None:
        self._height = space.height_mm * mm

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Return its size."""
        return width, self._height

    def draw(self) -> None:
        """Leave it empty."""


class Squares(Flowable):
    """Squared paper: five millimetres a square."""

    def __init__(self, board: Board) -> None:
        self._height = board.height_mm * mm

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Return its size."""
        self.width = width
        return width, self._height

    def draw(self) -> None:
        """Draw the lines."""
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
