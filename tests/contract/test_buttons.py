"""What all buttons keep: a press is one event with the button's name, and nothing comes after
close.
"""

from __future__ import annotations

import queue
from collections.abc import Iterator, Mapping

import pytest

import devices
from devices.buttons import NAMES, ButtonPressed, Buttons
from devices.buttons.simulated import SimulatedButtons
from devices.gpio import factory
from devices.supervised import Offline, Online, State
from tests.fakes.waiting import until

PINS = {"confirm": 5, "abnormal": 6}


class Rig:
    """A driver with a finger."""

    def __init__(self, settings: Mapping[str, object]) -> None:
        self.events: queue.SimpleQueue[ButtonPressed] = queue.SimpleQueue()
        self.states: queue.SimpleQueue[State] = queue.SimpleQueue()
        self.buttons: Buttons = devices.open(
            "buttons", settings, emit=self.events.put, watch=self.states.put
        )

    def press(self, name: str) -> None:
        raise NotImplementedError


class GpioRig(Rig):
    """The gpio driver on gpiozero's mock pins, pressed by pulling them to ground."""

    def __init__(self) -> None:
        super().__init__({"driver": "gpio", "factory": "mock", **PINS})

    def press(self, name: str) -> None:
        pin = factory("mock").pin(PINS[name])
        pin.drive_low()
        pin.drive_high()


class SimulatedRig(Rig):
    """The simulated driver."""

    def __init__(self) -> None:
        super().__init__({"driver": "simulated"})

    def press(self, name: str) -> None:
        assert isinstance(self.buttons, SimulatedButtons)
        self.buttons.press(name)


@pytest.fixture(params=[GpioRig, SimulatedRig])
def rig(request: pytest.FixtureRequest) -> Iterator[Rig]:
    made: Rig = request.param()
    until(lambda: isinstance(made.buttons.state, Online))
    yield made
    made.buttons.close()


def test_each_press_is_one_event_with_its_name(rig: Rig) -> None:
    for name in (*NAMES, *NAMES, "confirm"):
        rig.press(name)
        assert rig.events.get(timeout=30) == ButtonPressed(name)
    assert rig.events.empty()


def test_the_watcher_hears_that_it_works(rig: Rig) -> None:
    assert isinstance(rig.states.get(timeout=30), Online)


def test_after_closing_no_press_comes(rig: Rig) -> None:
    rig.states.get(timeout=30)
    rig.buttons.close()
    rig.buttons.close()
    rig.press("confirm")
    assert rig.events.empty()
    assert isinstance(rig.buttons.state, Offline)
    assert rig.states.empty()


def test_disabled_buttons_are_offline_for_ever() -> None:
    buttons: Buttons = devices.open("buttons", {"driver": "disabled"}, emit=lambda event: None)
    assert isinstance(buttons.state, Offline)
    assert buttons.state.reason == "已在设置中停用"
    buttons.close()


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"driver": "gpio", "factory": "mock"}, "pins"),
        ({"driver": "gpio", "factory": "mock", "confirm": 5, "abnormal": 5}, "different pins"),
        ({"driver": "gpio", "confirm": 5}, "factory"),
        ({"driver": "gpio", "factory": "mock", "confirm": 5, "bounce_ms": 0}, "bounce_ms"),
        ({"driver": "gpio", "factory": "mock", "accept": 5}, "accept"),
    ],
)
def test_a_wrong_setting_is_named(settings: dict[str, object], message: str) -> None:
    with pytest.raises(devices.SettingsError, match=message):
        devices.open("buttons", settings, emit=lambda event: None)
