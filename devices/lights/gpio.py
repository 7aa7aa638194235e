"""Lamps on the header's pins.

Use lamps and relays that are on at a high level, with a pull-down at each driver: a released or
crashed pin keeps its level or floats, and a board that is on at a low level would switch on. After
a crash ``lights_off`` clears the pins.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial

from gpiozero import DigitalOutputDevice

from devices.gpio import FactoryName, Pin, factory, pins_may_fail
from devices.lights import Lamps, Lights
from devices.lights.patterns import Timing
from devices.lights.player import Drive, PlayedLights
from devices.supervised import Watcher


class Settings(Timing, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Options of the driver: the pin factory, the pins (BCM numbers; buzzer and door may be
    absent), and times.
    """

    factory: FactoryName
    red: Pin
    yellow: Pin
    green: Pin
    buzzer: Pin | None = None
    door: Pin | None = None
    active_high: bool = True

    def __post_init__(self) -> None:
        pins = list(self.pins().values())
        if len(set(pins)) < len(pins):
            raise ValueError(f"each lamp needs a pin of its own, got {self.pins()}")

    def pins(self) -> dict[str, int]:
        """Return the pin of each lamp that there is."""
        pins = {name: getattr(self, name) for name in Lamps.__struct_fields__}
        return {name: pin for name, pin in pins.items() if pin is not None}


def open(settings: Settings, *, watch: Watcher | None = None) -> Lights:
    """Open the lamps; returns at once."""
    return PlayedLights(settings, partial(_opened, settings), watch, settings.factory)


@contextmanager
def _opened(settings: Settings) -> Iterator[Drive]:
    with ExitStack() as stack:
        with pins_may_fail():
            pins = factory(settings.factory)
            outputs = {
                name: stack.enter_context(
                    DigitalOutputDevice(pin, active_high=settings.active_high, pin_factory=pins)
                )
                for name, pin in settings.pins().items()
            }
        yield partial(_drive, outputs)


def _drive(outputs: dict[str, DigitalOutputDevice], lamps: Lamps) -> None:
    """Put out first, then light: no moment shows both."""
    with pins_may_fail():
        for name, output in sorted(outputs.items(), key=lambda item: getattr(lamps, item[0])):
            output.value = getattr(lamps, name)
