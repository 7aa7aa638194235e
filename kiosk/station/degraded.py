"""The station while its data folder refuses, as a full card does: the screen and the lamp say so
until there is something to begin with.

Without this a station that starts on such a disk would end and be started again for ever, behind a
dark screen.
"""

from __future__ import annotations

import threading
import time
from contextlib import closing
from pathlib import Path

from msgspec.structs import replace

import devices
from devices.lights import Signal
from devices.voice import Clip
from kiosk.flow.advance import advance
from kiosk.flow.door import Door
from kiosk.flow.inputs import Touched
from kiosk.flow.state import State
from kiosk.flow.touches import AnyTouch
from kiosk.journal.clock import system_moment
from kiosk.journal.errors import StorageError
from kiosk.journal.ids import uuid7
from kiosk.journal.log import Journal
from kiosk.paths import Place
from kiosk.settings import Settings
from kiosk.station.health import write_trouble
from kiosk.station.snapshot import Snapshot, Tally
from kiosk.station.watchdog import Heart

_BEAT_S = 0.5
"""The lamp wants a sign of life more often than every two seconds."""


class OutOfUse:
    """A door without a journal; follows `kiosk.station.snapshot.StationPort`.

    Emergency cards still open: they record nothing.
    """

    def __init__(self, name: str, door: Door, reason: str) -> None:
        self.name = name
        self.door = door
        self._changed = threading.Condition()
        self._snapshot = Snapshot(1, State(), time.monotonic(), {}, Tally(), trouble=reason)

    def snapshot(self) -> Snapshot:
        """Return the present snapshot."""
        return self._snapshot

    def after(self, version: int, timeout_s: float) -> Snapshot | None:
        """Wait for a snapshot newer than `version`; None when there was none in time."""
        with self._changed:
            newer = self._changed.wait_for(lambda: self._snapshot.version > version, timeout_s)
        return self._snapshot if newer else None

    def touch(self, touch: AnyTouch, turn: int) -> Snapshot:
        """Do what needs no record."""
        with self._changed:
            now_s = time.monotonic()
            state, effects = advance(
                self.door, self._snapshot.state, Touched(now_s, uuid7(), touch, turn)
            )
            # An effect would have to be recorded, so such a touch does nothing.
            if not effects and state is not self._snapshot.state:
                self._show(state=state)
            return self._snapshot

    def because(self, reason: str) -> None:
        """Show another reason from now on."""
        with self._changed:
            if reason != self._snapshot.trouble:
                self._show(trouble=reason)

    def clip(self, text: str) -> Clip | None:
        """Return no speech: the sentences are in the folder that refuses."""

    def preview(self) -> bytes | None:
        """Return no picture."""

    def photo(self, digest: str) -> Path | None:
        """Return no photo."""

    def _show(self, **changes: object) -> None:
        version = self._snapshot.version + 1
        self._snapshot = replace(self._snapshot, version=version, now_s=time.monotonic(), **changes)
        self._changed.notify_all()


def wait_out(
    settings: Settings, place: Place, shown: OutOfUse, stop: threading.Event, heart: Heart
) -> None:
    """Show a fault on the lamp until the station can begin, or `stop`."""
    with closing(devices.open("lights", place.located(settings.lights))) as lights:
        lights.show(Signal.fault)
        try_at_s = time.monotonic() + settings.disk.look_s
        while not stop.wait(_BEAT_S):
            heart.beat()
            lights.refresh()
            if time.monotonic() >= try_at_s:
                try_at_s = time.monotonic() + settings.disk.look_s
                if not (reason := refusal(settings, place)):
                    return
                shown.because(reason)


def refusal(settings: Settings, place: Place) -> str:
    """Return a sentence that says why the station cannot begin; empty when it can."""
    try:
        with Journal.open(place.data, settings.station.id, system_moment):
            # Opening may get by without a write, and a disk that takes none can still be read.
            return write_trouble(place.data)
    except StorageError as error:
        return str(error)
