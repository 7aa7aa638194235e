"""Banqian's devices: a library that knows nothing of the product.

Each kind of device is a folder. Its ``__init__`` is the contract (data, protocol, what a driver
promises); next to it lies one module a driver. The name of the driver in the configuration is the
name of the module, so ``simulated`` and ``disabled`` are drivers like the others, and no driver
ever stands in for another one.

A new driver is one new module in the kind's folder: a frozen ``Settings`` struct that forbids
unknown fields, ``open(settings, **ports)`` that returns at once, and a session under
``supervised.Supervised``. Add it to the suite of its kind in ``tests/contract``; nothing else has
to know its name.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from types import ModuleType
from typing import Any

import msgspec

KINDS = ("card_reader", "camera", "voice", "lights", "buttons")


class DeviceError(Exception):
    """The base of every error this library raises."""


class SettingsError(DeviceError):
    """A device's settings are wrong; the message names kind, key and what was expected."""


class DeviceOfflineError(DeviceError):
    """The device cannot do it now; the message is the reason, fit to be shown."""


def open(kind: str, settings: Mapping[str, object], **ports: Any) -> Any:
    """Open the driver that `settings["driver"]` names, with the other settings as its options.

    `ports` are what the product hands to the driver, such as `emit`, the function a card reader
    calls with each card. The returned object follows the protocol in ``devices.<kind>``. Opening
    never waits for hardware: an absent device is the state `Offline`, not an error.

    Raise SettingsError for an unknown driver, key or value.
    """
    options = dict(settings)
    driver = options.pop("driver", None)
    module = _driver_module(kind, driver)
    try:
        typed = msgspec.convert(options, module.Settings)
    except msgspec.ValidationError as error:
        raise SettingsError(f"[{kind}] driver {driver!r}: {error}") from error
    return module.open(typed, **ports)


def _driver_module(kind: str, driver: object) -> ModuleType:
    if kind not in KINDS:
        raise SettingsError(f"[{kind}]: no such kind of device; kinds are {', '.join(KINDS)}")
    if not isinstance(driver, str) or not driver.isidentifier() or driver.startswith("_"):
        raise SettingsError(f"[{kind}] driver: expected the name of a driver, got {driver!r}")
    name = f"devices.{kind}.{driver}"
    try:
        module = importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        raise SettingsError(f"[{kind}] driver: there is no driver {driver!r}") from error
    if not hasattr(module, "Settings"):
        raise SettingsError(f"[{kind}] driver: {driver!r} is a part of the library, not a driver")
    return module
