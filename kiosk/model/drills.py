"""Which drills a check runs: that of the post, then those that today's works name.

Steps are known by their drill and their own id: two drills may each have a step "power-off".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from kiosk.model.content import Drill, Post, Step, Work

_OF = "/"
"""Stands in no id: between a work and its own drill, and between a drill and its step."""


class DueDrill(msgspec.Struct, frozen=True):
    """A drill that a check runs.

    `id` is what records call it: its own id, and of a work's own drill "hot-work/before-fire", for
    two works may each have a drill of one id.
    """

    id: str
    drill: Drill


class StepId(msgspec.Struct, frozen=True):
    """A step, by what records call its drill and by its own id."""

    drill: str
    step: str


class DueStep(msgspec.Struct, frozen=True):
    """A step that a check runs."""

    id: StepId
    step: Step
    title: str = ""
    """Of the drill, where it is one of a work; it is rehearsed at the door, and done at the
    machine.
    """


def due_drills(post: Post, works: Iterable[Work]) -> tuple[DueDrill, ...]:
    """Return the drills of a check in their order, what several works name once.

    A work names one of the post's further drills, else one of its own; where there is neither,
    nothing is run for it.
    """
    due = [DueDrill(post.drill.id, post.drill)]
    for work in works:
        named = _named(post, work)
        if named is not None and all(named.drill != each.drill for each in due):
            due.append(named)
    return tuple(due)


def _named(post: Post, work: Work) -> DueDrill | None:
    of_post = (DueDrill(drill.id, drill) for drill in post.more_drills if drill.id == work.drill)
    own = (
        DueDrill(f"{work.id}{_OF}{drill.id}", drill)
        for drill in work.drills
        if drill.id == work.drill
    )
    return next(of_post, None) or next(own, None)


def due_steps(post: Post, works: Iterable[Work]) -> tuple[DueStep, ...]:
    """Return the steps of a check in their order."""
    return tuple(
        DueStep(StepId(due.id, step.id), step, "" if due.id == post.drill.id else due.drill.title)
        for due in due_drills(post, works)
        for step in due.drill.steps
    )


def work_of(drill_id: str) -> str:
    """Return the id of the work whose own drill it is; empty for a drill of the post."""
    return drill_id.rpartition(_OF)[0]


def drill_of(post: Post | None, works: Mapping[str, Work], drill_id: str) -> Drill | None:
    """Find a drill by what records call it."""
    work_id, _, own_id = drill_id.rpartition(_OF)
    if work_id:
        work = works.get(work_id)
        drills = work.drills if work else ()
    else:
        drills = (post.drill, *post.more_drills) if post else ()
    return next((drill for drill in drills if drill.id == own_id), None)


def step_of(post: Post | None, works: Mapping[str, Work], step_id: StepId) -> Step | None:
    """Find a step; where its drill is not known any more, one of the post by its id alone."""
    drill = drill_of(post, works, step_id.drill)
    if drill is None and not work_of(step_id.drill):
        return _of_post(post, step_id.step)
    steps = drill.steps if drill else ()
    return next((step for step in steps if step.id == step_id.step), None)


def place_of(post: Post, step_id: StepId) -> str:
    """Return what a report at a step is filed under: the step's id, and its drill's before it where
    that is not the post's own.
    """
    own = step_id.drill == post.drill.id
    return step_id.step if own else f"{step_id.drill}{_OF}{step_id.step}"


def step_at(post: Post | None, works: Mapping[str, Work], place: str) -> Step | None:
    """Find the step that a report is filed under."""
    drill_id, _, step = place.rpartition(_OF)
    return step_of(post, works, StepId(drill_id, step)) if drill_id else _of_post(post, step)


def _of_post(post: Post | None, step_id: str) -> Step | None:
    """Find a step by its id alone: of the post's drill, else of its further drills."""
    drills = (post.drill, *post.more_drills) if post else ()
    return next((step for drill in drills for step in drill.steps if step.id == step_id), None)
