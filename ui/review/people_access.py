"""Who may see and change people on the pages, and how a command's answer is told."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, flash, redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from kiosk.commands import Command, Declined, StationDownError
from kiosk.commands.permissions import may_manage
from kiosk.model.people import Worker
from ui.review.checks import SendCommand
from ui.review.journal import workers
from ui.review.pages import Pages
from ui.review.sessions import own


def guard(pages: Pages) -> Response | None:
    """Let supervisors and the responsible person through, as the station will judge it too; others are told."""
    return None if may_manage(own()) else pages.problem("people_only", 403)


def found(worker_id: str) -> Worker:
    """Give a worker who has a name, or answer 404."""
    worker = workers().get(worker_id)
    if worker is None or not worker.name:
        abort(404)
    return worker


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
