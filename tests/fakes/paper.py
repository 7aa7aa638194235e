"""A printed form as its reader sees it: text and pictures of its pages."""

from __future__ import annotations

import io

import pypdfium2
from PIL import Image, ImageChops, ImageDraw, ImageStat

_SCALE = 2.0
"""Pixels a point."""


class Paper:
    """A PDF, printed."""

    def __init__(self, pdf: bytes, scale: float = _SCALE) -> None:
        self.pdf = pdf
        document = pypdfium2.PdfDocument(pdf)
        self.sizes = [page.get_size() for page in document]
        self.pages = [page.render(scale=scale).to_pil().convert("RGB") for page in document]
        self.texts = [_plain(page.get_textpage().get_text_range()) for page in document]
        document.close()

    @property
    def text(self) -> str:
        """Return all that is written, without blanks and line ends."""
        return "".join(self.texts)

    def photos(self, page: int = 0) -> list[Image.Image]:
        """Return the photos on a page, from the top."""
        return [self.pages[page].crop(box) for box in self.frames(page)]

    def frames(self, page: int = 0) -> list[tuple[int, int, int, int]]:
        """Return where photos of 16 : 9 stand, in pixels: where the page is coloured."""
        colour = ImageChops.difference(*self.pages[page].split()[:2]).point(
            lambda value: 255 * (value > 24)
        )
        return _boxes(colour)


def a_picture(red: int, green: int, blue: int) -> bytes:
    """Return a JPEG like the station's: 1280 by 720, told from others by its colours and shapes."""
    image = Image.new("RGB", (1280, 720), (red, green, blue))
    pen = ImageDraw.Draw(image)
    pen.ellipse((100 + red, 100, 500 + red, 500), fill=(blue, red, green))
    pen.rectangle((700, 200 + green // 2, 1100, 500 + green // 2), fill=(green, blue, red))
    file = io.BytesIO()
    image.save(file, "JPEG", quality=85)
    return file.getvalue()


def ink(paper: Paper, page: int, box: tuple[float, float, float, float]) -> float:
    """Return how dark a part of a page is on average, 0 to 255; the box in millimetres from the
    upper left corner.
    """
    pixels = [round(value / 25.4 * 72 * _SCALE) for value in box]
    part = paper.pages[page].crop((pixels[0], pixels[1], pixels[2], pixels[3])).convert("L")
    return 255.0 - ImageStat.Stat(part).mean[0]


def changed_mm(one: Paper, other: Paper, page: int = 0) -> tuple[float, float]:
    """Return width and height of the part of a page in which two papers differ."""
    box = ImageChops.difference(one.pages[page], other.pages[page]).getbbox() or (0, 0, 0, 0)
    return tuple((box[side + 2] - box[side]) / _SCALE / 72 * 25.4 for side in (0, 1))  # type: ignore[return-value]


def _plain(text: str) -> str:
    return "".join(text.replace("\ufffe", "").split())


def alike(part: Image.Image, picture: bytes) -> bool:
    """Return whether a part of a page is this picture, as printing changes it."""
    wanted = Image.open(io.BytesIO(picture)).convert("RGB")
    size = (64, 36)
    difference = ImageChops.difference(part.resize(size), wanted.resize(size))
    return max(ImageStat.Stat(difference).mean) < 12


def _boxes(mask: Image.Image) -> list[tuple[int, int, int, int]]:
    """Split a mask into boxes, by empty rows."""
    wide = mask.getbbox()
    if wide is None:
        return []
    left, _, right, _ = wide
    rows = mask.crop((left, 0, right, mask.height)).reduce((max(1, right - left), 1)).tobytes()
    boxes: list[tuple[int, int, int, int]] = []
    start: int | None = None
    for y, value in enumerate([*rows, 0]):
        if value and start is None:
            start = y
        elif not value and start is not None:
            boxes.append((left, start, right, y))
            start = None
    return boxes
