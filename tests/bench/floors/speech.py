"""The bare way to speech on the disk: `speech FOLDER < sentences`, one a line.

Prints the seconds it took.

The same sentences, turned into pinyin one after the other, spoken by the same engine in a loop in
one process, each written as a WAV file and flushed to the disk: no station, no cache of keys, no
other process.
"""

from __future__ import annotations

import ctypes
import os
import sys
import time
import wave
from pathlib import Path
from typing import Any

from devices.voice.text import pinyin
from devices.voice.words import readings

_RATE_HZ = 22050


def main(folder: str) -> None:
    began_s = time.perf_counter()
    from pyttsx3.drivers import _espeak as espeak

    heard = bytearray()

    def take(samples: Any, count: int, _events: object) -> int:
        if count > 0:
            heard.extend(ctypes.string_at(samples, count * 2))
        return 0

    espeak.Initialize(espeak.AUDIO_OUTPUT_SYNCHRONOUS, 1000)
    espeak.SetSynthCallback(take)
    espeak.SetVoiceByName(b"sit/cmn-latn-pinyin")
    espeak.SetParameter(espeak.RATE, 170, 0)
    known = readings({})
    for number, sentence in enumerate(sys.stdin.read().splitlines()):
        heard.clear()
        text = pinyin(sentence, known).encode()
        espeak.cSynth(
            text,
            len(text) + 1,
            0,
            espeak.POS_CHARACTER,
            0,
            espeak.ENDPAUSE | espeak.CHARS_UTF8,
            None,
            None,
        )
        with (Path(folder) / f"{number}.wav").open("wb") as file:
            with wave.open(file) as clip:
                clip.setnchannels(1)
                clip.setsampwidth(2)
                clip.setframerate(_RATE_HZ)
                clip.writeframes(bytes(_RATE_HZ) + heard)
            file.flush()
            os.fsync(file.fileno())
    print(time.perf_counter() - began_s, flush=True)  # noqa: T201 (the answer)
    os._exit(0)  # libespeak-ng may hang in a regular exit


if __name__ == "__main__":
    main(sys.argv[1])
