"""The county's pages for people: stations, the checks of one, one check with its photos; only
alarms can be written about.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from flask import (
    Blueprint,
    Response,
    abort,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.wrappers import Response as BaseResponse

from kiosk.model.outside import as_line
from sync.county.access import Access, Admission
from sync.county.errors import StoreUnavailableError
from sync.county.objects import Objects, photo_key
from sync.county.silence import silent_days
from sync.county.store import StationRow, Store
from sync.county.tokens import Tokens
from sync.county.view import kind_of, notice, view
from sync.county.wording import Wording
from sync.protocol import DIGEST, STATION
from sync.sentences import say
from sync.times import shown, stamp

log = logging.getLogger(__name__)

CHECKS_A_PAGE = 50
NOTICES_A_PAGE = 20
MOST_BY = 40
MOST_NOTE = 300
_NEWEST = 2**63 - 1
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
}


class Pages:
    """Shows what the store holds to those who know the password."""

    def __init__(
        self,
        store: Store,
        objects: Objects,
        access: Access,
        words: Wording,
        now: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._objects = objects
        self._access = access
        self._words = words
        self._now = now
        self._tokens = Tokens()

    def blueprint(self) -> Blueprint:
        """Return the routes."""
        pages = Blueprint(
            "pages",
            __name__,
            template_folder="templates",
            static_folder="static",
            static_url_path="/static",
        )
        pages.before_request(self.admit)
        pages.after_app_request(_guarded)
        pages.add_url_rule("/", view_func=self.stations)
        pages.add_url_rule("/stations/<station>", view_func=self.checks)
        pages.add_url_rule(
            "/stations/<station>/alarms", view_func=self.acknowledge, methods=["POST"]
        )
        pages.add_url_rule("/stations/<station>/checks/<check_id>", view_func=self.check)
        pages.add_url_rule("/stations/<station>/photos/<digest>", view_func=self.photo)
        pages.add_app_template_filter(shown)
        pages.add_app_template_filter(short_hash)
        pages.add_app_template_filter(seconds)
        pages.register_error_handler(StoreUnavailableError, _unavailable)
        return pages

    def admit(self) -> Response | None:
        """Refuse a request without the password."""
        if request.endpoint == "pages.static":
            return None
        given = request.authorization
        if given is not None and given.password is not None:
            match self._access.admit(given.password, request.remote_addr or ""):
                case Admission.IN:
                    return None
                case Admission.WAIT:
                    return problem_page(say("password_wait"), 429)
        answer = problem_page(say("password_needed"), 401)
        answer.headers["WWW-Authenticate"] = 'Basic realm="Banqian county", charset="UTF-8"'
        return answer

    def stations(self) -> Response:
        """List the stations: those with an alarm first, then the silent ones."""
        now = self._now()
        rows = [(row, missing, silent_days(row, now)) for row, missing in self._store.stations()]
        rows.sort(key=lambda each: (not each[0].alarm, not each[2]))
        return make_response(
            render_template(
                "stations.html",
                rows=rows,
                entries=sum(row.seq for row, _, _ in rows),
                missing=sum(missing for _, missing, _ in rows),
                alarms=sum(bool(row.alarm) for row, _, _ in rows),
                silent=sum(bool(days) for _, _, days in rows),
            )
        )

    def checks(self, station: str) -> Response:
        """List a station's checks, the newest first."""
        row = self._known(station)
        before, noted_before = _before("before"), _before("noted_before")
        checks = self._store.checks(station, before, CHECKS_A_PAGE + 1)
        more = len(checks) > CHECKS_A_PAGE
        noted = self._store.notices(station, noted_before, NOTICES_A_PAGE + 1)
        held, missing = self._store.photo_counts(station)
        alarms = self._store.alarms(station)
        return make_response(
            render_template(
                "checks.html",
                station=row,
                checks=checks[:CHECKS_A_PAGE],
                older=checks[CHECKS_A_PAGE - 1].opened_seq if more else None,
                newest=before == _NEWEST and noted_before == _NEWEST,
                notices=[notice(each, self._words) for each in noted[:NOTICES_A_PAGE]],
                noted_older=noted[NOTICES_A_PAGE - 1].seq if len(noted) > NOTICES_A_PAGE else None,
                photos_held=held,
                photos_missing=missing,
                alarms=alarms,
                silent=silent_days(row, self._now()),
                token=self._tokens.make(station, str(alarms[0].number)) if alarms else "",
            )
        )

    def acknowledge(self, station: str) -> BaseResponse:
        """Take down who took note of the alarms that were shown, and what was found."""
        self._known(station)
        number, token = request.form.get("number", ""), request.form.get("token", "")
        if not self._tokens.fits(token, station, number):
            return problem_page(say("form_old"), 400)
        by, note = (request.form.get(name, "").strip() for name in ("by", "note"))
        if not (_is_line(by, MOST_BY) and _is_line(note, MOST_NOTE)):
            return problem_page(say("acknowledgement_form", by=MOST_BY, note=MOST_NOTE), 400)
        self._store.acknowledge(station, int(number), by, note, stamp(self._now()))
        return redirect(url_for("pages.checks", station=station), 303)

    def check(self, station: str, check_id: str) -> Response:
        """Show one check."""
        row = self._known(station)
        found = None if "\0" in check_id else self._store.check(station, check_id)
        if found is None:
            abort(404)
        check, entries = found
        shown_check = view(entries, self._words)
        named = {
            digest
            for part in shown_check.confirmations
            for photo in part.photos
            for digest in (photo.photo, photo.thumbnail)
        }
        return make_response(
            render_template(
                "check.html",
                station=row,
                check=check,
                view=shown_check,
                entries=entries,
                kind_of=kind_of,
                held=self._store.held_photos(station, named),
            )
        )

    def photo(self, station: str, digest: str) -> Response:
        """Send a photo."""
        held = DIGEST.fullmatch(digest) is not None and digest in self._store.held_photos(
            station, [digest]
        )
        data = self._objects.get(photo_key(station, digest)) if held else None
        if data is None:
            abort(404)
        answer = Response(data, mimetype="image/jpeg")
        answer.headers["Cache-Control"] = "private, max-age=31536000, immutable"
        return answer

    def _known(self, station: str) -> StationRow:
        row = self._store.station(station) if STATION.fullmatch(station) else None
        if row is None:
            abort(404)
        return row


def _before(name: str) -> int:
    return min(max(request.args.get(name, _NEWEST, type=int), 0), _NEWEST)


def _is_line(text: str, most: int) -> bool:
    return 0 < len(text) <= most and text.isprintable()


def short_hash(hash_hex: str) -> str:
    """Shorten a hash so that two people can compare it: `1a2b 3c4d`."""
    return f"{hash_hex[:4]} {hash_hex[4:8]}"


def seconds(ms: int) -> str:
    """Write milliseconds as seconds with one decimal, whatever number a station sent: no float
    holds them all.
    """
    return f"{ms // 1000}.{ms % 1000 // 100}"


def _guarded(answer: Response) -> Response:
    for name, value in _HEADERS.items():
        answer.headers[name] = value
    answer.headers.setdefault("Cache-Control", "no-store")
    return answer


def _unavailable(error: StoreUnavailableError) -> Response:
    log.error("%s failed: %s", as_line(request.path), error)
    return problem_page(say("page_unavailable"), 503)


def problem_page(text: str, status: int) -> Response:
    """Show one sentence instead of a page."""
    return make_response(
        render_template("problem.html", text=text, home=url_for("pages.stations")), status
    )
