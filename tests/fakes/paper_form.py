"""A paper form as a supervisor types it in (补录), and what comes of it."""

from __future__ import annotations

import io
from typing import Any

import httpx2
from PIL import Image, ImageDraw

from kiosk.model.content import Part
from kiosk.records import facts as f
from tests.fakes.desk import DAY, Desk
from tests.fakes.visitor import Visitor, token_on

GOOD: dict[str, Any] = {
    "worker": "A002",
    "post": "welder",
    "shift_on": DAY.isoformat(),
    "shift": "白班",
    "works": "hot-work",
    **{f"answer_{part}": "ok" for part in Part},
    "answer_tools": "not_ok",
    "reason_tools_not_ok": "broken",
    "reason_tools_not_applicable": "",
    "cause": "power",
    "kept_at": "安全科3号柜",
}


def enter(visitor: Visitor, picture: bytes | None = None, /, **changes: Any) -> httpx2.Response:
    """Fill in the form and send it, with a photo of the paper where there is one."""
    data = {"csrf_token": token_on(visitor.get("/papers/new")), **GOOD, **changes}
    return visitor.post(
        "/papers/new", data=data, files={"photo_file": ("paper.jpg", picture)} if picture else None
    )


def correct(
    visitor: Visitor, paper: str, picture: bytes | None = None, /, why: str = "岗位选错了", **changes: Any
) -> httpx2.Response:
    """Send the form that corrects one."""
    return enter(visitor, picture, corrects=paper, why=why, **changes)


def entered(desk: Desk) -> list[f.PaperEntered]:
    """Give what is on record, corrections included."""
    return [entry.fact for entry in desk.journal.entries() if isinstance(entry.fact, f.PaperEntered)]


def a_paper_photo(kind: str = "JPEG", size: tuple[int, int] = (1200, 1600)) -> bytes:
    """Photograph a paper form: lines on white, held by a phone that notes where it is and which way up."""
    image = Image.new("RGB", size, (250, 248, 240))
    pen = ImageDraw.Draw(image)
    for y in range(100, size[1] - 100, 60):
        pen.line((80, y, size[0] - 80, y), fill=(30, 30, 90), width=3)
    pen.rectangle((80, 80, 400, 300), fill=(190, 30, 30))
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90°
    exif[0x010F] = "PhoneMaker"
    exif.get_ifd(0x8825)[1] = "N"  # GPS
    written = io.BytesIO()
    image.save(written, kind, exif=exif)
    return written.getvalue()
