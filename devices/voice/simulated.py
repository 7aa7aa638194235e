"""A voice without sound: clips of silence that last as long as the sentence would, made at once."""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import msgspec

from devices import DeviceOfflineError
from devices.supervised import Online, State, Watcher
from devices.voice import Clip, Progress, Readings, Said, Sounded, Voice, unwatched
from devices.voice.cache import Cache, key, silence, wav
from devices.voice.text import normalise
from devices.voice.words import occurring, readings


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How long a character takes, and the silence before each sentence."""

    cache_dir: str
    hanzi_s: Annotated[float, msgspec.Meta(gt=0, le=2)] = 0.25
    lead_in_s: Annotated[float, msgspec.Meta(ge=0, le=5)] = 0.0


class SimulatedVoice:
    """Writes clips into the folder as the real voice does."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._site: Readings = {}
        self._cache = Cache(Path(settings.cache_dir))
        self.state: State = Online(time.monotonic(), "模拟语音，只有静音")

    def clip(self, text: str) -> Clip | None:
        """Return the clip of silence."""
        return self._cache.find(self._key(normalise(text)))

    def render(self, texts: Iterable[str], progress: Progress = unwatched) -> None:
        """Write what is missing. Raise DeviceOfflineError."""
        wanted = {normalise(text): text for text in texts}
        missing = [text for text in wanted if self.clip(text) is None]
        ready = len(wanted) - len(missing)
        progress(ready, len(wanted))
        faults: list[DeviceOfflineError] = []
        for text in missing:
            try:
                self._cache.fill(self._key(text), self._silence(text, wanted[text]))
            except DeviceOfflineError as error:
                faults.append(error)
            else:
                ready += 1
                progress(ready, len(wanted))
        if faults:
            raise faults[0]

    def say(self, text: str, trying: Readings) -> Said:
        """Return silence as long as the sentence.

        It reads nothing: a character's sound is the one tried out, or empty.
        """
        known = readings({**self._site, **trying})
        sounds = {
            char: sound
            for word in occurring(text, known)
            for char, sound in zip(word, known[word], strict=True)
        }
        return Said(
            wav(self._silence(normalise(text), text)),
            tuple(Sounded(char, sounds.get(char, "")) for char in normalise(text)),
        )

    def reread(self, site: Readings) -> None:
        """Take the readings of the site's words. Raise SettingsError."""
        readings(site)
        self._site = dict(site)

    def forget(self, texts: Iterable[str], unneeded_for_s: float) -> None:
        """Delete the clips that none of these sentences needs any more.

        Raise DeviceOfflineError.
        """
        self._cache.forget({self._key(normalise(text)) for text in texts}, unneeded_for_s)

    def close(self) -> None:
        """Do nothing."""

    def _silence(self, text: str, written: str) -> bytes:
        spoken = sum(char.isalnum() for char in text)
        if not spoken:
            raise DeviceOfflineError(f"无法读出“{written}”：没有可以读出的文字")
        return silence(self._settings.lead_in_s + spoken * self._settings.hanzi_s)

    def _key(self, text: str) -> str:
        words = occurring(text, self._site)
        return key(
            text,
            "simulated",
            *([words] if words else []),
            self._settings.hanzi_s,
            self._settings.lead_in_s,
        )


def open(settings: Settings, watch: Watcher | None = None) -> Voice:  # noqa: ARG001 (as the other drivers)
    """Return the silent voice."""
    return SimulatedVoice(settings)
