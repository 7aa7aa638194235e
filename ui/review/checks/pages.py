"""One check, its photos, and the verdict on it."""

from __future__ import annotations

import io

from flask import (
    Blueprint,
    Response,
    abort,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from werkzeug.wrappers import Response as AnyResponse

from kiosk.commands.protocol import Declined, StationDownError
from kiosk.journal.blobs import Photos
from kiosk.records.checks.rows import CheckDetail
from kiosk.records.reviews.commands import ReviewCheck
from kiosk.records.reviews.rows import ReviewRow
from ui.review import kept_comment as drafts
from ui.review.access.sessions import who
from ui.review.checks.days import MOST_CHECKS
from ui.review.checks.listing import next_due
from ui.review.checks.verdict_form import Fault, VerdictForm, verdict_of
from ui.review.checks.view import CheckView, check_view
from ui.review.journal import reading, workers
from ui.review.kept_comment import Draft, draft_of
from ui.review.pages import Pages
from ui.review.sender import SendCommand
from ui.review.wording import name_of

_PHOTO_KEPT_S = 7 * 86_400
"""How long a browser may keep a photo; the station's own retention ends it everywhere else."""


class Checks:
    """The page of a check."""

    def __init__(self, pages: Pages, photos: Photos, send: SendCommand) -> None:
        self._pages = pages
        self._photos = photos
        self._send = send

    def blueprint(self) -> Blueprint:
        """Return the routes."""
        routes = Blueprint("checks", __name__)
        routes.add_url_rule("/checks/<check_id>", "check", self.check)
        routes.add_url_rule("/checks/<check_id>/reviews", "review", self.review, methods=["POST"])
        routes.add_url_rule("/photos/<digest>", "photo", self.photo)
        return routes

    def check(self, check_id: str) -> str:
        """Show a check."""
        return self._page(_found(check_id), drafts.take(check_id))

    def review(self, check_id: str) -> AnyResponse:
        """Take a verdict to the station."""
        form = verdict_of(request.form, self._pages.settings.most_comment)
        detail = _found(check_id)
        if form is Fault.UNREADABLE or not _belongs(draft_of(request.form).photo, detail):
            return self._pages.problem("bad_request", 400)
        if isinstance(form, Fault):
            return self.again(check_id, self._fault(form), 422)
        newer = next(
            (review for review in reversed(detail.reviews) if review.seq > form.after), None
        )
        if newer is not None:
            return self._overtaken(detail, form, newer)
        return self._record(check_id, form)

    def photo(self, digest: str) -> Response:
        """Send a photo. Its name is its content, so it never changes."""
        path = self._photos.path(digest)
        if path is None:
            abort(404)
        # As bytes: a browser that goes away in mid-photo would leave the file to the garbage
        # collector.
        photo = io.BytesIO(path.read_bytes())
        answer = send_file(photo, mimetype="image/jpeg", etag=digest, max_age=_PHOTO_KEPT_S)
        answer.cache_control.private = True
        answer.cache_control.immutable = True
        return answer

    def again(self, check_id: str, problem: str, status: int) -> Response:
        """Show the page once more, with what was typed and what is wrong."""
        return make_response(self._page(_found(check_id), draft_of(request.form), problem), status)

    def _record(self, check_id: str, form: VerdictForm) -> AnyResponse:
        say = self._pages.wording.say
        command = ReviewCheck(
            check_id, who().worker, form.verdict, form.draft.text, form.draft.photo
        )
        try:
            reply = self._send(command)
        except StationDownError:
            return self.again(check_id, say("review.station_down"), 503)
        if isinstance(reply, Declined):
            return self.again(check_id, say("review.declined", reason=reply.reason), 409)
        flash(say("review.recorded", verdict=say(f"verdict.{form.verdict}")))
        return redirect(url_for("checks.check", check_id=check_id), 303)

    def _overtaken(self, detail: CheckDetail, form: VerdictForm, newer: ReviewRow) -> AnyResponse:
        """Answer a verdict that came after somebody else's.

        The same verdict once more is a second tap on the same button.
        """
        mine = (who().worker, form.verdict, form.draft.text, form.draft.photo)
        if mine == (newer.by_worker, newer.verdict, newer.comment, newer.photo):
            return redirect(url_for("checks.check", check_id=detail.row.id), 303)
        say = self._pages.wording.say
        name, verdict = name_of(workers(), newer.by_worker), say(f"verdict.{newer.verdict}")
        return self.again(detail.row.id, say("review.meanwhile", name=name, verdict=verdict), 409)

    def _fault(self, fault: Fault) -> str:
        if fault is Fault.TOO_LONG:
            return self._pages.wording.say(
                "review.too_long", most=self._pages.settings.most_comment
            )
        return self._pages.wording.say(f"review.{fault}")

    def _page(self, detail: CheckDetail, draft: Draft, problem: str = "") -> str:
        row = detail.row
        wording = self._pages.wording.of_check(row)
        view = check_view(detail, wording)
        worker = workers().get(row.worker)
        return render_template(
            "check.html",
            view=view,
            wording=wording,
            row=row,
            worker=worker,
            name=name_of(workers(), row.worker),
            names=lambda worker_id: name_of(workers(), worker_id),
            draft=draft,
            problem=problem,
            asked="again" in request.args,
            is_own=row.worker == who().worker,
            next_row=self._next(view),
            is_today=row.shift_on == self._pages.today(),
            clock_ok=_clock_ok(detail),
        )

    def _next(self, view: CheckView) -> str:
        """Return the id of the check to judge next, once this one has a verdict or waits for that
        of somebody else.
        """
        row, me = view.detail.row, who().worker
        if view.verdict is None and row.worker != me:
            return ""
        following = next_due(reading().checks(row.shift_on, limit=MOST_CHECKS), row.id, me)
        return following.id if following else ""


def _found(check_id: str) -> CheckDetail:
    detail = reading().check(check_id) or _of_first_member(check_id)
    if detail is None:
        abort(404)
    return detail


def _of_first_member(crew_check: str) -> CheckDetail | None:
    """Find what a crew's check is shown by: what stopped the work of all is recorded of the
    crew.
    """
    crew = reading().crew(crew_check)
    return reading().check(crew.members[0].id) if crew and crew.members else None


def _belongs(photo: str, detail: CheckDetail) -> bool:
    return not photo or photo in {taken.photo for taken in detail.photos}


def _clock_ok(detail: CheckDetail) -> bool:
    """Return whether the clock was right when the check was opened and when it was closed."""
    seqs = [seq for seq in (detail.row.seq_opened, detail.row.seq_closed) if seq]
    return all(
        entry.clock_ok for seq in seqs for entry in reading().entries(after=seq - 1, limit=1)
    )
