"""A voice without sound: clips of silence that last as long as the sentence would, made at once."""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import msgspec

from devices import DeviceOfflineError
from devices.supervised import Online, State, Watcher
from devices.voice import Clip, Progress, Voice, unwatched
from devices.voice.cache import Cache, key, silence
from devices.voice.text import normalise


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How long a character takes, and the silence before each sentence."""

    cache_dir: str
    hanzi_s: Annotated[float, msgspec.Meta(gt=0, le=2)] = 0.25
    lead_in_s: Annotated[float, msgspec.Meta(ge=0, le=5)] = 0.0


class SimulatedVoice:
    """Writes clips into the folder as the real voice does."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._cache = Cache(Path(settings.cache_dir))
        self.state: State = Online(time.monotonic(), "模拟语音，只有静音")

    def clip(self, text: str) -> Clip | None:
        """Give the clip of silence."""
        return self._cache.find(self._key(normalise(text)))

    def render(self, texts: Iterable[str], progress: Progress = unwatched) -> None:
        """Write what is missing. Raises DeviceOfflineError."""
        wanted = {normalise(text): text for text in texts}
        missing = [text for text in wanted if self.clip(text) is None]
        ready = len(wanted) - len(missing)
        progress(ready, len(wanted))
        for done, text in enumerate(missing, 1):
            self._render(text, wanted[text])
            progress(ready + done, len(wanted))

    def close(self) -> None:
        """Do nothing."""

    def _render(self, text: str, written: str) -> None:
        spoken = sum(char.isalnum() for char in text)
        try:
            if not spoken:
                raise DeviceOfflineError("没有可以读出的文字")
            seconds = self._settings.lead_in_s + spoken * self._settings.hanzi_s
            self._cache.fill(self._key(text), silence(seconds))
        except DeviceOfflineError as error:
            raise DeviceOfflineError(f"无法读出“{written}”：{error}") from error

    def _key(self, text: str) -> str:
        return key(text, "simulated", self._settings.hanzi_s, self._settings.lead_in_s)


def open(settings: Settings, watch: Watcher | None = None) -> Voice:  # noqa: ARG001 (as the other drivers)
    """Give the silent voice."""
    return SimulatedVoice(settings)
