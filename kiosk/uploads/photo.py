"""The shop's own photos, of targets and of paper forms: whatever somebody uploads becomes a JPEG of
a measured size without anything else in it.

A picture is decoded in a child process with limits of memory and time (`python -m
kiosk.uploads.photo_child`), never here.
"""

from __future__ import annotations

import subprocess
import sys
import threading

from kiosk.uploads.limits import bounds

MOST_UPLOAD_MB = 8
_MEMORY_MB = 512
_CPU_S = 20
_PATIENCE_S = 30.0
TARGET_PX, PAPER_PX, THUMBNAIL_PX = 1600, 2000, 480
"""The longer side: of a target's photo, of a paper form (A4 at 170 dots an inch), of what lists
show.
"""
_STARTS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF")
_HEIF = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif")
"""Brands of ISO/IEC 23008-12 (HEIF), after "ftyp"."""
_one_at_a_time = threading.Lock()


class PhotoError(Exception):
    """A file cannot be used as a target's photo; the message says why, and what to do."""


def shrunk(data: bytes, most_px: int = TARGET_PX) -> bytes:
    """Return a photo (JPEG, PNG or WebP) as a JPEG no longer than `most_px`, without metadata.

    Raise PhotoError.
    """
    if not data:
        raise PhotoError("没有选照片，请先选一张")
    if len(data) > MOST_UPLOAD_MB << 20:
        raise PhotoError(
            f"照片有 {len(data) / 2**20:.0f} MB，最多 {MOST_UPLOAD_MB} MB，请换一张小的，"
            "或用手机重拍"
        )
    if not data.startswith(_STARTS):
        raise PhotoError(_what_else(data))
    with _one_at_a_time:  # a Pi has the memory for one
        return _by_child(data, most_px)


def _what_else(data: bytes) -> str:
    if data[4:8] == b"ftyp" and data[8:12] in _HEIF:
        return (
            "这是 HEIC 照片，这里打不开。请在手机的相机设置里选“兼容性最佳”（JPEG）再拍一张，"
            "或者截屏后上传截屏"
        )
    if data.startswith(b"%PDF"):
        return "这是 PDF。请让扫描仪存成 JPEG 图片，或者用手机拍一张照片"
    return "不是 JPEG、PNG 或 WebP 照片，请换一张"


def _by_child(data: bytes, most_px: int) -> bytes:
    try:
        done = subprocess.run(
            [sys.executable, "-m", "kiosk.uploads.photo_child", str(most_px)],
            input=data,
            capture_output=True,
            timeout=_PATIENCE_S,
            preexec_fn=bounds(_MEMORY_MB, _CPU_S),
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise PhotoError("这张照片太复杂，读不出来，请换一张") from error
    if done.returncode != 0 or not done.stdout:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        reason = (
            said[-1] if said and said[-1].startswith("照片") else "照片打不开，可能已损坏，请换一张"
        )
        raise PhotoError(reason)
    return done.stdout
