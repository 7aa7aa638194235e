"""What each signal looks like over time. Pure: no lamp, no clock."""

from __future__ import annotations

from typing import Annotated, assert_never

import msgspec

from devices.lights import Lamps, Signal

_PULSE_S = 0.2
_LONG_PULSE_S = 0.6
_BLINK_S = 0.5
_FAST_BLINK_S = 0.25


class Timing(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How long the lamps speak: green after a pass, red after the buzzer, and green without a sign
    of life.
    """

    green_s: Annotated[float, msgspec.Meta(gt=0, le=30)] = 5.0
    red_s: Annotated[float, msgspec.Meta(gt=0, le=60)] = 5.0
    green_stale_s: Annotated[float, msgspec.Meta(gt=0, le=10)] = 2.0


class Beat(Lamps, frozen=True, kw_only=True):
    """Lamps for this many seconds; None stays."""

    lasts_s: float | None = None

    @property
    def lamps(self) -> Lamps:
        """Return the lamps alone."""
        return Lamps(
            red=self.red, yellow=self.yellow, green=self.green, buzzer=self.buzzer, door=self.door
        )


WAITING = Beat(yellow=True)


def pattern(signal: Signal, timing: Timing) -> tuple[Beat, ...]:
    """Return the beats of a signal; a pattern whose last beat does not stay begins again.

    Yellow is the station itself: steady when it waits, winking when it works, blinking when it
    needs somebody. Red with the buzzer is a check that failed (three short) or a worker who may not
    begin (two long).
    """
    match signal:
        case Signal.off:
            return (Beat(),)
        case Signal.waiting:
            return (WAITING,)
        case Signal.working:
            return (Beat(yellow=True, lasts_s=1.8), Beat(lasts_s=_PULSE_S))
        case Signal.passed:
            return (Beat(green=True, door=True, lasts_s=timing.green_s), WAITING)
        case Signal.released:
            return (Beat(yellow=True, door=True, lasts_s=timing.green_s), WAITING)
        case Signal.failed:
            return (*_alarm(3, _PULSE_S), Beat(red=True, lasts_s=timing.red_s), WAITING)
        case Signal.refused:
            return (*_alarm(2, _LONG_PULSE_S), Beat(red=True, lasts_s=timing.red_s), WAITING)
        case Signal.abnormal:
            return (Beat(yellow=True, lasts_s=_BLINK_S), Beat(lasts_s=_BLINK_S))
        case Signal.fault:
            return (
                Beat(red=True, yellow=True, lasts_s=_FAST_BLINK_S),
                Beat(red=True, lasts_s=_FAST_BLINK_S),
            )
        case _:
            assert_never(signal)


def beat_at(beats: tuple[Beat, ...], elapsed_s: float) -> tuple[Beat, float | None]:
    """Return the beat that plays this many seconds after the start, and the seconds until it
    changes (None: never).
    """
    if beats[-1].lasts_s is not None:
        elapsed_s %= sum(beat.lasts_s or 0.0 for beat in beats)
    for beat in beats:
        if beat.lasts_s is None:
            return beat, None
        if elapsed_s < beat.lasts_s:
            return beat, beat.lasts_s - elapsed_s
        elapsed_s -= beat.lasts_s
    return beats[0], beats[
        0
    ].lasts_s  # rounding carried the last moment over the end: it begins again


def _alarm(times: int, pulse_s: float) -> tuple[Beat, ...]:
    return (Beat(red=True, buzzer=True, lasts_s=pulse_s), Beat(red=True, lasts_s=_PULSE_S)) * times
