"""From blocks to flowables."""

from __future__ import annotations

from collections.abc import Iterable

from reportlab.lib.units import mm

from kiosk.forms import sheet as s
from kiosk.forms.drawing.flowable import Flowable
from kiosk.forms.drawing.pictures import Ink, Photo, Room, Squares
from kiosk.forms.drawing.rows import BandRow, Pair, Table
from kiosk.forms.drawing.text import TickBox, listed, paragraphs


def flowables(blocks: Iterable[s.AnyBlock]) -> list[Flowable]:
    """Make the flowables of blocks, in their order."""
    return [flowable for block in blocks for flowable in _made(block)]


def _made(block: s.AnyBlock) -> list[Flowable]:
    match block:
        case s.Text():
            return paragraphs(block)
        case s.Items():
            return listed(block)
        case s.Ticks():
            return [TickBox(block)]
        case s.Picture():
            return [Photo(block)]
        case s.Signature():
            return [Ink(block)]
        case s.Space():
            return [Room(block)]
        case s.Beside():
            picture = block.picture
            drawn = Ink(picture) if isinstance(picture, s.Signature) else Photo(picture)
            return [Pair(flowables(block.left), drawn)]
        case s.Band():
            parts = [flowables(part) for part in block.parts]
            return [BandRow(block.label, parts, [block.least_mm * mm] * len(parts))]
        case s.Grid():
            return [Table(block.headings, block.shares, block.rows)]
        case s.Board():
            return [Squares(block)]
        case s.Stickers():
            from kiosk.forms.drawing.stickers import StickerRow

            most = StickerRow.MOST
            return [
                StickerRow(block.stickers[start : start + most])
                for start in range(0, len(block.stickers), most)
            ]
