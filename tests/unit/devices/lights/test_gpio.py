"""Lamps on pins beyond the contract: pins that are taken, lamps that are not there, and every way a
process ends.
"""

from __future__ import annotations

import signal
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

import devices
from devices.gpio import factory
from devices.lights import Lamps, Lights, Signal
from devices.lights.lights_off import main
from devices.supervised import Offline, Online
from tests.fakes.waiting import until

TOWER = {"driver": "gpio", "factory": "mock", "red": 17, "yellow": 27, "green": 22}
NO_CHIP = pytest.mark.skipif(
    Path("/dev/gpiochip0").exists(), reason="this machine has pins: lgpio would work"
)
NEEDS_LGPIO = pytest.mark.skipif(
    find_spec("lgpio") is None, reason="no lgpio for this Python and machine"
)


def test_pins_in_use_are_a_reason_and_the_signal_of_now_is_shown_once_they_are_free() -> None:
    first: Lights = devices.open("lights", TOWER)
    until(lambda: isinstance(first.state, Online))
    second: Lights = devices.open("lights", TOWER)
    second.show(Signal.waiting)
    until(lambda: isinstance(second.state, Offline) and "引脚被重复使用" in second.state.reason)
    assert second.lamps() == Lamps()
    first.close()
    until(lambda: second.lamps() == Lamps(yellow=True))
    assert isinstance(second.state, Online)
    second.close()


def test_a_green_that_ended_while_the_lamps_were_offline_is_not_played_afterwards() -> None:
    first: Lights = devices.open("lights", TOWER)
    until(lambda: isinstance(first.state, Online))
    second: Lights = devices.open("lights", {**TOWER, "green_s": 0.05})
    until(lambda: isinstance(second.state, Offline) and "重复使用" in second.state.reason)
    second.show(Signal.passed)
    green = factory("mock").pin(22)
    green.clear_states()
    first.close()
    until(lambda: second.lamps() == Lamps(yellow=True))
    second.close()
    assert not any(state.state for state in green.states)


def test_a_tower_without_buzzer_and_door_works() -> None:
    lights: Lights = devices.open("lights", TOWER)
    lights.show(Signal.passed)
    until(lambda: factory("mock").pin(22).state)
    lights.close()
    assert not factory("mock").pin(22).state


def test_an_active_low_board_is_driven_low_to_light() -> None:
    lights: Lights = devices.open("lights", {**TOWER, "active_high": False})
    until(lambda: isinstance(lights.state, Online))
    red, yellow = factory("mock").pin(17), factory("mock").pin(27)
    assert (red.state, yellow.state) == (True, True)
    lights.show(Signal.waiting)
    until(lambda: not yellow.state)
    assert red.state
    lights.close()


STATION = """
import atexit, signal, sys
import devices
from devices.gpio import factory
from devices.lights import Lamps, Signal

green = factory("mock").pin(22)
atexit.register(lambda: print("green" if green.state else "dark"))
lights = devices.open("lights", {"driver": "gpio", "factory": "mock", "red": 17, "yellow": 27,
                                 "green": 22, "green_s": 30, "green_stale_s": 10})
signal.signal(signal.SIGTERM, lambda *_: sys.exit())
lights.show(Signal.passed)
while not green.state:
    signal.sigtimedwait([], 0.01)
print("lit", flush=True)
"""
ENDINGS = {"exit": "", "crash": "raise ZeroDivisionError", "term": "signal.pause()"}


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_process_that_ends_without_closing_leaves_no_green(ending: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", STATION + ENDINGS[ending]],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as station:
        assert station.stdout is not None
        assert station.stdout.readline() == "lit\n"
        if ending == "term":
            station.send_signal(signal.SIGTERM)
        assert station.communicate(timeout=20)[0] == "dark\n"


def left_on(*numbers: int) -> None:
    """Pins as a killed process leaves them: outputs at their last level."""
    for number in numbers:
        pin = factory("mock").pin(number)
        pin.function = "output"
        pin.state = True


def test_lights_off_clears_the_pins_that_it_is_given() -> None:
    left_on(17, 22)
    assert main(["--factory", "mock", "--pins", "17", "22"]) == 0
    assert [factory("mock").pin(number).state for number in (17, 22)] == [False, False]


def test_lights_off_finds_the_pins_in_a_configuration_whatever_else_is_wrong_in_it(
    tmp_path: Path,
) -> None:
    config = tmp_path / "kiosk.toml"
    config.write_text(
        '[lights]\ndriver = "gpio"\nfactory = "mock"\nred = 17\nyellow = 27\ngreen = 22\n'
        'door = 24\nwrong = "key"\n'
    )
    left_on(17, 27, 22, 24)
    assert main(["--config", str(config)]) == 0
    assert not any(factory("mock").pin(number).state for number in (17, 27, 22, 24))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_lights_off_reads_the_pins_of_a_file_that_another_editor_saved(
    tmp_path: Path, encoding: str
) -> None:
    config = tmp_path / "kiosk.toml"
    written = '[station]\nname = "东门"\n[lights]\ndriver = "gpio"\nfactory = "mock"\ngreen = 22\n'
    config.write_text(written, encoding=encoding)
    left_on(22)
    assert main(["--config", str(config)]) == 0
    assert not factory("mock").pin(22).state


def test_lights_off_has_nothing_to_do_without_lamps_on_pins(tmp_path: Path) -> None:
    config = tmp_path / "kiosk.toml"
    config.write_text('[lights]\ndriver = "disabled"\n')
    assert main(["--config", str(config)]) == 0


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--factory", "mock"],
        ["--factory", "rpigpio", "--pins", "17"],
        ["--config", "/no/such/kiosk.toml"],
    ],
)
def test_lights_off_says_what_is_wrong_with_its_arguments(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "lights_off: error: " in capsys.readouterr().err


def test_lights_off_tries_every_pin_and_names_the_one_that_failed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    taken: Lights = devices.open("lights", {**TOWER, "red": 5, "yellow": 6, "green": 13})
    until(lambda: isinstance(taken.state, Online))
    left_on(22)
    try:
        assert main(["--factory", "mock", "--pins", "13", "22"]) == 1
    finally:
        taken.close()
    assert not factory("mock").pin(22).state
    assert capsys.readouterr().err.startswith("GPIO13：引脚被重复使用")


@NO_CHIP
@NEEDS_LGPIO
def test_lgpio_without_pins_is_a_reason_and_no_other_factory(tmp_path: Path) -> None:
    """In a process of its own, as importing lgpio leaves a FIFO in the working directory."""
    ended = subprocess.run(
        [sys.executable, "-m", "devices.lights.lights_off", "--factory", "lgpio", "--pins", "17"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert ended.returncode == 1
    assert "打不开 GPIO" in ended.stderr
