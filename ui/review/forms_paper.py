"""补录: entering what a paper form says, and one that was entered."""

from __future__ import annotations

import msgspec
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

from kiosk.commands import Declined, StationDownError
from kiosk.commands.paper import RecordPaperCheck
from kiosk.model.content import Part, Reason, Reasons, fitting
from kiosk.model.facts import Answer, PaperAnswer, PaperCause
from kiosk.model.people import Worker
from ui.review.checks import SendCommand
from ui.review.journal import reading, workers
from ui.review.pages import Pages
from ui.review.sessions import who
from ui.review.wording import name_of

_SHOWN = 100
_MOST_KEPT = 40


class Papers:
    """The pages of paper forms."""

    def __init__(self, pages: Pages, send: SendCommand, reasons: Reasons) -> None:
        self._pages = pages
        self._send = send
        self._reasons = _by_part(reasons)

    def blueprint(self) -> Blueprint:
        """Give the routes."""
        routes = Blueprint("papers", __name__)
        routes.add_url_rule("/papers", "index", self.index)
        routes.add_url_rule("/papers/new", "new", self.new)
        routes.add_url_rule("/papers/new", "enter", self.enter, methods=["POST"])
        routes.add_url_rule("/papers/<paper_id>", "paper", self.paper)
        return routes

    def index(self) -> str:
        """Show what was entered, newest first."""
        names = {row.id: name_of(workers(), row.worker) for row in reading().papers(limit=_SHOWN)}
        return render_template("papers.html", rows=reading().papers(limit=_SHOWN), names=names)

    def new(self) -> str:
        """Show the form, for today's shift."""
        return self._form(MultiDict({"shift_on": self._pages.today().isoformat()}))

    def enter(self) -> AnyResponse:
        """Take the form to the station."""
        say = self._pages.wording.say
        command = _command(request.form, who().worker)
        if isinstance(command, str):
            return self.again(say(f"paper.{command}"), 422)
        if command.shift_on > self._pages.today():
            return self.again(say("paper.future"), 422)
        try:
            reply = self._send(command)
        except StationDownError:
            return self.again(say("paper.station_down"), 503)
        if isinstance(reply, Declined):
            return self.again(say("paper.declined", reason=reply.reason), 409)
        flash(say("paper.recorded"))
        newest = reading().papers(command.shift_on, limit=1)
        return redirect(
            url_for("papers.paper", paper_id=newest[0].id) if newest else url_for("papers.index"), 303
        )

    def paper(self, paper_id: str) -> str:
        """Show one."""
        row = reading().paper(paper_id)
        if row is None:
            abort(404)
        return render_template("paper.html", row=row, names=lambda each: name_of(workers(), each))

    def again(self, problem: str, status: int) -> Response:
        """Show the form once more, with what was typed and what is wrong."""
        return make_response(self._form(request.form, problem), status)

    def _form(self, typed: MultiDict[str, str], problem: str = "") -> str:
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
        )

    def _posts(self, people: list[Worker]) -> list[tuple[str, str]]:
        ids = dict.fromkeys(post for each in people for post in each.posts)
        return [(post, self._pages.wording.post(post)) for post in ids]


def _by_part(reasons: Reasons) -> dict[Part, dict[Answer, tuple[Reason, ...]]]:
    """Give the reasons that a paper form may have at each confirmation: the same as at the door."""
    known = {Answer.NOT_OK: reasons.not_ok, Answer.NOT_APPLICABLE: reasons.not_applicable}
    return {part: {answer: fitting(each, part) for answer, each in known.items()} for part in Part}


def _signers(people: list[Worker]) -> list[Worker]:
    """Give who may have signed: those who work at a post, and everybody else with a name."""
    others = (each for each in workers().values() if each.name and each not in people)
    return [*people, *others]


def _command(form: MultiDict[str, str], by: str) -> RecordPaperCheck | str:
    """Read the form; else give the key of what is wrong with it."""
    answers = [_answer(form, part) for part in Part]
    for part, answer in zip(Part, answers, strict=True):
        if answer is None:
            return "needs_answers"
        if answer.answer is not Answer.OK and not answer.reason:
            return f"needs_reason_{part}"
    if not form.get("worker") or not form.get("post"):
        return "needs_person"
    if not form.get("cause") or not form.get("kept_at", "").strip():
        return "needs_paper"
    fields = {
        "by": by,
        "worker": form["worker"],
        "post": form["post"],
        "shift_on": form.get("shift_on", ""),
        "shift": form.get("shift", ""),
        "answers": [msgspec.to_builtins(answer) for answer in answers],
        "signed_by": form.get("signed_by") or form["worker"],
        "cause": form["cause"],
        "kept_at": "".join(sign for sign in form["kept_at"].strip() if sign.isprintable()),
        "works": form.getlist("works"),
        "type": "record_paper_check",
    }
    try:
        return msgspec.convert(fields, RecordPaperCheck)
    except msgspec.ValidationError:
        return "unreadable"


def _answer(form: MultiDict[str, str], part: Part) -> PaperAnswer | None:
    said = form.get(f"answer_{part}", "")
    if said not in list(Answer):
        return None
    answer = Answer(said)
    reason = "" if answer is Answer.OK else form.get(f"reason_{part}_{answer}", "")
    return PaperAnswer(part, answer, reason)
