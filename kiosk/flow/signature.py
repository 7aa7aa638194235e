"""What counts as a signature: a line with a length and an extent, inside the field."""

from __future__ import annotations

from itertools import chain, pairwise
from math import dist

_LEAST_POINTS = 8
_LEAST_PATH = 200
_LEAST_EXTENT = 100
"""About two centimetres of line and one of width or height on a seven-inch screen: dots are no
name.
"""
_MOST_NUMBERS = 30_000
_LONGEST_MS = 3_600_000
FIELD_WIDTH, FIELD_HEIGHT = 1000, 400


def is_signature(strokes: tuple[tuple[int, ...], ...]) -> bool:
    """Return whether strokes, as in `kiosk.records.checks.facts.CheckSigned`, are a name."""
    numbers = sum(len(stroke) for stroke in strokes)
    # A point is three numbers: x, y and the time.
    if not 3 * _LEAST_POINTS <= numbers <= _MOST_NUMBERS:
        return False
    return all(len(stroke) % 3 == 0 and _inside(stroke) for stroke in strokes) and _is_written(
        strokes
    )


def _inside(stroke: tuple[int, ...]) -> bool:
    return (
        all(0 <= x <= FIELD_WIDTH for x in stroke[0::3])
        and all(0 <= y <= FIELD_HEIGHT for y in stroke[1::3])
        and all(0 <= t <= _LONGEST_MS for t in stroke[2::3])
    )


def _is_written(strokes: tuple[tuple[int, ...], ...]) -> bool:
    points = [list(zip(stroke[0::3], stroke[1::3], strict=True)) for stroke in strokes]
    path = sum(dist(a, b) for stroke in points for a, b in pairwise(stroke))
    xs, ys = zip(*chain.from_iterable(points), strict=True)
    return path >= _LEAST_PATH and max(max(xs) - min(xs), max(ys) - min(ys)) >= _LEAST_EXTENT
