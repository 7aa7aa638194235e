"""What all lights keep: they show what they are told, green alone after a pass and never for long,
and end dark.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec
import pytest

import devices
from devices.gpio import factory
from devices.lights import Lamps, Lights, Signal, lights_off
from devices.lights.simulated import SimulatedLights, write_state
from devices.supervised import Offline, Online
from tests.fakes.waiting import until

PINS = {"red": 17, "yellow": 27, "green": 22, "buzzer": 23, "door": 24}
LONG = {"green_s": 30, "red_s": 60, "green_stale_s": 10}
GREEN = Lamps(green=True, door=True)
YELLOW = Lamps(yellow=True)


class Rig:
    """A driver, and the eye on its lamps."""

    def __init__(self, settings: Mapping[str, object]) -> None:
        self.lights: Lights = devices.open("lights", settings)

    def online(self) -> None:
        until(lambda: isinstance(self.lights.state, Online))

    def sees(self, lamps: Lamps) -> None:
        """Wait until exactly these lamps are lit, as the hardware has it and as the driver says."""
        until(lambda: self.lit() == lamps and self.lights.lamps() == lamps)

    def lit(self) -> Lamps:
        raise NotImplementedError

    def greens(self) -> int:
        """Return how often green has been lit."""
        raise NotImplementedError


class GpioRig(Rig):
    """The gpio driver on gpiozero's mock pins, which are looked at without asking the driver."""

    def __init__(self, **times: object) -> None:
        self.pins = {name: factory("mock").pin(number) for name, number in PINS.items()}
        for pin in self.pins.values():
            pin.clear_states()
        super().__init__({"driver": "gpio", "factory": "mock", **PINS, **times})

    def lit(self) -> Lamps:
        return Lamps(**{name: bool(pin.state) for name, pin in self.pins.items()})

    def greens(self) -> int:
        return sum(state.state for state in self.pins["green"].states)


class SimulatedRig(Rig):
    """The simulated driver and its memory."""

    def __init__(self, **times: object) -> None:
        super().__init__({"driver": "simulated", **times})

    def lit(self) -> Lamps:
        history = self._history()
        return history[-1] if history else Lamps()

    def greens(self) -> int:
        return sum(lamps.green for lamps in self._history())

    def _history(self) -> tuple[Lamps, ...]:
        assert isinstance(self.lights, SimulatedLights)
        return self.lights.history()


class FileRig(SimulatedRig):
    """The simulated driver, seen from another process: in the file that stands for the pins."""

    def __init__(self, **times: object) -> None:
        self.path = Path(str(times["state_file"]))
        super().__init__(**times)

    def lit(self) -> Lamps:
        return msgspec.json.decode(self.path.read_bytes(), type=Lamps)


class Opener:
    """Opens rigs with the times that a test needs, and closes them."""

    def __init__(self, kind: type[GpioRig | SimulatedRig], folder: Path) -> None:
        self.kind = kind
        self.always = {"state_file": str(folder / "lamps.json")} if kind is FileRig else {}
        self.opened: list[Rig] = []

    def __call__(self, **times: object) -> Rig:
        rig = self.kind(**self.always, **times)
        self.opened.append(rig)
        rig.online()
        return rig


@pytest.fixture(params=[GpioRig, SimulatedRig, FileRig])
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Opener]:
    opener = Opener(request.param, tmp_path)
    yield opener
    for rig in opener.opened:
        rig.lights.close()


def test_it_begins_dark(opened: Opener) -> None:
    rig = opened()
    assert rig.lit() == rig.lights.lamps() == Lamps()


def test_the_next_signal_takes_over_at_once(opened: Opener) -> None:
    rig = opened(**LONG)
    rig.lights.show(Signal.passed)
    rig.sees(GREEN)
    rig.lights.show(Signal.failed)
    rig.sees(Lamps(red=True))
    rig.lights.show(Signal.waiting)
    rig.sees(YELLOW)
    rig.lights.show(Signal.off)
    rig.sees(Lamps())


def test_green_ends_by_itself(opened: Opener) -> None:
    rig = opened(green_s=0.3)
    rig.lights.show(Signal.passed)
    rig.sees(YELLOW)
    assert rig.greens() == 1


def test_green_goes_out_when_nobody_refreshes_it_and_stays_out(opened: Opener) -> None:
    rig = opened(green_s=30, green_stale_s=0.3)
    rig.lights.show(Signal.passed)
    rig.sees(YELLOW)
    rig.lights.refresh()
    rig.lights.show(Signal.off)
    rig.sees(Lamps())
    assert rig.greens() == 1


def test_a_second_pass_gets_its_own_green(opened: Opener) -> None:
    rig = opened(green_s=0.3)
    rig.lights.show(Signal.passed)
    rig.sees(YELLOW)
    rig.lights.show(Signal.passed)
    until(lambda: rig.greens() == 2)
    rig.sees(YELLOW)


@pytest.mark.parametrize("signal", [signal for signal in Signal if signal is not Signal.passed])
def test_nothing_but_a_pass_turns_green(opened: Opener, signal: Signal) -> None:
    rig = opened(red_s=0.01)
    rig.lights.show(signal)
    rig.lights.refresh()
    if signal is not Signal.off:
        until(lambda: rig.lit() != Lamps())
    rig.lights.show(Signal.off)
    rig.sees(Lamps())
    assert rig.greens() == 0


def test_closing_leaves_everything_dark(opened: Opener) -> None:
    rig = opened(**LONG)
    rig.lights.show(Signal.passed)
    rig.sees(GREEN)
    rig.lights.close()
    rig.lights.close()
    assert rig.lit() == rig.lights.lamps() == Lamps()
    assert isinstance(rig.lights.state, Offline)


def test_a_file_that_cannot_be_written_is_a_lamp_that_is_away(tmp_path: Path) -> None:
    folder = tmp_path / "not-there"
    lights: Lights = devices.open(
        "lights", {"driver": "simulated", "state_file": str(folder / "lamps.json")}
    )
    until(lambda: isinstance(lights.state, Offline) and "没有找到" in lights.state.reason)
    folder.mkdir()
    until(lambda: isinstance(lights.state, Online))
    lights.close()


def test_opening_puts_out_what_a_killed_process_left_lit(tmp_path: Path) -> None:
    path = tmp_path / "lamps.json"
    write_state(path, GREEN)
    lights: Lights = devices.open("lights", {"driver": "simulated", "state_file": str(path)})
    until(lambda: isinstance(lights.state, Online))
    assert msgspec.json.decode(path.read_bytes(), type=Lamps) == Lamps()
    lights.close()


@pytest.mark.parametrize("lit", [GREEN, YELLOW])
def test_lights_off_writes_all_off_where_a_file_stands_for_the_pins(
    tmp_path: Path, lit: Lamps
) -> None:
    path, config = tmp_path / "lamps.json", tmp_path / "kiosk.toml"
    config.write_text(f'[lights]\ndriver = "simulated"\nstate_file = "{path}"\nwrong = "key"\n')
    write_state(path, lit)
    assert lights_off.main(["--config", str(config)]) == 0
    assert msgspec.json.decode(path.read_bytes(), type=Lamps) == Lamps()


def test_lights_off_names_a_file_that_it_cannot_write(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, config = tmp_path / "not-there" / "lamps.json", tmp_path / "kiosk.toml"
    config.write_text(f'[lights]\ndriver = "simulated"\nstate_file = "{path}"\n')
    assert lights_off.main(["--config", str(config)]) == 1
    assert capsys.readouterr().err == f"{path}：没有找到，请检查插头和设置中的路径\n"


def test_disabled_lights_take_every_signal_and_stay_dark() -> None:
    lights: Lights = devices.open("lights", {"driver": "disabled"})
    for signal in Signal:
        lights.show(signal)
        lights.refresh()
        assert lights.lamps() == Lamps()
    assert isinstance(lights.state, Offline)
    assert lights.state.reason == "已在设置中停用"
    lights.close()


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"driver": "gpio", **PINS}, "factory"),
        ({"driver": "gpio", "factory": "rpigpio", **PINS}, "factory"),
        (
            {"driver": "gpio", "factory": "mock", "red": 17, "yellow": 17, "green": 22},
            "a pin of its own",
        ),
        ({"driver": "gpio", "factory": "mock", **PINS, "green": 40}, "green"),
        ({"driver": "gpio", "factory": "mock", **PINS, "blue": 5}, "blue"),
        ({"driver": "simulated", "green_s": 0}, "green_s"),
    ],
)
def test_a_wrong_setting_is_named(settings: dict[str, object], message: str) -> None:
    with pytest.raises(devices.SettingsError, match=message):
        devices.open("lights", settings)
