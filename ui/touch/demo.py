"""The demo's simulated hardware, as the drawer next to the touch screen sees it.

It does not exist outside the demo.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

import msgspec
from flask import Blueprint, Response, abort, request

from ui.touch.answers import json_response


class DemoPerson(msgspec.Struct, frozen=True):
    """A sample person with a card.

    `note` is the ground on which the door will refuse them; empty when it will not.
    """

    worker: str
    name: str
    role: str = ""
    note: str = ""


class DemoPort(Protocol):
    """What can be done to simulated hardware. All methods may be called from any thread."""

    def people(self) -> tuple[DemoPerson, ...]:
        """Return the sample people."""
        ...

    def tap(self, worker_id: str) -> bool:
        """Present this person's card to the reader; False when that cannot be done now."""
        ...

    def send(self, data: bytes) -> bool:
        """Send raw bytes over the reader's line; False when it is unplugged."""
        ...

    def scenes(self) -> tuple[str, ...]:
        """Return what the camera can be made to see: normal, dark, covered …"""
        ...

    def scene(self, name: str) -> None:
        """Make the camera see this."""
        ...

    def unplug(self, kind: str) -> None:
        """Pull the plug of the card_reader or the camera."""
        ...

    def plug(self, kind: str) -> None:
        """Put the plug back."""
        ...

    def press(self, name: str) -> None:
        """Press the button "confirm" or "abnormal"."""
        ...

    def lamps(self) -> Mapping[str, bool]:
        """Return what is driven now: red, yellow, green, buzzer, door."""
        ...


PLUGS = ("card_reader", "camera")
LAMPS = ("red", "yellow", "green", "buzzer", "door")
SCENES = ("normal", "dark", "covered", "blurred", "frozen", "lost")


UNKNOWN_CARD = b"\x0200DEADBEEF22\x03"
"""A well-formed frame of a card that nobody holds."""


def drawer(demo: DemoPort) -> Blueprint:
    """Make the endpoints of the drawer; each takes the one word it needs as the body, and is 404
    where that cannot be done.
    """
    pages = Blueprint(
        "demo", __name__, url_prefix="/demo", static_folder="demo_static", static_url_path=""
    )
    actions: dict[str, Callable[[str], object]] = {
        "tap": demo.tap,
        "tap_raw": lambda digits: demo.send(bytes.fromhex(digits)),
        "scene": demo.scene,
        "unplug": demo.unplug,
        "plug": demo.plug,
        "press": demo.press,
    }

    @pages.get("/lamps")
    def lamps() -> Response:
        return json_response(dict(demo.lamps()))

    @pages.post("/<action>")
    def act(action: str) -> Response:
        if action not in actions:
            abort(404)
        try:
            done = actions[action](request.get_data(as_text=True))
        except ValueError:
            abort(400)
        if done is False:
            abort(404)
        return Response(status=204)

    return pages
