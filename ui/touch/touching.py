"""Touches: what a finger asks for, handed to the station; the answer is the screen after it."""

from __future__ import annotations

from typing import Annotated

import msgspec
from flask import Flask, Response, request

from kiosk.flow.touches import AnyTouch
from kiosk.station.snapshot import StationPort
from ui.texts import Texts
from ui.touch.answers import json_response
from ui.touch.payload import Payloads
from ui.touch.refusals import refusal


class TouchOnScreen(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A touch, and the turn of the screen that was touched."""

    turn: Annotated[int, msgspec.Meta(ge=0)]
    touch: AnyTouch


def add_touches(app: Flask, station: StationPort, payloads: Payloads, texts: Texts) -> None:
    """Add POST /touch. A touch that does not fit the present screen changes nothing and is answered with that screen."""
    decoder = msgspec.json.Decoder(TouchOnScreen)

    @app.post("/touch")
    def touched() -> Response:
        try:
            wanted = decoder.decode(request.get_data())
        except (msgspec.DecodeError, UnicodeDecodeError):
            return refusal(texts.say("error.bad_touch"), 400)
        return json_response(payloads.of(station.touch(wanted.touch, wanted.turn)))
