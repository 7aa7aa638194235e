"""Lamps without hardware, for a screen that draws them and tests that read what was shown."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from devices.lights import Lamps
from devices.lights.patterns import Timing
from devices.lights.player import Drive, PlayedLights
from devices.supervised import Watcher

_KEPT = 1000


class Settings(Timing, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The times of the patterns, and the file that stands for the pins; empty: none."""

    state_file: str = ""


def open(settings: Settings, *, watch: Watcher | None = None) -> SimulatedLights:
    """Open the lamps."""
    return SimulatedLights(settings, watch)


class SimulatedLights(PlayedLights):
    """Plays every pattern in real time and remembers the last thousand changes."""

    def __init__(self, settings: Settings, watch: Watcher | None) -> None:
        self._history: deque[Lamps] = deque(maxlen=_KEPT)
        self._state_file = Path(settings.state_file) if settings.state_file else None
        super().__init__(settings, self._lamps_opened, watch, "模拟")

    def history(self) -> tuple[Lamps, ...]:
        """Return what was driven, oldest first, without the dark beginning."""
        return tuple(self._history)

    @contextmanager
    def _lamps_opened(self) -> Iterator[Drive]:
        self._keep(Lamps())  # as opening a pin does
        yield self._drive

    def _drive(self, lamps: Lamps) -> None:
        self._history.append(lamps)
        self._keep(lamps)

    def _keep(self, lamps: Lamps) -> None:
        if self._state_file:
            write_state(self._state_file, lamps)


def write_state(path: Path, lamps: Lamps) -> None:
    """Write what is driven as JSON, whole.

    Like a Pi's pins the file keeps its level when its process is killed. Raise OSError.
    """
    beside = path.with_name(f"{path.name}.new")
    beside.write_bytes(msgspec.json.encode(lamps))
    beside.replace(path)
