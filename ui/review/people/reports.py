"""What is about to end, and what is not covered: certificates, people, posts, measures."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from kiosk.flow.door import Door
from kiosk.model.content import Post
from kiosk.model.coverage import (
    answers,
    is_due,
    measures,
    of_unit,
    orphans,
    posts_without_content,
    posts_without_people,
    unchecked,
)
from kiosk.model.enterprise import Enterprise
from kiosk.model.expiry import Urgency, endings
from kiosk.records.people.commands import NameMeasures
from ui.review.access.sessions import who
from ui.review.journal import reading, workers
from ui.review.pages import Pages
from ui.review.people.access import guard
from ui.review.people.pages import masked
from ui.review.sender import SendCommand, Sender
from ui.review.wording import name_of

_SINCE_DAYS = (1, 7, 30)
_SHOWN = 200


class PeopleReports:
    """The reports, and naming who answers for measures."""

    def __init__(self, pages: Pages, send: SendCommand, door: Door, enterprise: Enterprise) -> None:
        self._pages = pages
        self._say = pages.wording.say
        self._sender = Sender(pages, send)
        self._door = door
        self._enterprise = enterprise

    def blueprint(self) -> Blueprint:
        """Return the routes."""
        routes = Blueprint("people_reports", __name__)
        routes.before_request(self._guard)
        routes.add_url_rule("/people/endings", "endings", self.endings)
        routes.add_url_rule("/people/coverage", "coverage", self.coverage)
        routes.add_url_rule("/people/measures/<post_id>", "measures", self.measures)
        routes.add_url_rule("/people/measures/<post_id>", "name", self.name, methods=["POST"])
        return routes

    def _guard(self) -> Response | None:
        return guard(self._pages)

    def endings(self) -> str:
        """List what has ended and what ends within 60 days."""
        here = [worker for worker in workers().values() if worker.is_active]
        found = endings(here, self._pages.today())
        groups = {step: [one for one in found if one.urgency is step] for step in Urgency}
        return render_template("endings.html", groups=groups, masked=masked)

    def coverage(self) -> str:
        """Show what the roster and the content leave uncovered."""
        since = request.args.get("since", "1")
        days = int(since) if since in map(str, _SINCE_DAYS) else 1
        today = self._pages.today()
        known, posts = list(workers().values()), self._door.posts
        begin = today - timedelta(days=days - 1)
        late = unchecked(known, reading().last_covered(), begin, today)
        return render_template(
            "coverage.html",
            late=late[:_SHOWN],
            late_count=len(late),
            shown=_SHOWN,
            days=days,
            choices=_SINCE_DAYS,
            empty=posts_without_content(known, posts),
            vacant=posts_without_people(known, posts, today),
            measures=[
                (post, len(measures(post)), len(self._orphans(post))) for post in posts.values()
            ],
        )

    def measures(self, post_id: str) -> str:
        """Show the measures of a post, each with who answers for it."""
        post = self._post(post_id)
        named, known = reading().named(post_id), workers()
        unit = of_unit(self._enterprise, post_id)
        here = [worker for worker in known.values() if worker.name and worker.is_active]
        rows = [(measure, named.get(measure, unit)) for measure in measures(post)]
        return render_template(
            "measures.html",
            post=post,
            rows=[(measure, one, answers(one, known)) for measure, one in rows],
            people=sorted(here, key=lambda worker: (post_id not in worker.posts, worker.id)),
            name=lambda worker_id: name_of(known, worker_id),
            is_due=is_due,
        )

    def name(self, post_id: str) -> AnyResponse:
        """Name somebody as responsible for the measures that were ticked."""
        post = self._post(post_id)
        chosen = [
            measure for measure in measures(post) if measure in request.form.getlist("measure")
        ]
        if not chosen:
            flash(self._say("measures.none_chosen"), "bad")
            return redirect(url_for("people_reports.measures", post_id=post_id), 303)
        worker, deputy = request.form.get("worker", ""), request.form.get("deputy", "")
        command = NameMeasures(who().worker, post_id, tuple(chosen), worker, deputy)
        return self._sender.then(
            command, self._say("measures.saved"), "people_reports.measures", post_id=post_id
        )

    def _post(self, post_id: str) -> Post:
        if post_id not in self._door.posts:
            abort(404)
        return self._door.posts[post_id]

    def _orphans(self, post: Post) -> list[str]:
        return orphans(
            post, reading().named(post.id), workers(), of_unit(self._enterprise, post.id)
        )
