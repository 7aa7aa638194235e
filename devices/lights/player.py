"""Playing signals on lamps that may come and go: one thread, interrupted at once by the next
signal.
"""

from __future__ import annotations

import atexit
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager

from devices.lights import Lamps, Signal
from devices.lights.patterns import Timing
from devices.lights.showing import lamps_at, refresh, show
from devices.supervised import Link, State, Supervised, Watcher

Drive = Callable[[Lamps], None]


class PlayedLights:
    """`Lights` over a way to open the lamps, which returns a function that drives them.

    A signal keeps its time while the lamps are offline: what ended meanwhile is not played
    afterwards.
    """

    def __init__(
        self,
        timing: Timing,
        opened: Callable[[], AbstractContextManager[Drive]],
        watch: Watcher | None,
        detail: str,
    ) -> None:
        self._timing = timing
        self._opened = opened
        self._detail = detail
        self._changed = threading.Condition()
        self._showing = show(Signal.off, time.monotonic())
        self._driven = Lamps()
        atexit.register(self.close)
        self._supervised = Supervised("lights", self._session, watch=watch, on_close=self._wake)

    @property
    def state(self) -> State:
        """Return the present state."""
        return self._supervised.state

    def show(self, signal: Signal) -> None:
        """Show `signal` from now on."""
        with self._changed:
            self._showing = show(signal, time.monotonic())
            self._changed.notify()

    def refresh(self) -> None:
        """Mark the main loop as alive."""
        with self._changed:
            self._showing = refresh(self._showing, time.monotonic(), self._timing)

    def lamps(self) -> Lamps:
        """Return what is driven at this moment."""
        return self._driven

    def close(self) -> None:
        """Switch everything off and release the lamps."""
        self._supervised.close()
        atexit.unregister(self.close)

    def _wake(self) -> None:
        with self._changed:
            self._changed.notify()

    def _session(self, link: Link) -> None:
        try:
            with self._opened() as drive:
                link.online(self._detail)
                self._play(link, drive)
        finally:
            self._driven = Lamps()

    def _play(self, link: Link, drive: Drive) -> None:
        with self._changed:
            while not link.stopping:
                due, change_s = lamps_at(self._showing, time.monotonic(), self._timing)
                self._put(due, drive)
                self._changed.wait(change_s)
            self._put(Lamps(), drive)

    def _put(self, lamps: Lamps, drive: Drive) -> None:
        if lamps != self._driven:
            drive(lamps)
            self._driven = lamps
