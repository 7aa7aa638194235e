"""A day's checks: today's live, and those of the days before."""

from __future__ import annotations

from collections import OrderedDict
from datetime import date, timedelta

import msgspec
from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from kiosk.records.checks.rows import CheckRow
from kiosk.records.paper.rows import PaperRow
from ui.review.checks.glance import Glance, glance
from ui.review.checks.incident_lines import IncidentLine, incident_lines
from ui.review.checks.incidents import Incidents
from ui.review.checks.listing import Page, Show, chosen, due, missing, not_passed, page, unfinished
from ui.review.journal import reading, workers
from ui.review.pages import Pages
from ui.review.wording import name_of

MOST_CHECKS = 2000
"""Of one day; a station that has more is counted up to here."""
_REMEMBERED = 4000


class Line(msgspec.Struct, frozen=True):
    """A check in the list."""

    row: CheckRow
    name: str
    crew: str
    glance: Glance

    @property
    def due(self) -> bool:
        """Tell whether a verdict is still to come."""
        return due(self.row)

    @property
    def has_shots(self) -> bool:
        """Tell whether any confirmation was made."""
        return any(slot.answer for slot in self.glance.slots)


class DayView(msgspec.Struct, frozen=True):
    """A day as its page shows it. `missing` holds names, `arrived` counts people, the rest counts checks."""

    on: date
    is_today: bool
    show: Show
    before: int | None
    incidents: tuple[IncidentLine, ...]
    papers: tuple[tuple[PaperRow, str], ...]
    """Paper forms entered later (补录), each with the worker's name; they count nowhere."""
    lines: tuple[Line, ...]
    older: int | None
    checks: int
    unreviewed: int
    not_passed: int
    unfinished: int
    expected: int
    arrived: int
    missing: tuple[str, ...]


class Days:
    """The list of checks."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages
        self._glances: OrderedDict[str, Glance] = OrderedDict()
        self._incidents = Incidents(pages.day_of)

    def blueprint(self) -> Blueprint:
        """Give the routes."""
        routes = Blueprint("days", __name__)
        routes.add_url_rule("/", "today", self.today)
        routes.add_url_rule("/days", "choose", self.choose)
        routes.add_url_rule("/days/<on>", "day", self.day)
        routes.add_url_rule("/live", "live", self.live)
        return routes

    def today(self) -> str:
        """Show today's checks, kept up to date."""
        return self._page(self._pages.today())

    def choose(self) -> AnyResponse:
        """Go to the day that was picked."""
        on = _date(request.args.get("on", ""))
        return redirect(
            url_for("days.today") if on == self._pages.today() else url_for("days.day", on=on), 303
        )

    def day(self, on: str) -> str:
        """Show the checks of one day."""
        return self._page(_date(on))

    def live(self) -> Response:
        """Give today's list as it is now, or 304 when nothing was recorded since."""
        on, show = self._pages.today(), _show()
        etag = f"{reading().head().hash[:16]}-{on}-{show}"
        if request.if_none_match.contains(etag):
            answer = Response(status=304)
        else:
            answer = make_response(render_template("_day.html", day=self._view(on, show, None)))
        answer.set_etag(etag)
        return answer

    def _page(self, on: date) -> str:
        before = request.args.get("before", "")
        if before and not (before.isascii() and before.isdigit() and len(before) < 16):
            abort(404)
        view = self._view(on, _show(), int(before) if before else None)
        return render_template(
            "day.html", day=view, previous=_moved(on, -1), next=_moved(on, 1), today=self._pages.today()
        )

    def _view(self, on: date, show: Show, before: int | None) -> DayView:
        rows = reading().checks(on, limit=MOST_CHECKS)
        cut = page(chosen(rows, show), before, self._pages.settings.page_size)
        absent = missing(rows, list(workers().values()), on)
        return DayView(
            on=on,
            is_today=on == self._pages.today(),
            show=show,
            before=before,
            papers=tuple(
                (paper, name_of(workers(), paper.worker)) for paper in reading().papers(on, MOST_CHECKS)
            ),
            incidents=incident_lines(self._incidents.of(on, reading()), workers(), self._pages.wording),
            lines=self._lines(cut),
            older=cut.older,
            checks=len(rows),
            unreviewed=sum(map(due, rows)),
            not_passed=sum(map(not_passed, rows)),
            unfinished=sum(map(unfinished, rows)),
            expected=reading().expected(on),
            arrived=reading().tally(on),
            missing=tuple(name_of(workers(), worker.id) for worker in absent),
        )

    def _lines(self, cut: Page) -> tuple[Line, ...]:
        known = workers()
        return tuple(
            Line(
                row=row,
                name=name_of(known, row.worker),
                crew=known[row.worker].crew if row.worker in known else "",
                glance=self._glance(row),
            )
            for row in cut.rows
        )

    def _glance(self, row: CheckRow) -> Glance:
        """Look at a check; what a closed one shows never changes again, so it is read once."""
        if row.id in self._glances:
            return self._glances[row.id]
        detail = reading().check(row.id)
        assert detail is not None
        seen = glance(detail, self._pages.wording)
        if detail.row.outcome is not None:
            self._glances[row.id] = seen
            if len(self._glances) > _REMEMBERED:
                self._glances.popitem(last=False)
        return seen


def _moved(on: date, by_days: int) -> date | None:
    """Give the day before or after; None where the calendar ends."""
    try:
        return on + timedelta(days=by_days)
    except OverflowError:
        return None


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        abort(404)


def _show() -> Show:
    wanted = request.args.get("show", Show.ALL)
    return Show(wanted) if wanted in list(Show) else Show.ALL
