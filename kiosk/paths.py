"""Where things of one station lie."""

from __future__ import annotations

from pathlib import Path

from kiosk.packs.shelf import PACKS
from kiosk.settings import Device


class Place:
    """The folders of one station: where its settings lie and where its data goes."""

    def __init__(self, config: Path, data: Path) -> None:
        self.config = config
        self.data = data

    @property
    def packs(self) -> Path:
        """Give the folder of the factory's own packs."""
        return self.data / PACKS

    @property
    def commands(self) -> Path:
        """Give the command socket."""
        return self.data / "station.sock"

    def content(self, relative: str) -> Path:
        """Give a path that the settings name relative to their own folder."""
        return self.config / relative

    def located(self, options: Device) -> Device:
        """Give a device's options with `{data}` in their texts replaced by the data folder."""
        folder = str(self.data)
        return {
            key: value.replace("{data}", folder) if isinstance(value, str) else value
            for key, value in options.items()
        }
