"""Clips for a page that carries all of its sound: half the rate, half the bits, no silence at the
ends, packed.
"""

from __future__ import annotations

import base64
import wave
import zlib
from array import array
from pathlib import Path

import msgspec

from devices.voice import Clip

VERSION = 1
"""To be counted up when the same clip becomes another sound."""
_SAMPLE_BYTES = 2


class Sound(msgspec.Struct, frozen=True):
    """A sound for the page's script: samples of 8 bits at `rate_hz`, deflated, in base64.

    `lead_s` is the silence that the clip began with, `s` how long the rest lasts.
    """

    rate_hz: int
    lead_s: float
    s: float
    data: str


def small(clip: Clip) -> Sound | None:
    """Return a clip's sound; None when there is none: the file is gone, damaged or silent."""
    try:
        frames, rate_hz = _read(clip.path)
    except (OSError, EOFError, wave.Error):
        return None
    lead = (len(frames) - len(frames.lstrip(b"\0"))) // _SAMPLE_BYTES
    samples = array("h", frames)[lead:]
    halved = _halved(samples).rstrip(b"\x80")
    if not halved:
        return None
    return Sound(
        rate_hz=rate_hz // 2,
        lead_s=round(lead / rate_hz, 3),
        s=round(2 * len(halved) / rate_hz, 3),
        data=base64.b64encode(zlib.compress(halved, 9)).decode(),
    )


def _read(path: Path) -> tuple[bytes, int]:
    with wave.open(str(path), "rb") as file:
        if (file.getnchannels(), file.getsampwidth()) != (1, _SAMPLE_BYTES):
            raise wave.Error("not mono of 16 bits")
        return file.readframes(file.getnframes()), file.getframerate()


def _halved(samples: array[int]) -> bytes:
    """Return the means of each two samples as bytes, silence being 128."""
    pairs = zip(samples[::2], samples[1::2], strict=False)
    return bytes([(one + other >> 9) + 128 for one, other in pairs])
