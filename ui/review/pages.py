"""What all pages share: words, settings, and the clock on the wall."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import msgspec
from flask import Response, make_response, render_template

from kiosk.model.shifts import shift_at
from ui.review.settings import ReviewSettings
from ui.review.wording import Wording


class Pages(msgspec.Struct, frozen=True):
    """Given to every group of views. `now` is an aware time."""

    wording: Wording
    settings: ReviewSettings
    now: Callable[[], datetime]

    def today(self) -> date:
        """Return the day whose shift is running: at three in the morning still yesterday's night
        shift.
        """
        return self.day_of(self.now())

    def day_of(self, at: datetime) -> date:
        """Return the day to whose shifts an aware time belongs."""
        return shift_at(self.settings.shifts, at.astimezone(self.settings.zone)).on

    def problem(self, key: str, status: int) -> Response:
        """Return what is wrong with a request."""
        return make_response(render_template("problem.html", key=key), status)
