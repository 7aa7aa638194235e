"""Breaking text into lines as Chinese is set: no line begins with a closing mark or ends with an
opening one (避头尾).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

Measure = Callable[[str], float]
"""Returns the width of a piece of text."""

_NOT_FIRST = frozenset("，。、；：？！）》】〕」』”’…—％,.;:?!)]}%·")
_NOT_LAST = frozenset("（《【〔「『“‘([{")
_PIECE = re.compile(r"[A-Za-z0-9_]+|\s+|.", re.DOTALL)


def broken(text: str, width: float, measure: Measure) -> list[str]:
    """Break text into lines no wider than `width` (blanks at a line's end apart).

    Joined, the lines are the text again.

    What has no place to break, such as a long word, is broken anywhere.
    """
    lines, line, used = [], "", 0.0
    for unit in _fitting(_units(text), width, measure):
        wide = measure(unit)
        if line and used + wide > width and unit.strip():
            lines.append(line)
            line, used = "", 0.0
        line += unit
        used += wide
    return [*lines, line]


def _units(text: str) -> Iterator[str]:
    """Yield what must stay on one line: a word, or a sign with the marks that may not leave it."""
    unit = ""
    for piece in _PIECE.findall(text):
        if unit and piece[0] not in _NOT_FIRST and unit[-1] not in _NOT_LAST:
            yield unit
            unit = ""
        unit += piece
    if unit:
        yield unit


def _fitting(units: Iterator[str], width: float, measure: Measure) -> Iterator[str]:
    for unit in units:
        if measure(unit) <= width:
            yield unit
        else:
            yield from unit
