"""The station's side of the child that speaks: what was spoken, or in plain words why not."""

from __future__ import annotations

import contextlib
import os
import select
import time
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from typing import Self

import msgspec

from devices import DeviceOfflineError
from devices.voice import Readings, Sounded
from devices.voice.children import Child, Children, Finished, too_slow
from devices.voice.text import Batch
from devices.voice.worker import RATE_HZ, SAMPLE_BYTES, Ending

TRIAL = (
    "jin4 ru4 che1 jian1 qian2 qing3 dai4 hao3 an1 quan2 mao4, "
    "jian3 cha2 lao2 bao3 yong4 pin3 qi2 quan2"
)
"""进入车间前请戴好安全帽，检查劳保用品齐全"""

# Seconds a syllable times rate. Mandarin takes 50 to 57 at every rate from 80 to 450; the broken
# `cmn` of espeak-ng 1.51 takes 73 and more, Cantonese 77, English 83 (measured on TRIAL).
_MANDARIN = (42, 65)
_GOOD_VOICE = "请在设置 [voice] voice 中改用 sit/cmn-latn-pinyin"


class Manner(msgspec.Struct, frozen=True):
    """How to speak: espeak-ng's voice, words a minute, 0 to 1, and how long one utterance may take
    to make.
    """

    voice: str
    rate: int
    volume: float
    timeout_s: float


class Spoken(msgspec.Struct, frozen=True):
    """An utterance as bare 16-bit mono samples at RATE_HZ, and the version of espeak-ng that spoke
    it.
    """

    pcm: bytes
    engine: str


class Speaker:
    """A child that speaks one utterance after another.

    `ask` for the next one only once the last is answered.

    So the child can speak while its caller still keeps what was spoken before.
    """

    def __init__(self, child: Child, audio: int, manner: Manner) -> None:
        self._child = child
        self._audio = audio
        self._manner = manner

    @classmethod
    @contextmanager
    def start(cls, children: Children, manner: Manner) -> Iterator[Self]:
        """Keep a child ready to speak while the block runs.

        Raise DeviceOfflineError when the voice is closed.
        """
        with os.fdopen(os.memfd_create("utterance"), "rb") as audio:
            fd = audio.fileno()
            arguments = map(str, (fd, manner.voice, manner.rate, manner.volume, manner.timeout_s))
            with children.running("devices.voice.worker", arguments, [fd]) as child:
                yield cls(child, fd, manner)

    def ask(self, sounds: str) -> None:
        """Request an utterance of pinyin."""
        assert self._child.stdin is not None
        with contextlib.suppress(BrokenPipeError):  # `answer` reports its end
            self._child.stdin.write(sounds.encode() + b"\n")

    def answer(self) -> Spoken:
        """Return what was spoken.

        Raise DeviceOfflineError with the reason; after that it has ended.
        """
        ending, engine = self._line().split()
        if int(ending) == Ending.SILENT:
            raise DeviceOfflineError(_reason(Finished(int(ending), b"", b""), self._manner.voice))
        return Spoken(os.pread(self._audio, os.fstat(self._audio).st_size, 0), engine)

    def _line(self) -> str:
        assert self._child.stdout is not None
        line, until_s = b"", time.monotonic() + self._manner.timeout_s
        while not line.endswith(b"\n"):
            left_s = max(0.0, until_s - time.monotonic())
            if not select.select([self._child.stdout], [], [], left_s)[0]:
                raise too_slow(self._manner.timeout_s)
            more = self._child.stdout.read(100)
            if not more:
                raise DeviceOfflineError(_reason(self._finished(), self._manner.voice))
            line += more
        return line.decode()

    def _finished(self) -> Finished:
        assert self._child.stderr is not None
        return Finished(self._child.wait(self._manner.timeout_s), b"", self._child.stderr.read())


def speak(children: Children, sounds: str, manner: Manner) -> Spoken:
    """Speak pinyin. Raise DeviceOfflineError with the reason."""
    with Speaker.start(children, manner) as speaker:
        speaker.ask(sounds)
        spoken = speaker.answer()
    children.refuse_when_closed()
    return spoken


def speak_all(
    children: Children, utterances: Iterable[str], manner: Manner
) -> Generator[Spoken | DeviceOfflineError, None, None]:
    """Speak many utterances in turn, each while the caller still keeps the one before.

    What cannot be spoken is given as its error, and another child goes on after it. Raise
    DeviceOfflineError when the voice is closed.
    """
    waiting = deque(utterances)
    while waiting:
        with Speaker.start(children, manner) as speaker:
            speaker.ask(waiting[0])
            while waiting:
                waiting.popleft()
                try:
                    spoken = speaker.answer()
                except DeviceOfflineError as error:
                    children.refuse_when_closed()
                    yield error
                    break
                if waiting:
                    speaker.ask(waiting[0])
                yield spoken


def try_out(children: Children, manner: Manner) -> str:
    """Speak a known sentence and return the engine's version.

    Raise DeviceOfflineError, also for another language.
    """
    spoken = speak(children, TRIAL, manner)
    seconds = len(spoken.pcm) / SAMPLE_BYTES / RATE_HZ
    if not _MANDARIN[0] <= seconds * manner.rate / len(TRIAL.split()) <= _MANDARIN[1]:
        raise DeviceOfflineError(f"语音“{manner.voice}”读的不是普通话，{_GOOD_VOICE}")
    return spoken.engine


def sounds_of(
    children: Children, texts: list[str], readings: Readings, timeout_s: float
) -> list[tuple[Sounded, ...]]:
    """Return the sounds of many sentences.

    Raise DeviceOfflineError when the child that knows them fails.
    """
    batch = Batch(texts, {word: list(sounds) for word, sounds in readings.items()})
    finished = children.run("devices.voice.text", (), msgspec.json.encode(batch), timeout_s)
    if finished.status:
        raise DeviceOfflineError(f"汉字转拼音失败（{finished.status}）：{finished.complaint}")
    return msgspec.json.decode(finished.stdout, type=list[tuple[Sounded, ...]])


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
