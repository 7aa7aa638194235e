"""The ruled parts of a form: a row with its label, text beside a picture, a table."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.lib.units import mm

from kiosk.forms.drawing.flowable import Flowable
from kiosk.forms.drawing.font import draw_text, settable, width_of
from kiosk.forms.drawing.pictures import Ink, Photo
from kiosk.forms.drawing.stack import draw as draw_stack
from kiosk.forms.drawing.stack import height_of, parted
from kiosk.forms.drawing.text import paragraphs
from kiosk.forms.sheet import Align, Text

_LABEL_WIDTH = 23 * mm
_LABEL_SIZE = 12.0
_LABEL_LEADING = 16.5
_PAD = 4.0
_RULE = 0.8


class BandRow(Flowable):
    """A row of a form; it splits between its parts and within one, and its label stands on each
    page again.
    """

    ruled = True

    def __init__(
        self, label: str, parts: Sequence[Sequence[Flowable]], least: Sequence[float]
    ) -> None:
        self._label = label
        self._parts = parts
        self._least = least
        self._heights: list[float] = []

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Measure each part; the last also takes what the label still needs."""
        self.width = width
        inside = self._inside(width)
        self._heights = [
            max(least, height_of(self.canv, part, inside) + 2 * _PAD)
            for part, least in zip(self._parts, self._least, strict=True)
        ]
        self._heights[-1] += max(0.0, self._label_height() - sum(self._heights))
        return width, sum(self._heights)

    def split(self, width: float, height: float) -> list[Flowable]:
        """Return the row in two pieces, the first no higher than `height`; nothing when even the
        label has no room.
        """
        self.wrap(width, height)
        if height < self._label_height():
            return []
        left = height
        for index, part in enumerate(self._parts):
            if self._heights[index] <= left:
                left -= self._heights[index]
                continue
            fits, rest = parted(self.canv, part, self._inside(width), left - 2 * _PAD)
            if index and len(fits) == 1 < len(part) and fits[0] is part[0]:
                fits, rest = [], list(part)  # the heading of a part does not stay behind alone
            return self._pieces(index, fits, rest)
        return []

    def _pieces(self, index: int, fits: list[Flowable], rest: list[Flowable]) -> list[Flowable]:
        if not fits and index == 0:
            return []
        first = [*self._parts[:index], *([fits] if fits else [])]
        second = [rest, *self._parts[index + 1 :]]
        least_first = [*self._least[:index], *([0.0] if fits else [])]
        least_second = [0.0 if fits else self._least[index], *self._least[index + 1 :]]
        return [
            BandRow(self._label, first, least_first),
            BandRow(self._label, second, least_second),
        ]

    def draw(self) -> None:
        """Draw its lines and fill it."""
        canvas, height = self.canv, sum(self._heights)
        canvas.setLineWidth(_RULE)
        canvas.rect(0, 0, self.width, height)
        canvas.line(_LABEL_WIDTH, 0, _LABEL_WIDTH, height)
        self._draw_label(height)
        top = height
        for part, own in zip(self._parts, self._heights, strict=True):
            if top < height:
                canvas.line(_LABEL_WIDTH, top, self.width, top)
            draw_stack(canvas, part, _LABEL_WIDTH + _PAD, top - _PAD, self._inside(self.width))
            top -= own

    def _draw_label(self, height: float) -> None:
        lines = self._label_lines()
        top = (height + len(lines) * _LABEL_LEADING) / 2
        for index, line in enumerate(lines):
            base = top - (index + 1) * _LABEL_LEADING + 0.35 * _LABEL_LEADING
            words = settable(line)
            left = (_LABEL_WIDTH - width_of(words, _LABEL_SIZE)) / 2
            draw_text(self.canv, left, base, words, _LABEL_SIZE)

    def _label_lines(self) -> list[str]:
        """Return two signs a line, as the notice sets its labels."""
        return [self._label[start : start + 2] for start in range(0, len(self._label), 2)]

    def _label_height(self) -> float:
        return len(self._label_lines()) * _LABEL_LEADING + 6

    def _inside(self, width: float) -> float:
        inside: float = width - _LABEL_WIDTH - 2 * _PAD
        return inside


class Pair(Flowable):
    """Text with a picture at its right; a longer text goes on below the picture, on the next page
    too.
    """

    def __init__(self, left: Sequence[Flowable], photo: Photo | Ink | None) -> None:
        self._left = left
        self._photo = photo

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Return the greater height of both."""
        self.width = width
        return width, max(
            height_of(self.canv, self._left, self._beside(width)), self._photo_size()[1]
        )

    def split(self, width: float, height: float) -> list[Flowable]:
        """Split the text; the picture stays with its beginning."""
        if height < self._photo_size()[1]:
            return []
        fits, rest = parted(self.canv, self._left, self._beside(width), height)
        return [Pair(fits, self._photo), Pair(rest, None)] if fits and rest else []

    def draw(self) -> None:
        """Draw both from the top."""
        height = self.wrap(self.width, 0)[1]
        draw_stack(self.canv, self._left, 0, height, self._beside(self.width))
        if self._photo:
            photo_width, photo_height = self._photo_size()
            self._photo.draw_on(self.canv, self.width - photo_width, height - photo_height)

    def _photo_size(self) -> tuple[float, float]:
        return self._photo.wrap(0, 0) if self._photo else (0.0, 0.0)

    def _beside(self, width: float) -> float:
        return width - self._photo_size()[0] - (2 * mm if self._photo else 0)


class Table(Flowable):
    """A ruled table; its headings stand on each page again."""

    ruled = True

    def __init__(
        self, headings: tuple[str, ...], shares: tuple[float, ...], rows: Sequence[tuple[str, ...]]
    ):
        self._headings = headings
        self._shares = shares
        self._rows = rows
        self._cells = [
            _cells(row, centred=index == 0) for index, row in enumerate((headings, *rows))
        ]

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Measure each row by its highest cell."""
        self.width = width
        self._heights = [
            max(
                (
                    height_of(self.canv, cell, own - 2 * _PAD)
                    for cell, own in zip(row, self._widths(width), strict=True)
                ),
                default=0.0,
            )
            + 2 * _PAD
            for row in self._cells
        ]
        return width, sum(self._heights)

    def split(self, width: float, height: float) -> list[Flowable]:
        """Split between rows."""
        self.wrap(width, height)
        used, fitting = self._heights[0], 0
        for own in self._heights[1:]:
            if used + own > height:
                break
            used, fitting = used + own, fitting + 1
        if fitting in (0, len(self._rows)):
            return []
        return [
            Table(self._headings, self._shares, rows)
            for rows in (self._rows[:fitting], self._rows[fitting:])
        ]

    def draw(self) -> None:
        """Draw its lines and fill it."""
        canvas, top = self.canv, sum(self._heights)
        canvas.setLineWidth(_RULE)
        for row, height in zip(self._cells, self._heights, strict=True):
            x = 0.0
            for cell, width in zip(row, self._widths(self.width), strict=True):
                canvas.rect(x, top - height, width, height)
                draw_stack(canvas, cell, x + _PAD, top - _PAD, width - 2 * _PAD)
                x += width
            top -= height

    def _widths(self, width: float) -> list[float]:
        return [share / sum(self._shares) * width for share in self._shares]


def _cells(row: tuple[str, ...], *, centred: bool) -> list[list[Flowable]]:
    align = Align.CENTRE if centred else Align.LEFT
    return [paragraphs(Text(text, align=align)) for text in row]
