"""Pictures of targets that supervisors sent, kept by their digest until a pack is published with
them.

The station decodes no picture: it reads how large a JPEG says to be, which is what a screen would
have to draw.
"""

from __future__ import annotations

import hashlib
import os
import re
import uuid
from collections.abc import Iterable
from pathlib import Path

from kiosk.journal.storage import make_folder, sync_folder
from kiosk.model.content import Pack
from kiosk.packs.writing import write_file

MOST_KB = 2048
MOST_PX = 2000
_DIGEST = re.compile(r"[0-9a-f]{64}")
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}\.(jpg|png|svg)")
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Markers of a JPEG's frame header (ITU-T T.81, table B.1): SOF without DHT, JPG and DAC."""


class Pictures:
    """The pictures in a folder, named by their SHA-256."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, jpeg: bytes) -> str:
        """Keep a JPEG durably, and return its digest, hex. Raise OSError."""
        digest = hashlib.sha256(jpeg).hexdigest()
        place = self._folder / digest
        if not place.exists():
            make_folder(self._folder)
            temporary = self._folder / f".{uuid.uuid4().hex}"
            write_file(temporary, jpeg)
            temporary.rename(place)
            sync_folder(self._folder)
        os.utime(place)  # of those not used by any pack, the oldest go first
        return digest

    def path(self, digest: str) -> Path | None:
        """Return the file of a picture; None for what is not here or is no digest."""
        place = self._folder / digest
        return place if _DIGEST.fullmatch(digest) and place.is_file() else None

    def sweep(self, most: int) -> None:
        """Delete all but the newest; what a pack uses it has under a name of its own."""
        if not self._folder.is_dir():
            return
        files = sorted(self._folder.iterdir(), key=lambda file: file.stat().st_mtime, reverse=True)
        for file in files[most:]:
            file.unlink()


def pictures_of(packs: Iterable[Pack]) -> dict[str, Path]:
    """Return the pictures of packs by their digest."""
    files = (
        file
        for pack in packs
        if pack.folder
        for file in sorted(Path(pack.folder).glob("targets/[!.]*"))
    )
    return {hashlib.sha256(file.read_bytes()).hexdigest(): file for file in files}


def is_name(name: str) -> bool:
    """Return whether a picture may have this name in a pack that the station writes."""
    return _NAME.fullmatch(name) is not None


def jpeg_trouble(data: bytes) -> str:
    """Return a sentence on why these bytes cannot be a target's photo; empty when they can."""
    if len(data) > MOST_KB * 1024:
        return f"照片有 {len(data) // 1024} KB，最多 {MOST_KB} KB，请换一张小的"
    size = jpeg_size(data)
    if size is None:
        return "不是 JPEG 照片，请重新上传"
    if max(size) > MOST_PX:
        return f"照片有 {size[0]}×{size[1]} 点，每边最多 {MOST_PX} 点，请换一张小的"
    return ""


def jpeg_size(data: bytes) -> tuple[int, int] | None:
    """Read width and height from a JPEG's frame header, in pixels; None when there is none."""
    if not data.startswith(b"\xff\xd8"):
        return None
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4])
        if marker in _FRAMES:
            height, width = (int.from_bytes(data[at + place : at + place + 2]) for place in (5, 7))
            return (width, height) if width and height else None
        if length < 2:
            return None
        at += 2 + length
    return None
