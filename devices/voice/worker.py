"""The child process that speaks; pyttsx3 and espeak-ng are loaded here and nowhere else.

    python -m devices.voice.worker FD VOICE RATE VOLUME TIMEOUT_S

Each line of pinyin on standard input is spoken into FD, the caller's anonymous file, as bare 16-bit
mono samples at 22050 Hz from its beginning; then a line on standard output says how that ended and
which version of espeak-ng spoke. The caller asks for the next one when it has read the last.

pyttsx3's binding of espeak-ng is used in its synchronous mode, not its engine above it: that one
ends an utterance when the engine's own thread says so, a second such message of the one before
comes late, and 2 of 1287 sentences in a row came out without a sound. One thread in this process,
because espeak-ng holds one state a process: two threads kill it, and a fork hangs.
"""

from __future__ import annotations

import ctypes
import math
import os
import signal
import sys
from enum import IntEnum
from typing import Any

RATE_HZ = 22050
SAMPLE_BYTES = 2
SHORTEST_FRAMES = 2205  # 0.1 s; espeak-ng gives less for text it cannot speak
_BUFFER_MS = 1000


class Ending(IntEnum):
    """How an utterance ended; all but SPOKEN and SILENT are the exit status too."""

    SPOKEN = 0
    NO_LIBRARY = 10
    VOICE_REJECTED = 11
    ENGINE_FAILED = 12
    SILENT = 13


class Mouth:
    """The engine of this process, as pyttsx3 binds it."""

    def __init__(self, espeak: Any) -> None:
        self._espeak = espeak
        self._samples = bytearray()
        info = espeak.dll.espeak_Info
        info.restype = ctypes.c_char_p
        self.version = info(None).decode().split()[0]

    def open(self, voice: str, rate: int, volume: float) -> Ending:
        """Load the engine and choose how to speak."""
        espeak = self._espeak
        if espeak.Initialize(espeak.AUDIO_OUTPUT_SYNCHRONOUS, _BUFFER_MS) != RATE_HZ:
            return Ending.ENGINE_FAILED
        espeak.SetSynthCallback(self._heard)
        if espeak.SetVoiceByName(voice.encode()) != espeak.EE_OK:
            return Ending.VOICE_REJECTED
        set_to = [
            espeak.SetParameter(espeak.RATE, rate, 0),
            espeak.SetParameter(espeak.VOLUME, round(volume * 100), 0),
        ]
        return (
            Ending.SPOKEN if all(done == espeak.EE_OK for done in set_to) else Ending.ENGINE_FAILED
        )

    def speak(self, sounds: str, file: int) -> Ending:
        """Speak one utterance into the file."""
        self._samples.clear()
        text, espeak = sounds.encode(), self._espeak
        flags = espeak.ENDPAUSE | espeak.CHARS_UTF8
        if (
            espeak.cSynth(text, len(text) + 1, 0, espeak.POS_CHARACTER, 0, flags, None, None)
            != espeak.EE_OK
        ):
            return Ending.ENGINE_FAILED
        os.ftruncate(file, 0)
        os.pwrite(file, self._samples, 0)
        return (
            Ending.SPOKEN if len(self._samples) >= SHORTEST_FRAMES * SAMPLE_BYTES else Ending.SILENT
        )

    def _heard(self, samples: Any, count: int, _events: object) -> int:
        if count > 0:
            self._samples += ctypes.string_at(samples, count * SAMPLE_BYTES)
        return 0


def main(fd: str, voice: str, rate: str, volume: str, timeout_s: str) -> Ending:
    """Speak each line of standard input."""
    try:
        from pyttsx3.drivers import _espeak
    except (RuntimeError, OSError) as error:
        sys.stderr.write(str(error))
        return Ending.NO_LIBRARY
    mouth = Mouth(_espeak)
    ending = mouth.open(voice, int(rate), float(volume))
    if ending is not Ending.SPOKEN:
        return ending
    for line in sys.stdin:
        # The caller kills it at its timeout; should the caller have died, it ends itself.
        signal.alarm(math.ceil(float(timeout_s)) + 1)
        ending = mouth.speak(line.strip(), int(fd))
        if ending is Ending.ENGINE_FAILED:
            return ending
        sys.stdout.write(f"{int(ending)} {mouth.version}\n")
        sys.stdout.flush()
        signal.alarm(0)
    return Ending.SPOKEN


if __name__ == "__main__":
    status = main(*sys.argv[1:])
    sys.stderr.flush()
    os._exit(status)  # libespeak-ng may assert or hang in a regular exit
