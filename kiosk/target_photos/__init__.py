"""The shop's own photos of targets: whatever somebody uploads becomes a JPEG of a measured size without anything else in it.

A picture is decoded in a child process with limits of memory and time (`python -m kiosk.target_photos`), never here.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import threading

MOST_UPLOAD_MB = 8
_MEMORY_MB = 512
_CPU_S = 20
_PATIENCE_S = 30.0
_STARTS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF")
_one_at_a_time = threading.Lock()


class PhotoError(Exception):
    """A file cannot be used as a target's photo; the message says why, and what to do."""


def shrunk(data: bytes) -> bytes:
    """Give a photo (JPEG, PNG or WebP) as a JPEG of at most 1600 px, without metadata. Raises PhotoError."""
    if not data:
        raise PhotoError("没有选照片，请先选一张")
    if len(data) > MOST_UPLOAD_MB << 20:
        raise PhotoError(
            f"照片有 {len(data) / 2**20:.0f} MB，最多 {MOST_UPLOAD_MB} MB，请换一张小的，或用手机重拍"
        )
    if not data.startswith(_STARTS):
        raise PhotoError("不是 JPEG、PNG 或 WebP 照片，请换一张")
    with _one_at_a_time:  # a Pi has the memory for one
        return _by_child(data)


def _by_child(data: bytes) -> bytes:
    try:
        done = subprocess.run(
            [sys.executable, "-m", "kiosk.target_photos"],
            input=data,
            capture_output=True,
            timeout=_PATIENCE_S,
            preexec_fn=_limit,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise PhotoError("这张照片太复杂，读不出来，请换一张") from error
    if done.returncode != 0 or not done.stdout:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        reason = said[-1] if said and said[-1].startswith("照片") else "照片打不开，可能已损坏，请换一张"
        raise PhotoError(reason)
    return done.stdout


def _limit() -> None:
    """Bound the child before it runs; it can write no file."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_MB << 20, _MEMORY_MB << 20))
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_S, _CPU_S))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
