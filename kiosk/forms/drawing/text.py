"""Paragraphs, lists and ticks. Text is drawn sign by sign as it is: there is no markup in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from msgspec.structs import replace

from kiosk.forms.drawing.breaking import broken
from kiosk.forms.drawing.flowable import Flowable
from kiosk.forms.drawing.font import draw_text, settable, width_of
from kiosk.forms.sheet import Align, Choice, Items, Text, Ticks

_LEADING = 1.4
_BASE = 0.3
"""From the lower edge of a line to the feet of its letters, as a part of the size."""


class Lines(Flowable):
    """A paragraph, with a mark before its first line when it is an item of a list."""

    def __init__(self, text: str, form: Text, mark: str = "", indent: float = 0.0) -> None:
        self._text = text
        self._form = form
        self._mark = mark
        self._indent = indent
        self._lines: list[str] = []

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Break into lines and return the size; an empty paragraph is a line high."""
        self.width = width
        measure = partial(width_of, size_pt=self._form.size_pt)
        self._lines = broken(self._text, width - self._indent, measure)
        return width, len(self._lines) * self._step

    def split(self, width: float, height: float) -> list[Flowable]:
        """Split between lines."""
        self.wrap(width, height)
        fitting = int(height // self._step)
        if not 0 < fitting < len(self._lines):
            return []
        first, rest = "".join(self._lines[:fitting]), "".join(self._lines[fitting:])
        return [
            Lines(first, self._form, self._mark, self._indent),
            Lines(rest, self._form, indent=self._indent),
        ]

    def draw(self) -> None:
        """Draw it."""
        size, canvas = self._form.size_pt, self.canv
        base = len(self._lines) * self._step - self._step + _BASE * size
        draw_text(canvas, 0, base, self._mark, size, self._form.weight_pt)
        for line in self._lines:
            words = line.rstrip()
            spare = self.width - self._indent - width_of(words, size)
            x = self._indent + (spare / 2 if self._form.align is Align.CENTRE else 0.0)
            draw_text(canvas, x, base, words, size, self._form.weight_pt)
            base -= self._step

    @property
    def _step(self) -> float:
        return self._form.size_pt * _LEADING


def paragraphs(text: Text) -> list[Flowable]:
    """Make a paragraph of each line."""
    return [Lines(settable(line), text) for line in text.text.split("\n")]


def listed(items: Items) -> list[Flowable]:
    """Make a paragraph of each item, its mark or number before it."""
    form = Text("", size_pt=items.size_pt, weight_pt=items.weight_pt)
    marks = [items.mark or f"{number}." for number in range(1, len(items.items) + 1)]
    indent = (
        max((width_of(mark, items.size_pt) for mark in marks), default=0.0) + items.size_pt * 0.4
    )
    return [
        Lines(settable(item), form, mark, indent)
        for item, mark in zip(items.items, marks, strict=True)
    ]


class TickLine(Flowable):
    """One line of choices, a box before each, √ in those that are ticked."""

    def __init__(self, choices: Sequence[Choice], size_pt: float) -> None:
        self._choices = choices
        self._size_pt = size_pt

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Return its size."""
        return width, self._size_pt * _LEADING

    def draw(self) -> None:
        """Draw it."""
        canvas, size, x, base = self.canv, self._size_pt, 0.0, self._size_pt * _BASE
        for choice in self._choices:
            canvas.setLineWidth(0.6)
            canvas.rect(x + 1, base - 0.8, size - 2, size - 2)
            if choice.ticked:
                draw_text(canvas, x, base + 0.3, "√", size, 0.5)
            weight = 0.35 if choice.ticked else 0.0
            draw_text(canvas, x + size, base, settable(choice.text), size, weight)
            x += _width(choice, size)


class LongTick(Flowable):
    """One choice of several lines, its box before the first."""

    def __init__(self, choice: Choice, size_pt: float) -> None:
        self._box = TickLine((replace(choice, text=""),), size_pt)
        form = Text("", size_pt, 0.35 if choice.ticked else 0)
        self._words = Lines(settable(choice.text), form, indent=size_pt)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return the size of its words."""
        return self._words.wrap(width, height)

    def draw(self) -> None:
        """Draw the box beside the first line."""
        upper = self._words.wrap(self._words.width, 0)[1] - self._box.wrap(0, 0)[1]
        self._words.draw_on(self.canv, 0, 0)
        self._box.draw_on(self.canv, 0, upper)


def _width(choice: Choice, size_pt: float) -> float:
    return size_pt + width_of(settable(choice.text), size_pt) + size_pt * 0.25


class TickBox(Flowable):
    """All choices; its lines depend on the width it gets."""

    def __init__(self, ticks: Ticks, size_pt: float = 10.5) -> None:
        self._choices = ticks.choices
        self._size_pt = size_pt
        self._lines: list[Flowable] = []

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Break into lines and return the size."""
        self.width = width
        self._lines = [
            self._line(line, width) for line in _rows(self._choices, width, self._size_pt)
        ]
        return width, sum(line.wrap(width, 0)[1] for line in self._lines)

    def split(self, width: float, height: float) -> list[Flowable]:
        """Split between lines."""
        self.wrap(width, height)
        return [*self._lines] if self._lines[0].wrap(width, 0)[1] <= height else []

    def draw(self) -> None:
        """Draw all lines."""
        lower = sum(line.wrap(self.width, 0)[1] for line in self._lines)
        for line in self._lines:
            lower -= line.wrap(self.width, 0)[1]
            line.draw_on(self.canv, 0, lower)

    def _line(self, choices: list[Choice], width: float) -> Flowable:
        """Return a line of choices; one that is wider than the line goes on below, like an item of
        a list.
        """
        if len(choices) == 1 and _width(choices[0], self._size_pt) > width:
            return LongTick(choices[0], self._size_pt)
        return TickLine(choices, self._size_pt)


def _rows(choices: Iterable[Choice], width: float, size_pt: float) -> Iterator[list[Choice]]:
    line: list[Choice] = []
    used = 0.0
    for choice in choices:
        needed = _width(choice, size_pt)
        if line and used + needed > width:
            yield line
            line, used = [], 0.0
        line.append(choice)
        used += needed
    if line:
        yield line
