"""补录: entering what a paper form says, with a photo of it; one that was entered, and correcting it (更正)."""

from __future__ import annotations

import hashlib

from flask import (
    Blueprint,
    Response,
    abort,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from kiosk.commands.protocol import Declined, StationDownError
from kiosk.model.content import Part, Reason, Reasons, fitting
from kiosk.model.outcome import Answer
from kiosk.model.people import Worker
from kiosk.records.paper.commands import KeepPaperPhoto
from kiosk.records.paper.facts import PaperCause
from kiosk.records.paper.rows import PaperRow
from kiosk.uploads.photo import MOST_UPLOAD_MB, PAPER_PX, THUMBNAIL_PX, PhotoError, shrunk
from ui.review.access.sessions import who
from ui.review.journal import reading, workers
from ui.review.pages import Pages
from ui.review.paper.form import Typed, command_of, typed_of
from ui.review.sender import SendCommand
from ui.review.wording import name_of

_SHOWN = 100
_MOST_KEPT, _MOST_WHY = 40, 60
ENTERING = "papers.enter"
"""The endpoint that takes the form, and a photo with it."""
LARGE = {ENTERING: (MOST_UPLOAD_MB + 1) << 20}


class Papers:
    """The pages of paper forms."""

    def __init__(self, pages: Pages, send: SendCommand, reasons: Reasons) -> None:
        self._pages = pages
        self._say = pages.wording.say
        self._send = send
        self._reasons = _by_part(reasons)

    def blueprint(self) -> Blueprint:
        """Give the routes."""
        routes = Blueprint("papers", __name__)
        routes.add_url_rule("/papers", "index", self.index)
        routes.add_url_rule("/papers/new", "new", self.new)
        routes.add_url_rule("/papers/new", "enter", self.enter, methods=["POST"])
        routes.add_url_rule("/papers/<paper_id>", "paper", self.paper)
        routes.add_url_rule("/papers/<paper_id>/correct", "correct", self.correct)
        return routes

    def index(self) -> str:
        """Show what was entered, newest first."""
        names = {row.id: name_of(workers(), row.worker) for row in reading().papers(limit=_SHOWN)}
        return render_template("papers.html", rows=reading().papers(limit=_SHOWN), names=names)

    def new(self) -> str:
        """Show the form, for today's shift."""
        return self._form(MultiDict({"shift_on": self._pages.today().isoformat()}))

    def correct(self, paper_id: str) -> AnyResponse:
        """Show the form with what is on record; a version that no longer holds leads to the one that does."""
        row = _found(paper_id)
        if row.corrected_by:
            newest = reading().paper_versions(paper_id)[-1]
            return redirect(url_for("papers.paper", paper_id=newest.id), 303)
        return make_response(self._form(typed_of(row)))

    def enter(self) -> AnyResponse:
        """Take the form to the station, its photo first: that need not be sent again when something else is wrong."""
        typed: Typed = MultiDict(request.form)
        try:
            if problem := self._keep_photo(typed):
                return self._again(typed, problem, 422)
            return self._record(typed)
        except StationDownError:
            return self._again(typed, self._say("paper.station_down"), 503)

    def paper(self, paper_id: str) -> str:
        """Show one, with the versions before and after it."""
        row = _found(paper_id)
        return render_template(
            "paper.html",
            row=row,
            versions=reading().paper_versions(paper_id),
            names=lambda each: name_of(workers(), each),
            is_own=row.worker == who().worker,
        )

    def again(self, problem: str, status: int) -> Response:
        """Show the form once more, with what was typed and what is wrong."""
        return self._again(MultiDict(request.form), problem, status)

    def _record(self, typed: Typed) -> AnyResponse:
        command = command_of(typed, who().worker)
        if isinstance(command, str):
            return self._again(typed, self._say(f"paper.{command}"), 422)
        if command.shift_on > self._pages.today():
            return self._again(typed, self._say("paper.future"), 422)
        reply = self._send(command)
        if isinstance(reply, Declined):
            return self._again(typed, self._say("paper.declined", reason=reply.reason), 409)
        flash(self._say("paper.corrected" if command.corrects else "paper.recorded"))
        newest = reading().papers(command.shift_on, limit=1)
        return redirect(
            url_for("papers.paper", paper_id=newest[0].id) if newest else url_for("papers.index"), 303
        )

    def _keep_photo(self, typed: Typed) -> str:
        """Keep the photo that was sent and name it in the form; give what is wrong with it. Raises StationDownError."""
        if typed.get("drop_photo"):
            typed["photo"] = typed["thumbnail"] = ""
        sent = request.files.get("photo_file")
        if sent is None or not sent.filename:
            return ""
        try:
            jpeg = shrunk(sent.read(), PAPER_PX)
            thumbnail = shrunk(jpeg, THUMBNAIL_PX)
        except PhotoError as error:
            return str(error)
        reply = self._send(KeepPaperPhoto(who().worker, jpeg, thumbnail))
        if isinstance(reply, Declined):
            return reply.reason
        typed["photo"], typed["thumbnail"] = (hashlib.sha256(each).hexdigest() for each in (jpeg, thumbnail))
        return ""

    def _again(self, typed: Typed, problem: str, status: int) -> Response:
        return make_response(self._form(typed, problem), status)

    def _form(self, typed: Typed, problem: str = "") -> str:
        people = [each for each in workers().values() if each.name and each.posts and each.id != who().worker]
        return render_template(
            "paper_new.html",
            typed=typed,
            problem=problem,
            people=people,
            signers=_signers(people),
            posts=self._posts(people),
            works=self._pages.wording.all_works(),
            shifts=[window.name for window in self._pages.settings.shifts],
            parts=list(Part),
            answers=list(Answer),
            reasons=self._reasons,
            causes=list(PaperCause),
            today=self._pages.today(),
            most_kept=_MOST_KEPT,
            most_why=_MOST_WHY,
            most_mb=MOST_UPLOAD_MB,
        )

    def _posts(self, people: list[Worker]) -> list[tuple[str, str]]:
        ids = dict.fromkeys(post for each in people for post in each.posts)
        return [(post, self._pages.wording.post(post)) for post in ids]


def _found(paper_id: str) -> PaperRow:
    return reading().paper(paper_id) or abort(404)


def _by_part(reasons: Reasons) -> dict[Part, dict[Answer, tuple[Reason, ...]]]:
    """Give the reasons that a paper form may have at each confirmation: the same as at the door."""
    known = {Answer.NOT_OK: reasons.not_ok, Answer.NOT_APPLICABLE: reasons.not_applicable}
    return {part: {answer: fitting(each, part) for answer, each in known.items()} for part in Part}


def _signers(people: list[Worker]) -> list[Worker]:
    """Give who may have signed: those who work at a post, and everybody else with a name."""
    others = (each for each in workers().values() if each.name and each not in people)
    return [*people, *others]
