"""One person by hand: for a visitor at the gate a spreadsheet is too much.

A form is read as a row of the sheet is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import Blueprint, Response, flash, make_response, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from kiosk.flow.door import Door
from kiosk.model.expiry import FOR_EVER
from kiosk.model.glyphs import Glyphs
from kiosk.model.people import Worker
from kiosk.records.people.commands import ChangeWorker
from kiosk.rosters import Level, Problem, rules_of
from kiosk.rosters.cells import Cell
from kiosk.rosters.columns import ROLES, STANDINGS, Column, certificate_headings, tidy
from kiosk.rosters.rows import Found, read_row
from ui.review.access.sessions import who
from ui.review.journal import workers
from ui.review.pages import Pages
from ui.review.people.access import found, guard
from ui.review.sender import SendCommand, Sender

_CERTIFICATES = 4


class PeopleEdit:
    """The form of one person."""

    def __init__(
        self, pages: Pages, send: SendCommand, door: Door, glyphs: Callable[[], Glyphs]
    ) -> None:
        self._pages = pages
        self._say = pages.wording.say
        self._sender = Sender(pages, send)
        self._door = door
        self._glyphs = glyphs

    def blueprint(self) -> Blueprint:
        """Return the routes."""
        routes = Blueprint("people_edit", __name__)
        routes.before_request(self._guard)
        routes.add_url_rule("/people/new", "new", self.new)
        routes.add_url_rule("/people/new", "create", self.create, methods=["POST"])
        routes.add_url_rule("/people/of/<worker:worker_id>/edit", "edit", self.edit)
        routes.add_url_rule(
            "/people/of/<worker:worker_id>/edit", "save", self.save, methods=["POST"]
        )
        return routes

    def _guard(self) -> Response | None:
        return guard(self._pages)

    def new(self) -> str:
        """Show an empty form."""
        return self._page(None, {}, [])

    def create(self) -> AnyResponse:
        """Add a person, whose number is still free."""
        values = self._values()
        taken = workers().get(values.get(Column.ID, ""))
        if taken is not None and taken.name:
            problem = Problem(0, Column.ID, self._say("edit.taken", worker=taken.id))
            return make_response(self._page(None, values, [problem]), 422)
        return self._record(None, values)

    def edit(self, worker_id: str) -> str:
        """Show a person's form."""
        worker = found(worker_id)
        return self._page(worker, self._filled(worker), [])

    def save(self, worker_id: str) -> AnyResponse:
        """Change a person."""
        return self._record(found(worker_id), {**self._values(), Column.ID: worker_id})

    def _record(self, before: Worker | None, values: dict[str, str]) -> AnyResponse:
        heard = Found(0, [])
        cells = {name: Cell(text) for name, text in values.items()}
        people = [before.id] if before else []
        rules = rules_of(self._door.posts, self._door.works, self._pages.today(), people)
        worker, _ = read_row(cells, rules, heard)
        problems = [problem for problem in heard.problems if problem.level is Level.ERROR]
        if not problems:
            refusal = self._sender.refusal(ChangeWorker(who().worker, worker))
            if not refusal:
                if undrawable := self._glyphs().trouble("".join(values.values())):
                    flash(undrawable, "warn")
                target = "people.person" if before else "people_cards.choose"
                return self._sender.told(
                    self._say("people.saved"), target, tone="good", worker_id=worker.id
                )
            problems = [Problem(0, "", refusal)]
        return make_response(self._page(before, values, problems), 422)

    def _values(self) -> dict[str, str]:
        """Return what was typed, by the sheet's headings; posts that were ticked and others that
        were typed become one list.
        """
        values = {
            name: tidy(text)[:200] for name, text in request.form.items() if name != "csrf_token"
        }
        posts = [*request.form.getlist("post"), *values.pop("others", "").split("、")]
        values.pop("post", None)
        return {**values, Column.POSTS: "、".join(filter(None, map(str.strip, posts)))}

    def _filled(self, worker: Worker) -> dict[str, str]:
        values: dict[str, str] = {
            Column.ID: worker.id,
            Column.NAME: worker.name,
            Column.CREW: worker.crew,
            Column.POSTS: "、".join(worker.posts),
            Column.ROLE: _word(ROLES, worker.role),
            Column.STANDING: "" if worker.has_left else _word(STANDINGS, worker.standing),
            Column.ENDS_ON: worker.ends_on.isoformat() if worker.ends_on else "",
            Column.BLOCKED: worker.blocked,
        }
        for number, held in enumerate(worker.certificates, start=1):
            until = "长期" if held.expires_on == FOR_EVER else held.expires_on.isoformat()
            values.update(
                zip(certificate_headings(number), (held.kind, held.number, until), strict=True)
            )
        return values

    def _page(
        self, worker: Worker | None, values: Mapping[str, str], problems: list[Problem]
    ) -> str:
        chosen = values.get(Column.POSTS, "").split("、")
        held = len(worker.certificates) if worker else 0
        return render_template(
            "person_edit.html",
            worker=worker,
            values=values,
            problems=problems,
            wrong={problem.field: problem.text for problem in problems},
            posts=self._door.posts.values(),
            chosen=chosen,
            others="、".join(post for post in chosen if post not in self._door.posts),
            roles=ROLES,
            standings=STANDINGS,
            groups=[
                certificate_headings(number)
                for number in range(1, max(_CERTIFICATES, held + 1) + 1)
            ][:6],
            kinds=rules_of(self._door.posts, self._door.works, self._pages.today()).kinds.values(),
            Column=Column,
        )


def _word(words: Mapping[str, object], value: object) -> str:
    return next(word for word, meaning in words.items() if meaning is value)
