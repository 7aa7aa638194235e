"""The one way a file from outside is read: a child with limits is asked, and whatever becomes of
it, there is an answer within a known time and of a known size.

One child at a time: a Pi has the memory for one.
"""

from __future__ import annotations

import logging
import os
import select
import subprocess
import sys
import threading
import time
from typing import IO, TypeVar

import msgspec

from kiosk.uploads.answers import Answer, Refused

T = TypeVar("T")
BUSY = Refused("正在读别人上传的文件，请过一会儿再传一次")
_WAIT_S = 30.0
"""For the child of somebody else."""
_CHUNK = 1 << 16
_one_at_a_time = threading.Lock()
_log = logging.getLogger(__name__)


class Limits(msgspec.Struct, frozen=True):
    """What a child may take, and how much it may answer."""

    memory_mb: int
    cpu_s: int
    wall_s: float
    answer_kb: int


def ask(
    module: str,
    job: bytes,
    kind: type[T],
    limits: Limits,
    otherwise: str,
    wait_s: float = _WAIT_S,
) -> T | Refused:
    """Return what the program `module` makes of a job, or why it makes nothing of it.

    `otherwise` is the reason when the child goes beyond its limits or dies.
    """
    if not _one_at_a_time.acquire(timeout=wait_s):
        return BUSY
    try:
        said, status = _run(module, job, limits)
    finally:
        _one_at_a_time.release()
    try:
        answer: Answer = msgspec.msgpack.decode(said, type=Answer)
        if not isinstance(answer, Refused):
            return msgspec.msgpack.decode(answer.what, type=kind)
    except msgspec.DecodeError:
        answer = Refused(otherwise, f"ended with status {status} after {len(said)} bytes")
    if answer.cause:
        _log.warning("%s: %s", module, answer.cause)
    return answer


def _run(module: str, job: bytes, limits: Limits) -> tuple[bytes, int]:
    """Run a child; return what it said and its status, once it is gone.

    The job lies in memory as a file: nobody need write while somebody else reads.
    """
    own = (str(limits.memory_mb), str(limits.cpu_s))
    command = [sys.executable, "-m", "kiosk.uploads.bounded", *own, module]
    ends_s = time.monotonic() + limits.wall_s
    with os.fdopen(os.memfd_create("job"), "w+b") as file:
        file.write(job)
        file.seek(0)
        with subprocess.Popen(
            command, stdin=file, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        ) as child:
            assert child.stdout
            try:
                said = _heard(child.stdout, ends_s, limits.answer_kb * 1024)
            finally:
                child.kill()  # it has said what it had to say, or has had its time
    return said, child.returncode


def _heard(pipe: IO[bytes], ends_s: float, most_bytes: int) -> bytes:
    """Read until the child closes its end, its time is over, or it says too much: then nothing of
    it counts.
    """
    heard = bytearray()
    poll = select.poll()
    poll.register(pipe, select.POLLIN)
    while len(heard) <= most_bytes:
        if not poll.poll(max(0.0, ends_s - time.monotonic()) * 1000):
            break
        chunk = os.read(pipe.fileno(), _CHUNK)
        if not chunk:
            return bytes(heard)
        heard += chunk
    return b""
