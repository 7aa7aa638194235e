"""事故假想: after a check a worker may describe an accident that could happen, in a few touches,
with a photo or without.

Nobody has to, and nobody waits for it: the next card ends it. What was not sent is dropped, and
that is said.
"""

from __future__ import annotations

from msgspec.structs import replace

from kiosk.flow import inputs as i
from kiosk.flow import proposal_stages as p
from kiosk.flow import touches as t
from kiosk.flow.crew_members import Crew
from kiosk.flow.crew_stages import CrewEnded
from kiosk.flow.door import Door
from kiosk.flow.effects import Effect, Record, TakeScenePhoto
from kiosk.flow.moves import Move, stay, to, turned
from kiosk.flow.stages import Closed, NotAsked, OnRecord, Refused, Waiting
from kiosk.flow.state import Check, State, WallClock
from kiosk.model.eligibility import eligible_posts, refusals
from kiosk.model.lists import AccidentType
from kiosk.model.outcome import Outcome
from kiosk.model.scenes import MOST_WORDS, Word
from kiosk.records.scenarios.facts import ScenarioProposed, ScenarioTold

_A_PAGE = MOST_WORDS - 1
"""The last place on a page of accident types is for going on to the next."""


def may_propose(door: Door, state: State) -> tuple[str, ...]:
    """Return the posts that the worker on the screen can propose a scene for; none when it is not
    the moment.
    """
    worker = state.worker
    if worker is None or state.today is None or door.scenes is None or door.accidents is None:
        return ()
    posts = eligible_posts(worker, door.posts, state.today)
    match state.stage:
        case Closed(outcome=Outcome.PASSED) if state.check is not None:
            posts = (state.check.post,)
        case OnRecord(read=read) if read.earlier and read.earlier.outcome is Outcome.PASSED:
            posts = (read.earlier.post,) if read.earlier.post else posts
        case NotAsked():
            pass
        case _:
            return ()
    return tuple(post for post in posts if post in door.posts and accident_types(door, post))


def tellers(door: Door, state: State) -> tuple[str, ...]:
    """Return who of a crew can report a danger: those who have just passed, while that is on the
    screen.
    """
    match state.stage, state.check:
        case CrewEnded(outcome=Outcome.PASSED), Check(crew=Crew() as crew, post=post):
            if door.scenes is None or post not in door.posts or not accident_types(door, post):
                return ()
            return tuple(each.worker for each in crew.members if each.outcome is Outcome.PASSED)
    return ()


def accident_types(door: Door, post_id: str) -> tuple[AccidentType, ...]:
    """Return all types of accident, those of the post first."""
    known = door.accidents.named(door.pack_of(post_id).accident_list) if door.accidents else None
    if known is None:
        return ()
    post = door.posts[post_id]
    of_post = (
        *post.accident_types,
        *(code for row in post.scenarios for code in row.accident_types),
    )
    first = [kind for code in dict.fromkeys(of_post) for kind in known.types if kind.code == code]
    return (*first, *(kind for kind in known.types if kind not in first))


def page_of(door: Door, stage: p.Proposing) -> tuple[tuple[AccidentType, ...], bool]:
    """Return the types of accident on this page, and whether there are others."""
    every = accident_types(door, stage.said.post)
    if len(every) <= MOST_WORDS:
        return every, False
    return every[stage.page * _A_PAGE : (stage.page + 1) * _A_PAGE], True


def words(door: Door, said: p.Said) -> tuple[Word, ...]:
    """Return what can be chosen next of the scene."""
    if door.scenes is None:
        return ()
    code = _known_code(door, said)
    return door.scenes.whats(code) if said.where else door.scenes.wheres(code)


def _known_code(door: Door, said: p.Said) -> str:
    """Return the code by which the lists of scenes know the type of accident; a pack may use
    another list than they do.
    """
    assert door.scenes is not None
    used, wanted = door.pack_of(said.post).accident_list, door.scenes.accident_list
    if used == wanted or door.accidents is None:
        return said.accident_type
    return next(iter(door.accidents.mapped(said.accident_type, used, wanted)), "")


def begin(door: Door, state: State, touched: i.Touched) -> Move:
    """Begin a proposal, where it is the moment for it.

    In front of a crew nobody knows whose finger it was: the card says so.
    """
    if state.check is not None and (crew := tellers(door, state)):
        naming = p.Naming(tellers=crew, post=state.check.post, until_s=_until_s(door, touched))
        return to(state, naming, check=None, worker=None)
    posts = may_propose(door, state)
    if not posts:
        return stay(state)
    assert state.worker is not None
    # The input brings the id: this package is pure and cannot draw one.
    said = p.Said(touched.id, state.worker.id, posts[0] if len(posts) == 1 else "")
    return to(state, p.Proposing(said=said, posts=posts, until_s=_until_s(door, touched)))


def named(door: Door, state: State, stage: p.Naming, read: i.CardRead) -> Move | None:
    """Begin for the holder of a card who belongs to the crew and may still stand at the post;
    return None for anybody else.
    """
    worker = read.worker
    if worker is None or worker.id not in stage.tellers:
        return None
    if refusals(worker, {stage.post: door.posts[stage.post]}, read.today):
        return None
    said = p.Said(read.id, worker.id, stage.post)
    ready = replace(state, worker=worker, wall=WallClock(read.now, read.at_s))
    return to(ready, p.Proposing(said=said, posts=(stage.post,), until_s=_until_s(door, read)))


def _until_s(door: Door, event: i.Input) -> float:
    return event.at_s + door.timings.proposing_s


def proposing(door: Door, state: State, stage: p.OfProposal, touched: i.Touched) -> Move:
    """Take the next piece, take the photo, send it, or leave it."""
    match stage, touched.touch:
        case p.Naming(), (t.Go() | t.Back() | t.Discard()):
            return to(state, Waiting(), check=None, worker=None)
        case ((p.Proposed() | p.Dropped()), (t.Go() | t.Back())):
            return to(state, Waiting(), check=None, worker=None)
        case ((p.Proposed() | p.Dropped() | p.TakingScene()), _):
            return stay(state)
        case _, t.Discard():
            return dropped(door, state, touched.at_s)
        case p.Proposing(), _:
            return _piece(door, state, stage, touched)
        case p.Posing(), _:
            return _posing(door, state, stage, touched)
        case p.Telling(), _:
            return _telling(door, state, stage, touched)
    return stay(state)


def _piece(door: Door, state: State, stage: p.Proposing, touched: i.Touched) -> Move:
    said, until_s = stage.said, _until_s(door, touched)
    if isinstance(touched.touch, t.Back):
        return _back(door, state, stage, touched)
    if not said.post:
        match touched.touch:
            case t.ChoosePost(post=post) if post in stage.posts:
                return to(state, replace(stage, said=replace(said, post=post), until_s=until_s))
        return stay(state)
    if not said.accident_type:
        return _accident(door, state, stage, touched)
    match touched.touch:
        case t.ChooseWord(word=word_id):
            word = next((word for word in words(door, said) if word.id == word_id), None)
            return stay(state) if word is None else _said(door, state, stage, word.text, touched)
    return stay(state)


def _accident(door: Door, state: State, stage: p.Proposing, touched: i.Touched) -> Move:
    shown, more = page_of(door, stage)
    until_s = _until_s(door, touched)
    match touched.touch:
        case t.ChooseAccident(code=code) if code in {kind.code for kind in shown}:
            said = replace(stage.said, accident_type=code)
            return to(state, replace(stage, said=said, page=0, until_s=until_s))
        case t.Later() if more:
            # Rounded up.
            pages = -(-len(accident_types(door, stage.said.post)) // _A_PAGE)
            return to(state, replace(stage, page=(stage.page + 1) % pages, until_s=until_s))
    return stay(state)


def _said(door: Door, state: State, stage: p.Proposing, word: str, touched: i.Touched) -> Move:
    if not stage.said.where:
        said = replace(stage.said, where=word)
        return to(state, replace(stage, said=said, until_s=_until_s(door, touched)))
    return to(state, _posed(door, replace(stage.said, what=word), 1, touched))


def _posed(door: Door, said: p.Said, attempt: int, touched: i.Touched) -> p.Posing:
    until_s = touched.at_s + door.timings.listen_s + door.timings.countdown_s
    return p.Posing(said=said, attempt=attempt, until_s=until_s)


def _back(door: Door, state: State, stage: p.Proposing, touched: i.Touched) -> Move:
    """Go back by one piece; before the first, leave."""
    said, until_s = stage.said, _until_s(door, touched)
    if said.where:
        return to(state, replace(stage, said=replace(said, where=""), until_s=until_s))
    if said.accident_type:
        return to(state, replace(stage, said=replace(said, accident_type=""), until_s=until_s))
    if said.post and len(stage.posts) > 1:
        return to(state, replace(stage, said=replace(said, post=""), page=0, until_s=until_s))
    return dropped(door, state, touched.at_s)


def _posing(door: Door, state: State, stage: p.Posing, touched: i.Touched) -> Move:
    match touched.touch:
        case t.TakePhotoNow():
            return take_photo(door, state, stage, touched.at_s)
        case t.NoPhoto():
            return to(state, p.Telling(said=stage.said, until_s=_until_s(door, touched)))
        case t.Back():
            said = replace(stage.said, what="")
            posts = (said.post,)
            return to(state, p.Proposing(said=said, posts=posts, until_s=_until_s(door, touched)))
    return stay(state)


def take_photo(door: Door, state: State, stage: p.Posing, at_s: float) -> Move:
    """Ask the camera for the photo."""
    taking = p.TakingScene(
        said=stage.said, attempt=stage.attempt, until_s=at_s + door.timings.photo_s
    )
    return turned(state, stage=taking), (_wanted(taking),)


def _wanted(stage: p.TakingScene) -> TakeScenePhoto:
    said = stage.said
    return TakeScenePhoto(said.proposal, stage.attempt, said.worker, said.post)


def photo_came(door: Door, state: State, event: i.PhotoArrived | i.PhotoFailed) -> Move:
    """Show the photo that was asked for, or go on without; one that comes too late is nobody's."""
    stage = state.stage
    if not isinstance(stage, p.TakingScene) or _wanted(stage) != event.wanted:
        return stay(state)
    telling = p.Telling(said=stage.said, attempt=stage.attempt, until_s=_until_s(door, event))
    if isinstance(event, i.PhotoArrived):
        telling = replace(
            telling, photo=event.photo, thumbnail=event.thumbnail, faults=event.faults
        )
    return to(state, telling)


def may_retake(door: Door, stage: p.Telling) -> bool:
    """Return whether another photo may be taken."""
    return stage.attempt < door.timings.photo_attempts


def _telling(door: Door, state: State, stage: p.Telling, touched: i.Touched) -> Move:
    match touched.touch:
        case t.Go():
            thanked = p.Proposed(until_s=touched.at_s + door.timings.passed_s)
            return turned(state, stage=thanked), (Record((_proposed(door, stage),)),)
        case t.TakePhotoNow() if may_retake(door, stage):
            return to(state, _posed(door, stage.said, stage.attempt + 1, touched))
    return stay(state)


def _proposed(door: Door, stage: p.Telling) -> ScenarioProposed:
    said = stage.said
    return ScenarioProposed(
        said.proposal,
        said.worker,
        said.post,
        door.pack_of(said.post).accident_list,
        said.accident_type,
        said.where,
        said.what,
        stage.photo,
        stage.thumbnail,
    )


def dropped(door: Door, state: State, at_s: float) -> Move:
    """Leave it, and say so."""
    return to(state, p.Dropped(until_s=at_s + door.timings.passed_s))


def ended(door: Door, state: State, passed: i.TimePassed) -> Move | None:
    """Do what is due when a stage of these has lasted long enough; None for any other."""
    match state.stage:
        case p.Posing() as stage:
            return take_photo(door, state, stage, passed.at_s)
        case p.TakingScene() as stage:
            failed = i.PhotoFailed(passed.at_s, passed.id, _wanted(stage), "camera_silent")
            return photo_came(door, state, failed)
        case p.Proposing() | p.Telling():
            return dropped(door, state, passed.at_s)
    return None


def greeted(before: State, read: i.CardRead, arrival: Move) -> Move:
    """Return what the holder of a card should hear first: that something was not sent, or what
    became of a scene of theirs.
    """
    after, effects = arrival
    if isinstance(before.stage, p.Unsent):
        return replace(after, notice="proposal_dropped"), effects
    if not read.decided or after.side is not None or isinstance(after.stage, Refused):
        return arrival
    # One a visit: it is spoken before anything else. The next card brings the next.
    told = read.decided[0]
    record: Effect = Record((ScenarioTold(told.proposal),))
    return replace(after, notice="proposal_decided", decided=told), (*effects, record)
