"""What stands on a sheet of paper: blocks in their order, with every word in place.

Lengths are millimetres, sizes points.

This is also what goes to the drawing child, as JSON.
"""

from __future__ import annotations

import enum

import msgspec


class Align(enum.StrEnum):
    """Where a line of text stands."""

    LEFT = "left"
    CENTRE = "centre"


class Block(msgspec.Struct, frozen=True, omit_defaults=True):
    """The base of everything that stands on a sheet."""


class Text(Block, frozen=True, tag="text"):
    """A paragraph; line ends in it are kept.

    `weight_pt` thickens the strokes: the fonts have one weight only.
    """

    text: str
    size_pt: float = 10.5
    weight_pt: float = 0.0
    align: Align = Align.LEFT


class Items(Block, frozen=True, tag="items"):
    """A list with one mark for all its lines ("√"), or numbered when `mark` is empty."""

    items: tuple[str, ...]
    mark: str = ""
    size_pt: float = 10.5
    weight_pt: float = 0.0


class Choice(msgspec.Struct, frozen=True):
    """One of several things to tick."""

    text: str
    ticked: bool


class Ticks(Block, frozen=True, tag="ticks"):
    """Choices in running text, a box before each."""

    choices: tuple[Choice, ...]


class Picture(Block, frozen=True, tag="picture"):
    """A photo from a file, within this box; `absent` stands there when there is no file, or none
    that can be read.
    """

    path: str = ""
    absent: str = ""
    width_mm: float = 56.0
    height_mm: float = 31.5


class Signature(Block, frozen=True, tag="signature"):
    """A signature from its strokes (`kiosk.records.checks.facts.CheckSigned`)."""

    strokes: tuple[tuple[int, ...], ...]
    width_mm: float = 50.0


class Space(Block, frozen=True, tag="space"):
    """Room to write in by hand."""

    height_mm: float


class Beside(Block, frozen=True, tag="beside"):
    """Blocks on the left, a picture or signature on the right."""

    left: tuple[AnyBlock, ...]
    picture: Picture | Signature


class Band(Block, frozen=True, tag="band"):
    """A row of a form: its label in the narrow column, its parts one above the other next to it,
    ruled off.
    """

    label: str
    parts: tuple[tuple[AnyBlock, ...], ...]
    least_mm: float = 0.0
    """The least height of each part."""


class Grid(Block, frozen=True, tag="grid"):
    """A table with headings; `shares` are the columns' parts of the width."""

    headings: tuple[str, ...]
    shares: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]


class Board(Block, frozen=True, tag="board"):
    """Squared paper to draw on."""

    height_mm: float


class Sticker(msgspec.Struct, frozen=True):
    """A numbered sticker; `code` is what its QR code says to a phone."""

    number: int
    title: str
    text: str
    code: str


class Stickers(Block, frozen=True, tag="stickers"):
    """Stickers to cut out, two in a row."""

    stickers: tuple[Sticker, ...]


AnyBlock = (
    Text | Items | Ticks | Picture | Signature | Space | Beside | Band | Grid | Board | Stickers
)


class Sheet(msgspec.Struct, frozen=True, omit_defaults=True):
    """One form. It begins on a page of its own and takes as many pages as it needs."""

    title: str
    body: tuple[AnyBlock, ...]
    corner: str = ""
    """What stands above the title, at the left (附件2)."""
    lead: str = ""
    """Whose form it is, under the title."""
    foot: str = ""
    """At the bottom of each page, next to its number."""
    stamp: str = ""
    """A word across the corner of each page (补录)."""


class Font(msgspec.Struct, frozen=True):
    """A font's file, and the Debian package that brings it."""

    path: str
    package: str


class Job(msgspec.Struct, frozen=True):
    """The input of the drawing child: the fonts, each for what those before it lack; how pages are
    counted ("第{page}页 共{pages}页"); and the sheets.
    """

    fonts: tuple[Font, ...]
    counted: str
    sheets: tuple[Sheet, ...]
