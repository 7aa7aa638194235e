"""Speaking to people: sentences are rendered to WAV files ahead of time, and the screen plays the
files.

Nothing is synthesised while somebody waits: who publishes content calls `render`, who shows a
sentence asks for its `clip`, and who wants to hear how something would sound calls `say`.

A clip is a RIFF/WAVE file, PCM, 16 bit, mono, 22050 Hz, and begins with the configured silence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

import msgspec

from devices.supervised import State

Progress = Callable[[int, int], None]
"""Called with (sentences ready, sentences wanted): at the start and after each rendered sentence,
up to (all, all).
"""


class Clip(msgspec.Struct, frozen=True):
    """A rendered sentence.

    `key` names its content: an equal key is the same sound, so it may be cached for ever.
    """

    key: str
    path: Path
    duration_s: float


def unwatched(_ready: int, _wanted: int) -> None:
    """Ignore the progress."""


class Sounded(msgspec.Struct, frozen=True, array_like=True):
    """A character as it is spoken, and its pinyin with the tone as a digit; marks have no sound.

    Figures are written out.
    """

    written: str
    sound: str


class Said(msgspec.Struct, frozen=True):
    """A sentence spoken: the bytes of its WAV file, and how each character was read."""

    wav: bytes
    sounds: tuple[Sounded, ...]


Readings = Mapping[str, Sequence[str]]
"""A word in Hanzi → its pinyin, one syllable a character, tone 1 to 5 as a digit."""


class Voice(Protocol):
    """What every voice driver promises. All of it may be called from any thread."""

    @property
    def state(self) -> State:
        """Return whether sentences can be rendered; clips made earlier stay available while it is
        offline.
        """

    def clip(self, text: str) -> Clip | None:
        """Return the rendered clip of a sentence, or None when there is none.

        Never renders and never waits.
        """

    def render(self, texts: Iterable[str], progress: Progress = unwatched) -> None:
        """Render every sentence that has no clip yet; what is done stays done when it is
        interrupted.

        Raise DeviceOfflineError, which names the sentence, when one cannot be rendered.
        """

    def say(self, text: str, trying: Readings) -> Said:
        """Speak a sentence now, with these readings tried out; it may take a second, and nothing of
        it is kept.

        Raise DeviceOfflineError when it cannot be spoken, SettingsError for an invalid reading.
        """

    def reread(self, site: Readings) -> None:
        """Read words like this from now on, in addition to those of the settings.

        Sentences without them keep their clips.

        Raise SettingsError for an invalid reading; then nothing changes.
        """

    def forget(self, texts: Iterable[str], unneeded_for_s: float) -> None:
        """Delete the clips that none of these sentences has needed for this long, counted from call
        to call of this method.

        Raise DeviceOfflineError when the clips cannot be deleted.
        """

    def close(self) -> None:
        """Stop rendering and release everything; may be called twice."""
