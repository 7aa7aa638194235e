"""The child process that speaks one utterance into a file and ends; pyttsx3 and espeak-ng are loaded here and nowhere else.

    python -m devices.voice.worker FD VOICE RATE VOLUME TIMEOUT_S   < pinyin

One process an utterance, because espeak-ng holds one state a process: two threads kill it, a second job repeats the first one's
settings, and a fork hangs. `startLoop` and `endLoop`, because pyttsx3's `runAndWait` returns before the file is written (4 of 15
runs). FD is the caller's anonymous file. The last line on standard output is the engine's version.
"""

from __future__ import annotations

import ctypes
import math
import os
import signal
import sys
import wave
from enum import IntEnum

SHORTEST_FRAMES = 2205  # 0.1 s; espeak-ng gives less for text it cannot speak


class Ending(IntEnum):
    """The exit status. pyttsx3 swallows most errors, so each is looked for."""

    SPOKEN = 0
    NO_LIBRARY = 10
    VOICE_REJECTED = 11
    ENGINE_FAILED = 12
    SILENT = 13


def speak(sounds: str, file: str, voice: str, rate: int, volume: float) -> Ending:
    """Speak `sounds` into the WAV file `file`."""
    try:
        from pyttsx3.drivers import _espeak
    except (RuntimeError, OSError) as error:
        return _failed(Ending.NO_LIBRARY, error)
    import pyttsx3

    errors: list[Exception] = []
    engine = pyttsx3.init("espeak")
    engine.connect("error", lambda name, exception: errors.append(exception))  # noqa: ARG005 (pyttsx3's names)
    engine.setProperty("voice", voice)
    engine.setProperty("rate", rate)
    engine.setProperty("volume", volume)
    engine.save_to_file(sounds, file)
    engine.startLoop()
    engine.endLoop()
    # A rejected voice leaves the previous one in place, which spells the Hanzi in English.
    if not str(engine.getProperty("voice")).endswith(voice.lower()):
        return _failed(Ending.VOICE_REJECTED, *errors)
    if errors:
        return _failed(Ending.ENGINE_FAILED, *errors)
    version = _espeak.dll.espeak_Info
    version.restype = ctypes.c_char_p
    sys.stdout.write(f"{version(None).decode().split()[0]}\n")
    with wave.open(file) as spoken:
        return Ending.SPOKEN if spoken.getnframes() >= SHORTEST_FRAMES else Ending.SILENT


def _failed(ending: Ending, *errors: Exception) -> Ending:
    sys.stderr.write("; ".join(map(str, errors)))
    return ending


def main(fd: str, voice: str, rate: str, volume: str, timeout_s: str) -> Ending:
    """Speak what stands on standard input."""
    # The caller kills it at its timeout; should the caller have died, it ends itself.
    signal.alarm(math.ceil(float(timeout_s)) + 1)
    return speak(sys.stdin.buffer.read().decode(), f"/proc/self/fd/{fd}", voice, int(rate), float(volume))


if __name__ == "__main__":
    status = main(*sys.argv[1:])
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)  # libespeak-ng may assert or hang in a regular exit
