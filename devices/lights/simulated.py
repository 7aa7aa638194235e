"""Lamps without hardware, for a screen that draws them and tests that read what was shown."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from devices.lights import Lamps
from devices.lights.patterns import Timing
from devices.lights.player import Drive, PlayedLights
from devices.supervised import Watcher

_KEPT = 1000


class Settings(Timing, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The times of the patterns."""


def open(settings: Settings, *, watch: Watcher | None = None) -> SimulatedLights:
    """Open the lamps."""
    return SimulatedLights(settings, watch)


class SimulatedLights(PlayedLights):
    """Plays every pattern in real time and remembers the last thousand changes."""

    def __init__(self, timing: Timing, watch: Watcher | None) -> None:
        self._history: deque[Lamps] = deque(maxlen=_KEPT)
        super().__init__(timing, self._lamps_opened, watch, "模拟")

    def history(self) -> tuple[Lamps, ...]:
        """Give what was driven, oldest first, without the dark beginning."""
        return tuple(self._history)

    @contextmanager
    def _lamps_opened(self) -> Iterator[Drive]:
        yield self._history.append
