"""The shop's own photos, of targets and of paper forms: whatever somebody uploads becomes a JPEG of
a measured size without anything else in it.

A picture is decoded in a child process (`kiosk.uploads.photo_child`), never here.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from kiosk.uploads.answers import Refused
from kiosk.uploads.children import Limits, ask

MOST_UPLOAD_MB = 8
_ONE = Limits(memory_mb=512, cpu_s=20, wall_s=30, answer_kb=8192)
_MANY = Limits(memory_mb=512, cpu_s=60, wall_s=90, answer_kb=32768)
"""All the pictures of a pack together: one that takes long takes the time of the others."""
TARGET_PX, PAPER_PX, THUMBNAIL_PX = 1600, 2000, 480
"""The longer side: of a target's photo, of a paper form (A4 at 170 dots an inch), of what lists
show.
"""
_STARTS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF")
_HEIF = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif")
"""Brands of ISO/IEC 23008-12 (HEIF), after "ftyp"."""
_TOO_COMPLEX = "这张照片太复杂，读不出来，请换一张"


class PhotoJob(msgspec.Struct, frozen=True):
    """What the child is asked: pictures as they came, and their longer side in pixels."""

    files: tuple[bytes, ...]
    most_px: int


class Shrunk(msgspec.Struct, frozen=True):
    """A picture as a JPEG, or in a sentence why it cannot be used."""

    jpeg: bytes = b""
    reason: str = ""


class PhotoError(Exception):
    """A file cannot be used as a target's photo; the message says why, and what to do."""


def shrunk(data: bytes, most_px: int = TARGET_PX) -> bytes:
    """Return a photo (JPEG, PNG or WebP) as a JPEG no longer than `most_px`, without metadata.

    Raise PhotoError.
    """
    (answer,) = _shrunk({"": data}, most_px, _ONE).values()
    if answer.reason:
        raise PhotoError(answer.reason)
    return answer.jpeg


def all_shrunk(pictures: Mapping[str, bytes], most_px: int = TARGET_PX) -> dict[str, Shrunk]:
    """Return what becomes of each of several pictures, by the same names."""
    return _shrunk(pictures, most_px, _MANY)


def _shrunk(pictures: Mapping[str, bytes], most_px: int, limits: Limits) -> dict[str, Shrunk]:
    made = {name: Shrunk(reason=_refused(data)) for name, data in pictures.items()}
    names = [name for name, answer in made.items() if not answer.reason]
    if names:
        answers = _by_child(tuple(pictures[name] for name in names), most_px, limits)
        made |= zip(names, answers, strict=True)
    return made


def _refused(data: bytes) -> str:
    """Return why a file is not even decoded; empty when it is."""
    if not data:
        return "没有选照片，请先选一张"
    if len(data) > MOST_UPLOAD_MB << 20:
        return (
            f"照片有 {len(data) / 2**20:.0f} MB，最多 {MOST_UPLOAD_MB} MB，请换一张小的，"
            "或用手机重拍"
        )
    return "" if data.startswith(_STARTS) else _what_else(data)


def _what_else(data: bytes) -> str:
    if data[4:8] == b"ftyp" and data[8:12] in _HEIF:
        return (
            "这是 HEIC 照片，这里打不开。请在手机的相机设置里选“兼容性最佳”（JPEG）再拍一张，"
            "或者截屏后上传截屏"
        )
    if data.startswith(b"%PDF"):
        return "这是 PDF。请让扫描仪存成 JPEG 图片，或者用手机拍一张照片"
    return "不是 JPEG、PNG 或 WebP 照片，请换一张"


def _by_child(files: tuple[bytes, ...], most_px: int, limits: Limits) -> tuple[Shrunk, ...]:
    job = msgspec.msgpack.encode(PhotoJob(files, most_px))
    answer = ask(
        "kiosk.uploads.photo_child", job, tuple[Shrunk, ...], limits, otherwise=_TOO_COMPLEX
    )
    if isinstance(answer, Refused) or len(answer) != len(files):
        reason = answer.reason if isinstance(answer, Refused) else _TOO_COMPLEX
        return (Shrunk(reason=reason),) * len(files)
    return answer
