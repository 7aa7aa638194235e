"""A person's own voice for a sentence: whether a recording can be used, and making it as loud and
as tight as rendered speech.

Everything is done on 16-bit mono samples at the clips' rate, in plain arithmetic: silence before
and after is cut off, what a microphone adds below the voice (a constant, a hum) is taken out, and
the whole is brought to the loudness of the synthesiser.
"""

from __future__ import annotations

import io
import math
import wave
from array import array
from itertools import pairwise

from devices import DeviceError
from devices.voice.cache import silence, wav
from devices.voice.worker import RATE_HZ

MOST_BYTES = 3 * 1024 * 1024
SHORTEST_S, LONGEST_S = 0.3, 15.0
_RATES_HZ = (8000, 48000)
_MOST_PARTS = 32
_QUIET_PEAK = 600  # of 32767: −35 dB; a room's noise stays below it
_GATE = 0.08  # of the loudest block: below it nobody speaks
_BLOCK = RATE_HZ // 50
_MARGIN_S = 0.12
_SPOKEN_RMS = 3800  # what espeak-ng at full volume gives over its voiced parts
_PEAK = 31000
_MOST_GAIN = 12.0
_FADE = RATE_HZ // 100


class RecordingRefusedError(DeviceError):
    """A recording cannot be used; the message says why, and what to do, to the person who made
    it.
    """


def levelled(file: bytes, lead_in_s: float) -> bytes:
    """Return a WAV file like a clip, made of a WAV file from a microphone.

    Raise RecordingRefusedError.
    """
    samples = _without_hum(_resampled(*_read(file)))
    loudness = [
        _rms(samples[at : at + _BLOCK]) for at in range(0, len(samples) - _BLOCK + 1, _BLOCK)
    ]
    peak = max(map(abs, samples), default=0)
    if not loudness or peak < _QUIET_PEAK:
        raise RecordingRefusedError("录音里听不到声音，请靠近话筒再录一次")
    voiced = [at for at, rms in enumerate(loudness) if rms >= _GATE * max(loudness)]
    margin = round(_MARGIN_S * RATE_HZ)
    first, last = voiced[0] * _BLOCK - margin, (voiced[-1] + 1) * _BLOCK + margin
    spoken = samples[max(0, first) : last]
    if (voiced[-1] + 1 - voiced[0]) * _BLOCK < SHORTEST_S * RATE_HZ:
        raise RecordingRefusedError(f"录音太短，说话要在 {SHORTEST_S:g} 秒以上")
    typical = math.sqrt(sum(loudness[at] ** 2 for at in voiced) / len(voiced))
    gain = min(_SPOKEN_RMS / typical, _PEAK / peak, _MOST_GAIN)
    return wav(
        silence(lead_in_s)
        + _faded(array("h", (round(sample * gain) for sample in spoken))).tobytes()
    )


def _read(file: bytes) -> tuple[array[int], int]:
    """Return the samples of one channel, and their rate."""
    if len(file) > MOST_BYTES:
        raise RecordingRefusedError(f"录音文件太大，最多 {MOST_BYTES // 1024 // 1024} 兆")
    try:
        if not _holds_samples(file):
            raise ValueError("no data among its first parts")
        with wave.open(io.BytesIO(file)) as recording:
            channels, width, rate, frames, kind, _ = recording.getparams()
            content = recording.readframes(frames)
    # RuntimeError: `wave` seeks beyond the end of a part that is shorter than it says.
    except (wave.Error, EOFError, ValueError, RuntimeError) as error:
        raise RecordingRefusedError("不是能用的录音文件，请用 WAV 格式（PCM，16 位）") from error
    if (
        width != 2
        or kind != "NONE"
        or channels not in (1, 2)
        or not _RATES_HZ[0] <= rate <= _RATES_HZ[1]
    ):
        raise RecordingRefusedError("录音格式不对，请用 WAV 格式（PCM，16 位，单声道或双声道）")
    samples = array("h", content[: len(content) // (2 * channels) * 2 * channels])
    seconds = len(samples) / channels / rate
    if not SHORTEST_S <= seconds <= LONGEST_S:
        raise RecordingRefusedError(
            f"录音长 {seconds:.1f} 秒，要在 {SHORTEST_S:g} 到 {LONGEST_S:g} 秒之间，请重录"
        )
    return samples[::channels], rate


def _holds_samples(file: bytes) -> bool:
    """Return whether samples stand among the first parts (RIFF chunks) of a file: a recorder writes
    a handful before them, and walking through 390,000 takes seconds.
    """
    at = len(b"RIFF....WAVE")
    for _ in range(_MOST_PARTS):
        if file[at : at + 4] == b"data":
            return True
        size = int.from_bytes(file[at + 4 : at + 8], "little")
        at += 8 + size + size % 2
    return False


def _resampled(samples: array[int], rate: int) -> array[int]:
    """Bring samples to the clips' rate; from a higher one each is the mean of those it stands for,
    so that nothing whistles.
    """
    if rate == RATE_HZ:
        return samples
    step = rate / RATE_HZ
    count = int(len(samples) / step)
    if step < 1:
        last = len(samples) - 1
        return array("h", (_between(samples, min(at * step, last)) for at in range(count)))
    sums = array("q", [0])
    total = 0
    for sample in samples:
        total += sample
        sums.append(total)
    edges = [min(round(at * step), len(samples)) for at in range(count + 1)]
    return array("h", ((sums[b] - sums[a]) // (b - a) for a, b in pairwise(edges) if b > a))


def _between(samples: array[int], place: float) -> int:
    at = int(place)
    after = samples[min(at + 1, len(samples) - 1)]
    return round(samples[at] + (after - samples[at]) * (place - at))


def _without_hum(samples: array[int]) -> array[int]:
    """Take out what lies below the voice: a first-order high pass at 60 Hz."""
    keep = 1 - 2 * math.pi * 60 / RATE_HZ
    cleaned, before, after = array("h"), 0, 0.0
    for sample in samples:
        after = keep * (after + sample - before)
        before = sample
        cleaned.append(max(-32768, min(32767, round(after))))
    return cleaned


def _rms(samples: array[int]) -> float:
    return math.sqrt(sum(sample * sample for sample in samples) / len(samples))


def _faded(samples: array[int]) -> array[int]:
    """Fade the sound in and out, so that it does not click."""
    for at in range(min(_FADE, len(samples) // 2)):
        samples[at] = samples[at] * at // _FADE
        samples[-1 - at] = samples[-1 - at] * at // _FADE
    return samples
