"""Flowables one above the other: how high they are, where they can be parted, and drawing them."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.pdfgen.canvas import Canvas

from kiosk.forms.drawing.flowable import Flowable

GAP = 1.2
_ROUNDING = 1e-6


def height_of(canvas: Canvas, flowables: Sequence[Flowable], width: float) -> float:
    """Return the height of a stack at this width, in points."""
    heights: list[float] = [flowable.wrap_on(canvas, width, 1e6)[1] for flowable in flowables]
    return sum(heights) + GAP * max(0, len(heights) - 1)


def parted(
    canvas: Canvas, flowables: Sequence[Flowable], width: float, height: float
) -> tuple[list[Flowable], list[Flowable]]:
    """Split a stack into what fits into `height` and the rest, within a flowable where it can be
    split.
    """
    fits: list[Flowable] = []
    left = height
    for index, flowable in enumerate(flowables):
        rest = list(flowables[index + 1 :])
        needed = flowable.wrap_on(canvas, width, left)[1]
        if needed <= left + _ROUNDING:
            fits.append(flowable)
            left -= needed + GAP
            continue
        pieces = flowable.split_on(canvas, width, left) if left > 0 else []
        if len(pieces) > 1 and pieces[0].wrap_on(canvas, width, left)[1] <= left + _ROUNDING:
            inner, more = parted(canvas, pieces, width, left)
            return [*fits, *inner], [*more, *rest]
        return fits, [flowable, *rest]
    return fits, []


def draw(canvas: Canvas, flowables: Sequence[Flowable], x: float, top: float, width: float) -> None:
    """Draw a stack downwards from `top`."""
    for flowable in flowables:
        height = flowable.wrap_on(canvas, width, 1e6)[1]
        flowable.draw_on(canvas, x, top - height)
        top -= height + GAP
