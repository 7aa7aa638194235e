"""From the key of a clip to its file, for the keys of sentences that this screen can speak."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kiosk.station.snapshot import StationPort


class Clips:
    """Remembers where clips lie; a key it has not seen makes it look through all sentences once more."""

    def __init__(self, station: StationPort, sentences: Callable[[], tuple[str, ...]]) -> None:
        self._station = station
        self._sentences = sentences
        self._paths: dict[str, Path] = {}

    def path(self, key: str) -> Path | None:
        """Give the file of a clip, when there is one."""
        if key not in self._paths:
            self._look()
        return self._paths.get(key)

    def _look(self) -> None:
        clips = (self._station.clip(sentence) for sentence in self._sentences())
        self._paths = {clip.key: clip.path for clip in clips if clip is not None}
