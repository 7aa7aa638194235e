"""A sheet on its pages: title, body, foot.

Nothing is cut: what does not fit goes on on the next page.
"""

from __future__ import annotations

from collections.abc import Iterator

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from kiosk.forms.drawing.blocks import flowables
from kiosk.forms.drawing.flowable import Flowable
from kiosk.forms.drawing.font import draw_text, settable, width_of
from kiosk.forms.drawing.stack import draw as draw_stack
from kiosk.forms.drawing.text import paragraphs
from kiosk.forms.sheet import Align, Sheet, Text

_WIDTH, _HEIGHT = 595.276, 841.89
_SIDE, _TOP, _BOTTOM = 18 * mm, 12 * mm, 16 * mm
_INSIDE = _WIDTH - 2 * _SIDE
_TALL = _HEIGHT - _TOP - _BOTTOM
_FOOT_SIZE = 8.5
_STAMP_ROOM = 3 * mm
"""What a stamp takes from the top of a later page; on the first it stands next to the heading."""
_APART = 4.0

Placed = tuple[Flowable, float]
"""A flowable and its lower edge."""


class DoesNotFitError(Exception):
    """Something is higher than a page and cannot be split."""


def draw_sheet(canvas: Canvas, sheet: Sheet, counted: str) -> None:
    """Draw a sheet on as many pages as it needs; `counted` names page and pages."""
    pages = list(_laid_out(canvas, sheet))
    for number, placed in enumerate(pages, start=1):
        for flowable, lower in placed:
            flowable.draw_on(canvas, _SIDE, lower)
        if sheet.stamp:
            _stamp(canvas, sheet.stamp)
        _foot(canvas, sheet.foot, counted.format(page=number, pages=len(pages)))
        canvas.showPage()


def _laid_out(canvas: Canvas, sheet: Sheet) -> Iterator[list[Placed]]:
    waiting = [*_heading(sheet), *flowables(sheet.body)]
    top, repeated = _HEIGHT - _TOP, list[Flowable]()
    while waiting:
        placed: list[Placed] = []
        lower = top
        before: Flowable | None = None
        while waiting:
            flowable = waiting[0]
            # Ruled rows share a line; everything else stands a little apart.
            joined = before is None or (flowable.ruled and type(before) is type(flowable))
            apart = 0.0 if joined else _APART
            room = lower - apart - _BOTTOM
            height = flowable.wrap_on(canvas, _INSIDE, room)[1]
            if height > room:
                pieces = flowable.split_on(canvas, _INSIDE, room)
                if len(pieces) < 2 or pieces[0].wrap_on(canvas, _INSIDE, room)[1] > room:
                    break
                waiting[:1] = pieces
                continue
            lower -= apart + height
            placed.append((waiting.pop(0), lower))
            before = flowable
        if len(placed) <= len(repeated):
            raise DoesNotFitError(f"{sheet.title}: 有一项比一页还高（{height / mm:.0f} 毫米）")
        yield placed
        top = _HEIGHT - _TOP - (_STAMP_ROOM if sheet.stamp else 0.0)
        if waiting:  # a page that lies alone says what it belongs to
            repeated = paragraphs(Text(sheet.title, size_pt=10))
            waiting[:0] = repeated


def _heading(sheet: Sheet) -> list[Flowable]:
    corner = [Text(sheet.corner, size_pt=14)] if sheet.corner else []
    title = [Text(sheet.title, size_pt=19, weight_pt=0.4, align=Align.CENTRE)]
    lead = [Text(sheet.lead, size_pt=10)] if sheet.lead else []
    return [flowable for text in (*corner, *title, *lead) for flowable in paragraphs(text)]


def _foot(canvas: Canvas, foot: str, counted: str) -> None:
    number = settable(counted)
    right = _WIDTH - _SIDE - width_of(number, _FOOT_SIZE)
    draw_text(canvas, right, _BOTTOM - 6 * mm, number, _FOOT_SIZE)
    words = paragraphs(Text(foot, size_pt=_FOOT_SIZE))
    draw_stack(canvas, words, _SIDE, _BOTTOM - 6 * mm + _FOOT_SIZE, _INSIDE - 32 * mm)


def _stamp(canvas: Canvas, stamp: str) -> None:
    """Draw a framed word in the upper right corner, where every page shows it."""
    canvas.saveState()
    canvas.setLineWidth(1.6)
    word = settable(stamp)
    width = width_of(word, 18) + 14
    x, y = _WIDTH - _SIDE - width, _HEIGHT - _TOP - 20
    canvas.rect(x, y, width, 26)
    draw_text(canvas, x + 7, y + 7, word, 18, 0.5)
    canvas.restoreState()
