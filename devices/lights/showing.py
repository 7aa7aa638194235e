"""Which lamps are due now: the pattern, its clock, and green's need for a sign of life. Pure."""

from __future__ import annotations

import msgspec

from devices.lights import Lamps, Signal
from devices.lights.patterns import WAITING, Timing, beat_at, pattern


class Showing(msgspec.Struct, frozen=True):
    """A signal since when, and the last sign of life of the main loop; monotonic seconds."""

    signal: Signal
    since_s: float
    alive_s: float


def show(signal: Signal, now_s: float) -> Showing:
    """Begin a signal; to ask for it is a sign of life."""
    return Showing(signal, now_s, now_s)


def refresh(showing: Showing, now_s: float, timing: Timing) -> Showing:
    """Note a sign of life. One that comes too late does not light green again."""
    if now_s - showing.alive_s >= timing.green_stale_s:
        return showing
    return msgspec.structs.replace(showing, alive_s=now_s)


def lamps_at(showing: Showing, now_s: float, timing: Timing) -> tuple[Lamps, float | None]:
    """Return the lamps that are due, and the seconds until that may change (None: never by
    itself).
    """
    beat, change_s = beat_at(pattern(showing.signal, timing), now_s - showing.since_s)
    if change_s is None or not (beat.green or beat.door):
        return beat.lamps, change_s
    fresh_s = showing.alive_s + timing.green_stale_s - now_s
    return (beat.lamps, min(change_s, fresh_s)) if fresh_s > 0 else (WAITING.lamps, None)
