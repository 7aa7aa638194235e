"""No camera, on purpose: a station that records its checks without photos."""

from __future__ import annotations

import time

import msgspec

from devices import DeviceOfflineError
from devices.camera import Camera, Photo
from devices.reasons import DISABLED
from devices.supervised import Offline, State, Watcher


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """There is nothing to set."""


class DisabledCamera:
    """A camera that never has a picture."""

    def __init__(self) -> None:
        self.state: State = Offline(DISABLED, time.monotonic())

    def photo(self, deadline_s: float, stamp: str = "") -> Photo:  # noqa: ARG002 (the contract's arguments)
        """Refuse at once. Raise DeviceOfflineError."""
        raise DeviceOfflineError(DISABLED)

    def preview(self) -> bytes | None:
        """Return None."""
        return None

    def close(self) -> None:
        """Do nothing."""


def open(settings: Settings, watch: Watcher | None = None) -> Camera:  # noqa: ARG001 (as the other drivers)
    """Return a camera that is always offline."""
    return DisabledCamera()
