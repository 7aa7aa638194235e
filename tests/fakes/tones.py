"""Clips that can be heard: a tone for each sentence."""

from __future__ import annotations

import hashlib
import wave
from collections.abc import Callable
from pathlib import Path

from devices.voice import Clip

RATE_HZ = 22_050
_UP, _DOWN = (8_192).to_bytes(2, "little"), (-8_192 & 0xFFFF).to_bytes(2, "little")


def tones(folder: Path, lasts_s: float, lead_s: float = 0.0) -> Callable[[str], Clip]:
    """Return what makes the clip of a sentence in `folder`: silence, then a tone."""

    def clip(text: str) -> Clip:
        key = hashlib.sha256(text.encode()).hexdigest()[:32]
        path = folder / f"{key}.wav"
        if not path.exists():
            tone = (_UP * 20 + _DOWN * 20) * round(lasts_s * RATE_HZ / 40)
            write_wav(path, bytes(2 * round(lead_s * RATE_HZ)) + tone)
        return Clip(key, path, lead_s + lasts_s)

    return clip


def write_wav(path: Path, frames: bytes) -> None:
    """Write samples as a clip has them."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes(frames)
