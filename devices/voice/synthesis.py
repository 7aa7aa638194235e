"""The station's side of a child that speaks: what was spoken, or in plain words why not."""

from __future__ import annotations

import os
import wave

import msgspec

from devices import DeviceOfflineError
from devices.voice.cache import RATE_HZ, SAMPLE_BYTES
from devices.voice.children import Children, Finished
from devices.voice.text import Batch
from devices.voice.words import Readings
from devices.voice.worker import Ending

TRIAL = "jin4 ru4 che1 jian1 qian2 qing3 dai4 hao3 an1 quan2 mao4, jian3 cha2 lao2 bao3 yong4 pin3 qi2 quan2"
"""进入车间前请戴好安全帽，检查劳保用品齐全"""

# Seconds a syllable times rate. Mandarin takes 50 to 57 at every rate from 80 to 450; the broken `cmn` of espeak-ng 1.51
# takes 73 and more, Cantonese 77, English 83 (measured on TRIAL).
_MANDARIN = (42, 65)
_GOOD_VOICE = "请在设置 [voice] voice 中改用 sit/cmn-latn-pinyin"


class Manner(msgspec.Struct, frozen=True):
    """How to speak: espeak-ng's voice, words a minute, 0 to 1, and how long one utterance may take to make."""

    voice: str
    rate: int
    volume: float
    timeout_s: float


class Spoken(msgspec.Struct, frozen=True):
    """An utterance as bare 16-bit mono samples at RATE_HZ, and the version of espeak-ng that spoke it."""

    pcm: bytes
    engine: str


def speak(children: Children, sounds: str, manner: Manner) -> Spoken:
    """Speak pinyin. Raises DeviceOfflineError with the reason."""
    with os.fdopen(os.memfd_create("utterance"), "rb") as audio:
        arguments = (audio.fileno(), manner.voice, manner.rate, manner.volume, manner.timeout_s)
        finished = children.run(
            "devices.voice.worker", map(str, arguments), sounds.encode(), manner.timeout_s, [audio.fileno()]
        )
        if finished.status != Ending.SPOKEN:
            raise DeviceOfflineError(_reason(finished, manner.voice))
        with wave.open(audio) as spoken:
            return Spoken(spoken.readframes(spoken.getnframes()), finished.stdout.decode().split()[-1])


def try_out(children: Children, manner: Manner) -> str:
    """Speak a known sentence and give the engine's version. Raises DeviceOfflineError, also for another language."""
    spoken = speak(children, TRIAL, manner)
    seconds = len(spoken.pcm) / SAMPLE_BYTES / RATE_HZ
    if not _MANDARIN[0] <= seconds * manner.rate / len(TRIAL.split()) <= _MANDARIN[1]:
        raise DeviceOfflineError(f"语音“{manner.voice}”读的不是普通话，{_GOOD_VOICE}")
    return spoken.engine


def pinyin(children: Children, texts: list[str], readings: Readings, timeout_s: float) -> list[str]:
    """Give the pinyin of many sentences. Raises DeviceOfflineError when the child that knows it fails."""
    batch = Batch(texts, {word: list(sounds) for word, sounds in readings.items()})
    finished = children.run("devices.voice.text", (), msgspec.json.encode(batch), timeout_s)
    if finished.status:
        raise DeviceOfflineError(f"汉字转拼音失败（{finished.status}）：{finished.complaint}")
    return msgspec.json.decode(finished.stdout, type=list[str])


def _reason(finished: Finished, voice: str) -> str:
    reasons = {
        Ending.NO_LIBRARY: "没有找到 libespeak-ng，请安装 Debian 软件包 espeak-ng",
        Ending.VOICE_REJECTED: f"espeak-ng 没有语音“{voice}”，{_GOOD_VOICE}",
        Ending.ENGINE_FAILED: f"语音引擎报错：{finished.complaint}",
        Ending.SILENT: "语音引擎没有发出声音",
    }
    try:
        return reasons[Ending(finished.status)]
    except ValueError:
        return f"语音合成进程意外退出（{finished.status}）：{finished.complaint}"
