"""The newest snapshot: replaced by the loop, watched from any thread."""

from __future__ import annotations

import threading

from msgspec.structs import replace

from kiosk.station.snapshot import Snapshot


class Showing:
    """Holds what the station shows; `version` grows with every publication."""

    def __init__(self, first: Snapshot) -> None:
        self.current = first
        self._changed = threading.Condition()

    def amend(self, **changes: object) -> None:
        """Change what the next publication will show, and tell nobody yet."""
        # One assignment of a frozen value, by the loop alone: who reads it needs no lock.
        self.current = replace(self.current, **changes)

    def publish(self, **changes: object) -> None:
        """Show something newer, and wake all who wait for it."""
        with self._changed:
            self.amend(version=self.current.version + 1, **changes)
            self._changed.notify_all()

    def after(self, version: int, timeout_s: float) -> Snapshot | None:
        """Wait for a snapshot newer than `version`; None when there was none in time."""
        with self._changed:
            newer = self._changed.wait_for(lambda: self.current.version > version, timeout_s)
        return self.current if newer else None
