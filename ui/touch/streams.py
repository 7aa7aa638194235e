"""The events of the screen: each new version to every open page, over Server-Sent Events.

A stream holds a thread of the server for as long as it lives, so they are few, and end when the
page goes away, when the station stops, or after a while (the browser then connects again by
itself).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

from kiosk.station.snapshot import Snapshot, StationPort
from ui.touch.payload import Payloads

MOST_STREAMS = 6
_LOOK_S = 1.0
"""How often a quiet stream looks whether anybody is still there."""
_HEARTBEAT_S = 10.0
_LIFE_S = 900.0


class Streams:
    """Opens streams, at most `MOST_STREAMS` at a time."""

    def __init__(self, station: StationPort, payloads: Payloads, stop: threading.Event) -> None:
        self._station = station
        self._payloads = payloads
        self._stop = stop
        self._places = threading.BoundedSemaphore(MOST_STREAMS)

    def open(self, gone: Callable[[], bool]) -> Iterator[bytes] | None:
        """Begin a stream for a client; `gone` returns whether it has left.

        None when all places are taken.
        """
        if not self._places.acquire(blocking=False):
            return None
        return Stream(self._events(gone), self._places.release)

    def _events(self, gone: Callable[[], bool]) -> Iterator[bytes]:
        snapshot = self._station.snapshot()
        ends_s = time.monotonic() + _LIFE_S
        yield b"retry: 1000\n\n" + self._event(snapshot)
        beat_s = time.monotonic()
        while not self._stop.is_set() and not gone() and time.monotonic() < ends_s:
            newer = self._station.after(snapshot.version, _LOOK_S)
            if newer is not None:
                snapshot = newer
                yield self._event(snapshot)
            elif time.monotonic() - beat_s >= _HEARTBEAT_S:
                beat_s = time.monotonic()
                yield b": still here\n\n"

    def _event(self, snapshot: Snapshot) -> bytes:
        return b"id: %d\ndata: %b\n\n" % (snapshot.version, self._payloads.of(snapshot))


class Stream:
    """An iterator of events that releases its place once, however it ends: even when it was never
    begun.
    """

    def __init__(self, events: Iterator[bytes], release: Callable[[], None]) -> None:
        self._events = events
        self._release = release
        self._open = True

    def __iter__(self) -> Stream:
        """Return itself, as iterators do."""
        return self

    def __next__(self) -> bytes:
        """Wait for the next event."""
        try:
            return next(self._events)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Release the place; WSGI servers call this at the end of every response."""
        if self._open:
            self._open = False
            self._release()
