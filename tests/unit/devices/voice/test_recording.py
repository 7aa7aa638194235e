"""A person's voice made like a clip: as loud as rendered speech, without the silence around it,
whatever recorded it.
"""

from __future__ import annotations

import contextlib
import io
import math
import time
import wave
from array import array
from itertools import pairwise

import pytest

from devices.voice.recording import RecordingRefusedError, levelled

LEAD_IN_S = 0.5


def recorded(
    seconds: float = 1.0,
    loudness: int = 6000,
    rate: int = 22050,
    channels: int = 1,
    constant: int = 0,
) -> bytes:
    around = [constant] * round(0.5 * rate)
    hum = [
        constant + round(loudness * math.sin(at * 2 * math.pi * 200 / rate))
        for at in range(round(seconds * rate))
    ]
    samples = [sample for sample in around + hum + around for _ in range(channels)]
    content = io.BytesIO()
    with wave.open(content, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(array("h", samples).tobytes())
    return content.getvalue()


def samples(wav: bytes) -> array[int]:
    with wave.open(io.BytesIO(wav)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, 22050)
        return array("h", file.readframes(file.getnframes()))


def rms(part: array[int]) -> float:
    return math.sqrt(sum(sample * sample for sample in part) / len(part))


@pytest.mark.parametrize(
    ("rate", "channels"), [(22050, 1), (48000, 1), (44100, 2), (16000, 1), (8000, 2)]
)
def test_every_rate_becomes_a_clip_of_the_same_length(rate: int, channels: int) -> None:
    said = samples(levelled(recorded(rate=rate, channels=channels), LEAD_IN_S))
    assert len(said) / 22050 == pytest.approx(LEAD_IN_S + 1.0 + 0.24, abs=0.05)
    assert set(said[: round(LEAD_IN_S * 22050)]) == {0}
    crossings = sum(a < 0 <= b for a, b in pairwise(said))
    assert crossings == pytest.approx(200, abs=6), "the pitch is kept"


@pytest.mark.parametrize("loudness", [800, 3000, 20000])
def test_a_soft_and_a_loud_voice_come_out_alike(loudness: int) -> None:
    said = samples(levelled(recorded(loudness=loudness), LEAD_IN_S))
    middle = said[round(0.9 * 22050) : round(1.3 * 22050)]
    assert rms(middle) == pytest.approx(3800, rel=0.1)
    assert max(map(abs, said)) < 32000


def test_what_a_cheap_microphone_adds_is_taken_out() -> None:
    said = samples(levelled(recorded(constant=2500), LEAD_IN_S))
    middle = said[round(0.9 * 22050) : round(1.3 * 22050)]
    assert abs(sum(middle) / len(middle)) < 60


def test_a_recording_of_nothing_but_small_parts_is_refused_at_once() -> None:
    """Walking through them took seconds, in the station."""
    head = recorded()[:36]
    began_s = time.process_time()
    with pytest.raises(RecordingRefusedError, match="不是能用的录音文件"):
        levelled(head + b"junk\0\0\0\0" * 350_000, LEAD_IN_S)
    assert time.process_time() - began_s < 0.2


@pytest.mark.parametrize("size", [0, 1, 60, 1 << 16, 0xFFFFFFFF])
@pytest.mark.parametrize("part", ["data", "fmt ", "LIST", "da\x02a"])
def test_a_part_that_lies_about_its_length_is_refused_or_read_to_its_end(
    part: str, size: int
) -> None:
    whole = bytearray(recorded())
    whole[36:44] = part.encode() + size.to_bytes(4, "little")
    with contextlib.suppress(RecordingRefusedError):
        levelled(bytes(whole), LEAD_IN_S)


def test_what_a_recorder_writes_before_the_samples_is_passed_over() -> None:
    whole = recorded()
    size = (5).to_bytes(4, "little")
    assert levelled(whole[:36] + b"LIST" + size + b"hello\0" + whole[36:], LEAD_IN_S)
