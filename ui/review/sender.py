"""One check, its photos, and the verdict on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import (
    flash,
    redirect,
    url_for,
)
from werkzeug.wrappers import Response as AnyResponse

from kiosk.commands.protocol import Command, Declined, Reply, StationDownError
from ui.review.pages import Pages

SendCommand = Callable[[Command], Reply]


class Sender:
    """Sends commands of these pages and flashes what became of them."""

    def __init__(self, pages: Pages, send: SendCommand) -> None:
        self._pages = pages
        self._send = send

    def refusal(self, command: Command) -> str:
        """Send a command; give why it was not carried out, empty when it was."""
        try:
            reply = self._send(command)
        except StationDownError:
            return self._pages.wording.say("people.station_down")
        if isinstance(reply, Declined):
            return self._pages.wording.say("people.declined", reason=reply.reason)
        return ""

    def then(self, command: Command, said: str, endpoint: str, **values: Any) -> AnyResponse:
        """Send a command, flash what became of it, and go to a page."""
        refusal = self.refusal(command)
        return self.told(refusal or said, endpoint, tone="bad" if refusal else "good", **values)

    def told(self, said: str, endpoint: str, tone: str = "bad", **values: Any) -> AnyResponse:
        """Flash a sentence and go to a page."""
        flash(said, tone)
        return redirect(url_for(endpoint, **values), 303)
