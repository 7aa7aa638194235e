"""掌握情况: what each person knows of 应知应会, which questions are missed, and at which level each
drills.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence
from datetime import date

import msgspec
from flask import Blueprint, abort, render_template

from kiosk.flow.door import Door
from kiosk.model.content import Post
from kiosk.model.levels import DrillLevel
from kiosk.model.mastery import Known, known
from kiosk.model.people import Worker
from kiosk.model.training import Attempt, first_tries, level_for
from ui.review.journal import reading, workers


class Knows(enum.StrEnum):
    """How well a person knows a question."""

    MISSED = "missed"
    """Wrong at the newest first try: it is asked again on another day."""
    NEW = "new"
    """Never asked."""
    ONCE = "once"
    """Right once since the last miss."""
    MASTERED = "mastered"


class QuestionView(msgspec.Struct, frozen=True):
    """A question and how well it is known."""

    text: str
    knows: Knows


class PostView(msgspec.Struct, frozen=True):
    """A person at a post; `drills` counts the drills that were called to the end, `last_on` is the
    day of the newest.
    """

    title: str
    level: DrillLevel
    drills: int
    last_on: date | None
    questions: tuple[QuestionView, ...]

    def count(self, knows: str) -> int:
        """Count the questions that are known so well."""
        return sum(question.knows == knows for question in self.questions)


class PersonView(msgspec.Struct, frozen=True):
    """A person at all posts."""

    worker: Worker
    posts: tuple[PostView, ...]

    @property
    def missed(self) -> int:
        """Count the questions that are missed."""
        return sum(post.count(Knows.MISSED) for post in self.posts)


def person_view(worker: Worker, attempts: Sequence[Attempt], door: Door) -> PersonView:
    """Return what a person has shown; posts without content are left out."""
    posts = door.posts
    views = (_post_view(posts[post], attempts, door) for post in worker.posts if post in posts)
    return PersonView(worker, tuple(views))


def _post_view(post: Post, attempts: Sequence[Attempt], door: Door) -> PostView:
    shown = known(first_tries(attempts, post.id))
    called = [each for each in attempts if each.post == post.id and each.called]
    rules = door.drill
    return PostView(
        title=post.title,
        level=level_for(attempts, post.id, rules.begins_at) if rules.levels else DrillLevel.FOLLOW,
        drills=len(called),
        last_on=called[-1].on if called else None,
        questions=tuple(
            QuestionView(each.text, _knows(shown.get(each.id))) for each in post.questions
        ),
    )


def _knows(shown: Known | None) -> Knows:
    if shown is None:
        return Knows.NEW
    if shown.due:
        return Knows.MISSED
    return Knows.MASTERED if shown.mastered else Knows.ONCE


def in_order(people: Iterable[PersonView]) -> list[PersonView]:
    """Return people with the most missed questions first, then by crew and name."""
    return sorted(
        people, key=lambda person: (-person.missed, person.worker.crew, person.worker.name)
    )


class Mastery:
    """The pages of what people know."""

    def __init__(self, door: Door) -> None:
        self._door = door

    def blueprint(self) -> Blueprint:
        """Return the routes."""
        routes = Blueprint("mastery", __name__)
        routes.add_url_rule("/mastery", "index", self.index)
        routes.add_url_rule("/mastery/<worker:worker_id>", "person", self.person)
        return routes

    def index(self) -> str:
        """Show everybody who has a post."""
        people = [self._view(worker) for worker in workers().values()]
        return render_template(
            "mastery.html", people=in_order(each for each in people if each.posts)
        )

    def person(self, worker_id: str) -> str:
        """Show one person in full."""
        worker = workers().get(worker_id)
        if worker is None:
            abort(404)
        return render_template("mastery_of.html", person=self._view(worker))

    def _view(self, worker: Worker) -> PersonView:
        return person_view(worker, reading().attempts(worker.id), self._door)
