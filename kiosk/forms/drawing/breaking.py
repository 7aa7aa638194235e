"""Breaking text into lines as Chinese is set: no line begins with a closing mark or ends with an
opening one (避头尾), and no number, blank or phrase is broken that fits on a line of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

Measure = Callable[[str], float]
"""Returns the width of a piece of text."""

_NOT_FIRST = frozenset("，。、；：？！）》】〕」』”’…—％,.;:?!)]}%℃·")
_NOT_LAST = frozenset("（《【〔「『“‘([{")
_PIECE = re.compile(
    r"第[一二三四五六七八九十百\d]+[章条款项号页步]"
    r"|[A-Za-z0-9_]+(?:[-./:][A-Za-z0-9_]+)*(?:(?<=\d)[年月日时分秒天次人步级米吨度])?"
    r"|＿+|\s+|.",
    re.DOTALL,
)
_PHRASE = re.compile(r".+?(?:\s{2,}|$)", re.DOTALL)
"""What stands apart in a line: "岗位：电焊工" and the gap after it."""


def broken(text: str, width: float, measure: Measure) -> list[str]:
    """Break text into lines no wider than `width` (blanks at a line's end apart).

    Joined, the lines are the text again.

    What has no place to break, such as a long word, is broken anywhere.
    """
    lines, line, used = [], "", 0.0
    for phrase in _PHRASE.findall(text):
        whole = measure(phrase.rstrip())
        if line and used + whole > width >= whole:
            lines.append(line)
            line, used = "", 0.0
        for unit in _fitting(_units(phrase), width, measure):
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
