"""The check of a whole crew (班组): a leader offers it, chooses the post, and opens it."""

from __future__ import annotations

from msgspec.structs import replace

from kiosk.flow.crew_gathering import admission
from kiosk.flow.crew_stages import OfferingCrew
from kiosk.flow.door import Door
from kiosk.flow.inputs import CardRead, Touched
from kiosk.flow.moves import Move, recorded, stay, to
from kiosk.flow.stages import Waiting
from kiosk.flow.state import State
from kiosk.flow.touches import Back, ChoosePost, Together
from kiosk.model.content import Post
from kiosk.model.eligibility import eligible_posts
from kiosk.records.crews.facts import CrewOpened


def may_lead(door: Door, read: CardRead) -> bool:
    """Return whether to ask the holder of a card if the whole crew is there; refusals come
    earlier.
    """
    worker = read.worker
    return door.crew.offered and worker is not None and worker.role.may_lead and bool(worker.crew)


def offering(door: Door, state: State, stage: OfferingCrew, touched: Touched) -> Move:
    """Begin with the whole crew, for the leader's only post or the one that is chosen; or go
    back.
    """
    assert stage.read.worker is not None
    match touched.touch:
        case Together() if not stage.posts:
            posts = eligible_posts(stage.read.worker, door.posts, stage.read.today)
            if len(posts) == 1:
                return _opened(door, state, stage.read, door.posts[posts[0]], touched)
            return to(
                state, replace(stage, posts=posts, until_s=touched.at_s + door.timings.side_s)
            )
        case ChoosePost(post=post) if post in stage.posts:
            return _opened(door, state, stage.read, door.posts[post], touched)
        case Back() if stage.posts:
            return to(state, replace(stage, posts=(), until_s=touched.at_s + door.timings.side_s))
        case Back():
            return to(state, Waiting(), check=None, worker=None)
    return stay(state)


def _opened(door: Door, state: State, read: CardRead, post: Post, touched: Touched) -> Move:
    """Open the check; the leader is the first to take part, or is left out for having been checked
    already.
    """
    assert read.worker is not None
    opened = _crew_opened(door, read, post, touched.id)
    people = {worker.id: worker for worker in (*read.crew, read.worker)}
    ready = replace(state, worker=read.worker, people=people)
    return recorded(
        door,
        ready,
        touched.at_s,
        opened,
        admission(door.drill.check, touched.id, post, read, already=0),
    )


def _crew_opened(door: Door, read: CardRead, post: Post, check: str) -> CrewOpened:
    assert read.worker is not None
    pack = door.pack_of(post.id)
    return CrewOpened(
        check=check,
        leader=read.worker.id,
        card=read.card,
        crew=read.worker.crew,
        shift_on=read.shift.on,
        shift=read.shift.name,
        draw=read.draw,
        post=post.id,
        pack=pack.id,
        pack_version=pack.version,
        pack_digest=pack.digest,
        stale=pack.stale(read.today),
    )
