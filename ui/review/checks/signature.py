"""A signature drawn from its strokes.

Only whole numbers within the field get through, so nothing of what a browser once sent can become
markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

WIDTH, HEIGHT = 1000, 400
"""The field that strokes are recorded in (`kiosk.records.checks.facts.CheckSigned`)."""
Point = tuple[int, int]


def paths(strokes: Iterable[Sequence[int]]) -> tuple[str, ...]:
    """Return the data of one SVG path a stroke, for a view box of `WIDTH` x `HEIGHT`."""
    return tuple(_path(points) for points in map(_points, strokes) if points)


def _points(stroke: Sequence[int]) -> list[Point]:
    """Read x, y, t, x, y, t, …; an incomplete point at the end is left out."""
    return [
        (_within(x, WIDTH), _within(y, HEIGHT))
        for x, y, _ in zip(stroke[0::3], stroke[1::3], stroke[2::3], strict=False)
    ]


def _within(value: int, most: int) -> int:
    return max(0, min(most, int(value)))


def _path(points: list[Point]) -> str:
    """Curve through the middles between points, as a hand does; a single point becomes a dot."""
    (x, y), *rest = points
    if not rest:
        return f"M{x} {y}h0"
    curves = "".join(
        f"Q{here[0]} {here[1]} {(here[0] + after[0]) // 2} {(here[1] + after[1]) // 2}"
        for here, after in pairwise(rest)
    )
    return f"M{x} {y}{curves}L{rest[-1][0]} {rest[-1][1]}"
