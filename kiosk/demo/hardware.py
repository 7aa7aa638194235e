"""The hands of the demo: tap cards, press buttons, pull plugs, change what the camera sees.

What the drawer on the screen calls.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import msgspec

from devices.buttons import NAMES
from devices.camera.simulated import SCENES, SimulatedCamera
from devices.gpio import factory
from kiosk.demo.cards import card_of, rdm6300_frame
from kiosk.demo.tty import ReaderTty
from kiosk.model.content import Post
from kiosk.model.eligibility import refusals
from kiosk.model.people import Roster, Worker
from kiosk.station.devices import Devices
from ui.touch.demo import DemoPerson


class DemoHardware:
    """Plays the hardware of a demo station; follows `ui.touch.demo.DemoPort`."""

    def __init__(
        self,
        roster: Roster,
        posts: Mapping[str, Post],
        today: date,
        reader: ReaderTty,
        devices: Devices,
        button_pins: Mapping[str, int],
    ) -> None:
        self._roster = roster
        self._posts = posts
        self._today = today
        self._reader = reader
        self._devices = devices
        self._button_pins = button_pins
        self._scene = "normal"

    def people(self) -> tuple[DemoPerson, ...]:
        """Return the sample people and their cards."""
        return tuple(
            DemoPerson(worker.id, worker.name, str(worker.role), self._note(worker))
            for worker in self._roster.workers
            if card_of(self._roster, worker.id)
        )

    def tap(self, worker_id: str) -> bool:
        """Hold a worker's card to the reader; False when there is no such card or the reader is
        unplugged.
        """
        number = card_of(self._roster, worker_id)
        return number is not None and self.send(rdm6300_frame(number))

    def send(self, data: bytes) -> bool:
        """Put bytes on the reader's wire; False when it is unplugged."""
        return self._reader.write(data)

    def scenes(self) -> tuple[str, ...]:
        """Return the names of what the camera can be made to see."""
        return SCENES

    def scene(self, name: str) -> None:
        """Change what the camera sees."""
        if name in SCENES and isinstance(self._devices.camera, SimulatedCamera):
            self._scene = name
            self._devices.camera.scene(name)

    def unplug(self, kind: str) -> None:
        """Pull the plug of the reader or the camera."""
        match kind:
            case "card_reader":
                self._reader.unplug()
            case "camera" if isinstance(self._devices.camera, SimulatedCamera):
                self._devices.camera.scene("lost")

    def plug(self, kind: str) -> None:
        """Push it in again."""
        match kind:
            case "card_reader":
                self._reader.plug()
            case "camera" if isinstance(self._devices.camera, SimulatedCamera):
                self._devices.camera.scene(self._scene)  # type: ignore[arg-type]

    def press(self, name: str) -> None:
        """Press a physical button: its pin goes to ground and comes back."""
        if name in NAMES:
            pin = factory("mock").pin(self._button_pins[name])
            pin.drive_low()
            pin.drive_high()

    def lamps(self) -> dict[str, bool]:
        """Return what is lit at this moment."""
        lamps: dict[str, bool] = msgspec.structs.asdict(self._devices.lights.lamps())
        return lamps

    def _note(self, worker: Worker) -> str:
        """Return what is special about a sample person: a ground for refusal, or several posts."""
        grounds = refusals(worker, self._posts, self._today)
        return str(grounds[0].ground) if grounds else ""
