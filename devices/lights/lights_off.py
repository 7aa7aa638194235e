"""Switch every lamp and the door off, for when the station can no longer do it: `python -m
devices.lights.lights_off`.

On a Pi an output keeps its level after the process that drove it was killed, so a crashed station
could show green for ever. systemd runs this after every end of the service (ExecStopPost=). It
reads no more of the configuration than the pins, so that a wrong setting elsewhere cannot keep a
lamp on. Simulated lamps have a file instead of pins.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
from gpiozero import DigitalOutputDevice

from devices import DeviceOfflineError
from devices.gpio import FactoryName, Pin, factory, pins_may_fail
from devices.lights import Lamps
from devices.lights.simulated import write_state
from devices.reasons import why


class Wiring(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be switched off, and how."""

    factory: FactoryName
    pins: list[Pin]
    active_high: bool = True


class Simulation(msgspec.Struct, frozen=True):
    """The file that stands for the pins."""

    state_file: str


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command: 0 when all is off or no lamps are configured, 1 when a pin failed, 2 for
    wrong usage.
    """
    parser = _parser()
    asked = parser.parse_args(arguments)
    try:
        wiring = _configured(asked.config) if asked.config else _given(asked)
    except (OSError, ValueError, RecursionError) as error:
        parser.error(str(error))
    faults = switch_off(wiring) if wiring else []
    sys.stderr.writelines(f"{fault}\n" for fault in faults)
    return 1 if faults else 0


def switch_off(wiring: Wiring | Simulation) -> list[str]:
    """Drive every pin to off, each whether or not another fails; return what went wrong."""
    if isinstance(wiring, Simulation):
        return _written_off(Path(wiring.state_file))
    try:
        pins = factory(wiring.factory)
    except DeviceOfflineError as error:
        return [str(error)]
    return [fault for pin in wiring.pins if (fault := _off(pin, wiring.active_high, pins))]


def _off(pin: int, active_high: bool, pins: Any) -> str | None:
    try:
        with (
            pins_may_fail(),
            DigitalOutputDevice(pin, active_high=active_high, pin_factory=pins) as output,
        ):
            output.off()
    except DeviceOfflineError as error:
        return f"GPIO{pin}：{error}"
    return None


def _written_off(path: Path) -> list[str]:
    try:
        write_state(path, Lamps())
    except OSError as error:
        return [f"{path}：{why(error)}"]
    return []


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="lights_off", description="关闭门口的灯、蜂鸣器和门锁继电器。"
    )
    parser.add_argument(
        "--config", type=Path, metavar="kiosk.toml", help="从这份配置的 [lights] 读取引脚"
    )
    parser.add_argument("--factory", help="lgpio 或 mock")
    parser.add_argument("--pins", type=int, nargs="+", metavar="PIN", help="BCM 引脚号")
    parser.add_argument("--active-low", action="store_true", help="低电平点亮")
    return parser


def _given(asked: argparse.Namespace) -> Wiring:
    given = {"factory": asked.factory, "pins": asked.pins, "active_high": not asked.active_low}
    return msgspec.convert(given, Wiring)


def _configured(path: Path) -> Wiring | Simulation | None:
    """Read the pins, or the file that stands for them, from [lights]; None where nothing can stay
    lit. A wrong encoding elsewhere does not matter here.
    """
    text = path.read_text(encoding="utf-8-sig", errors="replace")
    lights = tomllib.loads(text).get("lights", {})
    match lights.get("driver"):
        case "gpio":
            return _wired(lights)
        case "simulated" if lights.get("state_file"):
            return msgspec.convert(lights, Simulation)
    return None


def _wired(lights: dict[str, Any]) -> Wiring:
    pins = [lights[name] for name in Lamps.__struct_fields__ if name in lights]
    wiring = {
        "factory": lights.get("factory"),
        "pins": pins,
        "active_high": lights.get("active_high", True),
    }
    return msgspec.convert(wiring, Wiring)


if __name__ == "__main__":
    sys.exit(main())
