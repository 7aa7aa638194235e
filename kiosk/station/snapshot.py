"""What the station lets the touch screen see: one value that is replaced with every change."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

import msgspec

from devices.supervised import State as DeviceState
from devices.voice import Clip
from kiosk.flow.door import Door
from kiosk.flow.state import State
from kiosk.flow.touches import AnyTouch


class Tally(msgspec.Struct, frozen=True):
    """Today's count: 应到 / 已到 / 未到, and how many days no shift was missed."""

    expected: int = 0
    arrived: int = 0
    unbroken_days: int = 0

    @property
    def missing(self) -> int:
        """Give how many are still to come."""
        return max(0, self.expected - self.arrived)


class Snapshot(msgspec.Struct, frozen=True):
    """Everything a screen is drawn from. `version` grows with every change, of the door or of anything else."""

    version: int
    state: State
    now_s: float
    """Monotonic time of this snapshot, to turn the state's deadlines into time left."""
    devices: Mapping[str, DeviceState]
    tally: Tally
    trouble: str = ""
    """A sentence to the person at the door when nothing can be recorded (a full disk); empty when all is well."""
    clock_ok: bool = True
    preparing: tuple[int, int] | None = None
    """Sentences rendered and to render, while the voice is being prepared."""
    content_trouble: str = ""
    """A sentence when content of the factory's own cannot be used and older content stands in; empty when all is well."""


class StationPort(Protocol):
    """The station as the touch screen sees it. All methods may be called from any thread."""

    name: str
    door: Door

    def snapshot(self) -> Snapshot:
        """Give the present snapshot."""
        ...

    def after(self, version: int, timeout_s: float) -> Snapshot | None:
        """Wait for a snapshot newer than `version`; None when there was none in time."""
        ...

    def touch(self, touch: AnyTouch, turn: int) -> Snapshot:
        """Hand in a touch and give the snapshot after it; when it asks for a photo, after the photo is recorded."""
        ...

    def clip(self, text: str) -> Clip | None:
        """Give the rendered speech of a sentence, when there is one."""
        ...

    def preview(self) -> bytes | None:
        """Give what the camera sees now, as a small JPEG."""
        ...

    def photo(self, digest: str) -> Path | None:
        """Give the file of a photo or thumbnail by its digest."""
        ...
