"""Where things of one station lie."""

from __future__ import annotations

import os
from pathlib import Path

from kiosk.packs.shelf import PACKS
from kiosk.settings import Device

SHIPPED = Path(__file__).resolve().parent.parent / "config"
"""The settings, texts and content that the product ships, of which a site has its own copy."""


class Place:
    """The folders of one station: where its settings lie and where its data goes."""

    def __init__(self, config: Path, data: Path, emergency: Path | None = None) -> None:
        """`emergency` is the folder of the emergency page, where it is to be read by a browser that
        may not enter the data folder; in that one when absent.
        """
        self.config = config
        self.data = data
        self._emergency = emergency

    @property
    def emergency_page(self) -> Path:
        """Return the file of the emergency page."""
        return (self._emergency or self.data / "emergency") / "emergency.html"

    @property
    def packs(self) -> Path:
        """Return the folder of the factory's own packs."""
        return self.data / PACKS

    @property
    def commands(self) -> Path:
        """Return the command socket."""
        return self.data / "station.sock"

    def content(self, relative: str) -> Path:
        """Return a path that the settings name relative to their own folder.

        Where a site has no such file, as in a copy made for an older version, it is the product's
        own of that name.
        """
        shipped = SHIPPED / relative
        return self.config / relative if self.has(relative) or not shipped.exists() else shipped

    def has(self, relative: str) -> bool:
        """Return whether the site itself has what the settings name."""
        return os.path.exists(self.config / relative)  # noqa: PTH110 - False also where we may not look

    def located(self, options: Device) -> Device:
        """Return a device's options with `{data}` in their texts replaced by the data folder."""
        folder = str(self.data)
        return {
            key: value.replace("{data}", folder) if isinstance(value, str) else value
            for key, value in options.items()
        }
