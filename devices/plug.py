"""The cable of a simulated device: in or out, as a test or the demo wants it."""

from __future__ import annotations

import time

from devices.supervised import Offline, Online, State, Watcher


class Plug:
    """Keeps the state of a device that has no hardware; `watch` is called with each pull and
    push.
    """

    def __init__(self, watch: Watcher | None) -> None:
        self._watch = watch
        self._closed = False
        self.state: State = Online(time.monotonic(), "模拟")
        self._tell()

    @property
    def plugged(self) -> bool:
        """Return whether the device works."""
        return isinstance(self.state, Online)

    def push(self) -> None:
        """Plug the device in."""
        if not self.plugged and not self._closed:
            self.state = Online(time.monotonic(), "模拟")
            self._tell()

    def pull(self, reason: str = "模拟拔出") -> None:
        """Unplug it."""
        if self.plugged:
            self.state = Offline(reason, time.monotonic())
            self._tell()

    def close(self) -> None:
        """End it; that is no news to the watcher."""
        self._closed = True
        self.state = Offline("已关闭", time.monotonic())

    def _tell(self) -> None:
        if self._watch is not None:
            self._watch(self.state)
