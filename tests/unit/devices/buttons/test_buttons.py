"""Buttons beyond the contract: pins that are taken, a button that is held, one that is pulled
out.
"""

from __future__ import annotations

import queue
from collections.abc import Iterator

import pytest

import devices
from devices import DeviceError
from devices.buttons import ButtonPressed, Buttons
from devices.buttons.simulated import SimulatedButtons
from devices.gpio import factory
from devices.supervised import Offline, Online
from tests.fakes.waiting import until

SETTINGS = {"driver": "gpio", "factory": "mock", "confirm": 5, "abnormal": 6}


@pytest.fixture
def events() -> queue.SimpleQueue[ButtonPressed]:
    return queue.SimpleQueue()


@pytest.fixture
def simulated(events: queue.SimpleQueue[ButtonPressed]) -> Iterator[SimulatedButtons]:
    buttons: SimulatedButtons = devices.open("buttons", {"driver": "simulated"}, emit=events.put)
    yield buttons
    buttons.close()


def test_pins_in_use_are_a_reason_and_are_taken_once_they_are_free(
    events: queue.SimpleQueue[ButtonPressed],
) -> None:
    first: Buttons = devices.open("buttons", SETTINGS, emit=events.put)
    until(lambda: isinstance(first.state, Online))
    second: Buttons = devices.open("buttons", SETTINGS, emit=events.put)
    until(lambda: isinstance(second.state, Offline) and "引脚被重复使用" in second.state.reason)
    first.close()
    until(lambda: isinstance(second.state, Online))
    second.close()


def test_a_button_that_is_held_is_one_press(events: queue.SimpleQueue[ButtonPressed]) -> None:
    buttons: Buttons = devices.open("buttons", SETTINGS, emit=events.put)
    until(lambda: isinstance(buttons.state, Online))
    factory("mock").pin(5).drive_low()
    factory("mock").pin(6).drive_low()
    assert [events.get(timeout=30).name, events.get(timeout=30).name] == ["confirm", "abnormal"]
    buttons.close()
    assert events.empty()


def test_an_unplugged_simulated_button_is_silent_until_it_is_plugged_in(
    simulated: SimulatedButtons, events: queue.SimpleQueue[ButtonPressed]
) -> None:
    simulated.unplug()
    assert isinstance(simulated.state, Offline)
    simulated.press("confirm")
    simulated.plug()
    simulated.press("abnormal")
    assert events.get(timeout=30) == ButtonPressed("abnormal")
    assert events.empty()


def test_a_button_that_there_is_not_is_refused(simulated: SimulatedButtons) -> None:
    with pytest.raises(DeviceError, match="confirm、abnormal"):
        simulated.press("确认")
