"""A person's voice made like a clip: as loud as rendered speech, without the silence around it,
whatever recorded it.
"""

from __future__ import annotations

import io
import math
import wave
from array import array
from itertools import pairwise

import pytest

from devices.voice.recording import levelled

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
