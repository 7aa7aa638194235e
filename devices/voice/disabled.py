"""No voice, on purpose: the screen shows every sentence anyhow."""

from __future__ import annotations

import time
from collections.abc import Iterable

import msgspec

from devices import DeviceOfflineError
from devices.reasons import DISABLED
from devices.supervised import Offline, State, Watcher
from devices.voice import Clip, Progress, Readings, Said, Voice, unwatched


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """There is nothing to set."""


class DisabledVoice:
    """A voice that has nothing to play."""

    def __init__(self) -> None:
        self.state: State = Offline(DISABLED, time.monotonic())

    def clip(self, text: str) -> Clip | None:  # noqa: ARG002 (the contract's arguments)
        """Return None."""
        return None

    def render(self, texts: Iterable[str], progress: Progress = unwatched) -> None:
        """Do nothing: content may be published without a voice."""

    def say(self, text: str, trying: Readings) -> Said:  # noqa: ARG002 (the contract's arguments)
        """Raise DeviceOfflineError."""
        raise DeviceOfflineError(DISABLED)

    def reread(self, site: Readings) -> None:
        """Do nothing."""

    def forget(self, texts: Iterable[str], unneeded_for_s: float) -> None:
        """Do nothing."""

    def close(self) -> None:
        """Do nothing."""


def open(settings: Settings, watch: Watcher | None = None) -> Voice:  # noqa: ARG001 (as the other drivers)
    """Return a voice that is always offline."""
    return DisabledVoice()
