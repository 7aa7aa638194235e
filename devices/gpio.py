"""The header's pins through gpiozero, with the factory named: none is ever guessed, none stands in
for another.

A process shares one factory of each name, as gpiozero's pins belong to the factory that made them
first. Importing lgpio makes a FIFO in the working directory (or in LG_WD, to which it then
changes): that happens only when a driver that names it is opened, and a service sets both to its
runtime folder.
"""

from __future__ import annotations

import importlib
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated, Any, Literal

import msgspec
from gpiozero import GPIOPinInUse, GPIOZeroError

from devices import DeviceOfflineError

FactoryName = Literal["lgpio", "mock"]
Pin = Annotated[int, msgspec.Meta(ge=0, le=27)]
"""A line of the header by its BCM number.

GPIO 0 to 8 are pulled up at boot: lamps belong on 9 to 27.
"""

_lock = threading.Lock()
_opened: dict[FactoryName, Any] = {}


def factory(name: FactoryName) -> Any:
    """Return the gpiozero pin factory of that name.

    Raise DeviceOfflineError with what to do about it.
    """
    with _lock:
        if name not in _opened:
            _opened[name] = _OPEN[name]()
        return _opened[name]


@contextmanager
def pins_may_fail() -> Iterator[None]:
    """Turn what goes wrong with pins into DeviceOfflineError."""
    try:
        yield
    except GPIOPinInUse as error:
        raise DeviceOfflineError(f"引脚被重复使用，请检查接线设置（{error}）") from error
    except _faults() as error:
        raise DeviceOfflineError(f"引脚无法使用（{error}）") from error


def _faults() -> tuple[type[Exception], ...]:
    # Its errors are a family of their own; unloaded, it can raise none.
    lgpio = sys.modules.get("lgpio")
    return (GPIOZeroError, OSError, *([lgpio.error] if lgpio else []))


def _open_lgpio() -> Any:
    try:
        lgpio = importlib.import_module("lgpio")
        from gpiozero.pins.lgpio import LGPIOFactory
    except (ImportError, AttributeError) as error:  # PyPI's stub for new Pythons is an empty module
        raise DeviceOfflineError(
            "没有装好 lgpio（Python 3.13 只有 64 位树莓派有它的安装包，请运行 make setup）"
        ) from error
    except OSError as error:
        raise DeviceOfflineError("lgpio 需要可写的工作目录，请设置 LG_WD") from error
    try:
        return LGPIOFactory()
    except (lgpio.error, GPIOZeroError, OSError) as error:
        raise DeviceOfflineError(f"打不开 GPIO，请检查硬件和 gpio 组权限（{error}）") from error


def _open_mock() -> Any:
    from gpiozero.pins.mock import MockFactory

    return MockFactory()


_OPEN: dict[FactoryName, Callable[[], Any]] = {"lgpio": _open_lgpio, "mock": _open_mock}
