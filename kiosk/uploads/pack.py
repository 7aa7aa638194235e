"""A content pack that came from elsewhere, taken apart.

Packs are handed on from factory to factory: what comes in is anybody's file. It is unpacked and
parsed in a child process (`kiosk.uploads.pack_child`), never here.
"""

from __future__ import annotations

from typing import Any

import msgspec

from kiosk.uploads.answers import Refused
from kiosk.uploads.children import Limits, ask

MOST_PACK_KB = 8192
LIMITS = Limits(memory_mb=160, cpu_s=10, wall_s=30, answer_kb=16384)
"""The whole shipped pack takes 25 MB and less than a second."""
_TOO_COMPLEX = (
    "文件太复杂，读不出来，没有导入。请核对是不是内容包；是的话，请对方重新导出，或分成几个小的"
)


class PackFileError(Exception):
    """A file is no pack that can be taken over; the message says which part of it, and what to
    do.
    """


class Taken(msgspec.Struct, frozen=True):
    """A pack from a file, nothing of which was published or even looked through yet."""

    table: dict[str, Any]
    """Its manuscript as plain data, in the shape of a manuscript: whether it makes sense is open.
    """
    unknown: tuple[str, ...]
    """Key paths of what no manuscript has, which was left out; the first few."""
    photos: dict[str, bytes]
    """Files that say to be photos, by name, as they came."""
    drawings: dict[str, str]
    """The SHA-256 of each drawing, by name. What is drawn stays in the child."""


def taken_apart(data: bytes, limits: Limits = LIMITS) -> Taken:
    """Take a file apart, in a child that has these limits. Raise PackFileError."""
    if len(data) > MOST_PACK_KB * 1024:
        raise PackFileError(
            f"文件有 {len(data) // 1024} KB，最多 {MOST_PACK_KB} KB，请去掉照片再导出"
        )
    answer = ask("kiosk.uploads.pack_child", data, Taken, limits, otherwise=_TOO_COMPLEX)
    if isinstance(answer, Refused):
        raise PackFileError(answer.reason)
    return answer
