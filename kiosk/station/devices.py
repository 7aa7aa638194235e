"""The five devices that a running station works with."""

from __future__ import annotations

import msgspec

from devices.buttons import Buttons
from devices.camera import Camera
from devices.card_reader import CardReader
from devices.lights import Lights
from devices.supervised import State
from devices.voice import Voice


class Devices(msgspec.Struct):
    """The devices in use. They are put in one after the other, once the screen is there: loading drivers takes its time."""

    card_reader: CardReader
    camera: Camera
    voice: Voice
    lights: Lights
    buttons: Buttons

    def states(self) -> dict[str, State]:
        """Give how each of them is now."""
        return {kind: getattr(self, kind).state for kind in self.__struct_fields__}
