"""What the roster and the content leave uncovered (到岗到人): people without a check, posts without
content or people, measures nobody answers for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import msgspec

from kiosk.model.content import Post
from kiosk.model.enterprise import Enterprise
from kiosk.model.people import Worker


class Named(msgspec.Struct, frozen=True):
    """Who answers for a measure, and who in their absence; 工号, empty for nobody."""

    worker: str = ""
    deputy: str = ""


class Unchecked(msgspec.Struct, frozen=True):
    """A worker who should have been checked, and the last day on which they were let in."""

    worker: Worker
    last: date | None


class EmptyPost(msgspec.Struct, frozen=True):
    """A post that people have and that has no content."""

    post: str
    workers: tuple[Worker, ...]


def is_due(worker: Worker, today: date) -> bool:
    """Return whether this worker is expected at the door (应到)."""
    return bool(worker.name and worker.posts) and worker.is_active and not worker.has_ended(today)


def unchecked(
    workers: Iterable[Worker], last: Mapping[str, date], since: date, today: date
) -> list[Unchecked]:
    """Return who was not let in on any day from `since` to `today`, who waits longest first."""
    due = [Unchecked(worker, last.get(worker.id)) for worker in workers if is_due(worker, today)]
    late = [one for one in due if one.last is None or one.last < since]
    return sorted(late, key=lambda one: (one.last or date.min, one.worker.crew, one.worker.id))


def posts_without_content(workers: Iterable[Worker], posts: Mapping[str, Post]) -> list[EmptyPost]:
    """Return the posts that somebody has and nothing is said about."""
    holders: dict[str, list[Worker]] = {}
    for worker in workers:
        for post in worker.posts:
            if post not in posts:
                holders.setdefault(post, []).append(worker)
    return [EmptyPost(post, tuple(held)) for post, held in sorted(holders.items())]


def posts_without_people(
    workers: Iterable[Worker], posts: Mapping[str, Post], today: date
) -> list[Post]:
    """Return the posts with content at which nobody stands."""
    taken = {post for worker in workers if is_due(worker, today) for post in worker.posts}
    return [post for post_id, post in posts.items() if post_id not in taken]


def measures(post: Post) -> tuple[str, ...]:
    """Return the measures of a post: what to look for, and what prevents each scenario (Annex 1,
    防范检查要求), each once.
    """
    prevention = (line for scenario in post.scenarios for line in scenario.prevention)
    return tuple(dict.fromkeys((*post.inspection, *prevention)))


def of_unit(enterprise: Enterprise, post_id: str) -> Named:
    """Return who answers for the unit of a post, and so for every measure there that nobody else is
    named for.
    """
    units = (
        unit
        for workshop in enterprise.workshops
        for unit in workshop.units
        if post_id in unit.posts
    )
    return next(
        (Named(unit.responsible, unit.deputy) for unit in units if unit.responsible), Named()
    )


def orphans(
    post: Post, named: Mapping[str, Named], workers: Mapping[str, Worker], unit: Named
) -> list[str]:
    """Return the measures of a post for which nobody answers who is still there; `unit` is who
    answers for the place.
    """
    return [measure for measure in measures(post) if not answers(named.get(measure, unit), workers)]


def answers(named: Named, workers: Mapping[str, Worker]) -> bool:
    """Return whether the one who is named still works here."""
    worker = workers.get(named.worker)
    return worker is not None and bool(worker.name) and worker.is_active
