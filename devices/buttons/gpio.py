"""Buttons on the header's pins, between pin and ground unless `pull_up` is off."""

from __future__ import annotations

import queue
from collections.abc import Callable
from contextlib import ExitStack
from typing import Annotated

import msgspec
from gpiozero import Button

from devices.buttons import NAMES, ButtonPressed, Buttons, Emit
from devices.gpio import FactoryName, Pin, factory, pins_may_fail
from devices.supervised import Link, State, Supervised, Watcher


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Options of the driver: the pin factory, a pin a button (BCM numbers), and how long a contact
    may bounce.
    """

    factory: FactoryName
    confirm: Pin | None = None
    abnormal: Pin | None = None
    pull_up: bool = True
    bounce_ms: Annotated[int, msgspec.Meta(ge=1, le=500)] = 30

    def __post_init__(self) -> None:
        pins = list(self.pins().values())
        if not pins or len(set(pins)) < len(pins):
            raise ValueError(
                f"expected one or two different pins for {' and '.join(NAMES)}, got {self.pins()}"
            )

    def pins(self) -> dict[str, int]:
        """Return the pin of each button that there is."""
        pins = {name: getattr(self, name) for name in NAMES}
        return {name: pin for name, pin in pins.items() if pin is not None}


def open(settings: Settings, *, emit: Emit, watch: Watcher | None = None) -> Buttons:
    """Open the buttons; returns at once."""
    return GpioButtons(settings, emit, watch)


class GpioButtons:
    """Supervised pins. gpiozero calls back in the thread that watches all pins, so a press is only
    queued there.
    """

    def __init__(self, settings: Settings, emit: Emit, watch: Watcher | None) -> None:
        self._settings = settings
        self._emit = emit
        self._presses: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._supervised = Supervised("buttons", self._session, watch=watch, on_close=self._wake)

    @property
    def state(self) -> State:
        """Return the present state."""
        return self._supervised.state

    def close(self) -> None:
        """Release the pins."""
        self._supervised.close()

    def _wake(self) -> None:
        self._presses.put(None)

    def _session(self, link: Link) -> None:
        with ExitStack() as stack:
            with pins_may_fail():
                pins = factory(self._settings.factory)
                for name, pin in self._settings.pins().items():
                    stack.enter_context(self._button(pin, pins)).when_pressed = self._pressed(name)
            link.online(self._settings.factory)
            self._relay(link)

    def _button(self, pin: int, pins: object) -> Button:
        bounce_s = self._settings.bounce_ms / 1000
        return Button(pin, pull_up=self._settings.pull_up, bounce_time=bounce_s, pin_factory=pins)

    def _pressed(self, name: str) -> Callable[[], None]:
        return lambda: self._presses.put(name)

    def _relay(self, link: Link) -> None:
        while not link.stopping:
            name = self._presses.get()
            if name is not None and not link.stopping:
                self._emit(ButtonPressed(name))
