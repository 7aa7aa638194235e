"""When a card is presented: who may begin, who is refused, who has been here already, who may let
others in.
"""

from __future__ import annotations

from msgspec.structs import replace

from kiosk.flow.crew import may_lead
from kiosk.flow.crew_acts import crew_card
from kiosk.flow.crew_stages import OfferingCrew
from kiosk.flow.door import Door
from kiosk.flow.effects import Record
from kiosk.flow.inputs import CardRead
from kiosk.flow.moves import Move, notice, recorded, stay, to, turned
from kiosk.flow.outcome import closings
from kiosk.flow.proposal_stages import Naming, Unsent
from kiosk.flow.proposing import greeted, named
from kiosk.flow.record import fold
from kiosk.flow.stages import (
    Closed,
    EmergencyShown,
    Enrolling,
    NotAsked,
    OnRecord,
    Refused,
    Releasing,
)
from kiosk.flow.state import Check, State, WallClock
from kiosk.model.content import Post
from kiosk.model.eligibility import Refusal, eligible_posts, refusals
from kiosk.model.levels import DrillLevel
from kiosk.model.outcome import Outcome
from kiosk.model.people import Worker
from kiosk.model.policy import asks
from kiosk.model.training import level_for, question_on
from kiosk.records.checks.facts import CardNoted, CheckOpened, CheckRefused, PostChosen, WorksChosen


def card_read(door: Door, state: State, read: CardRead) -> Move:
    """Decide what a presented card does in the present state."""
    # The station registers this card; as an arrival it would open a check as well.
    if isinstance(state.stage, Enrolling):
        return stay(state)
    if state.check is not None and state.check.outcome is None:
        return _during_a_check(door, state, read)
    if _asks_for_release(state, read):
        return _releasing(door, state, read)
    # A second tap by the person who is telling must not drop what they have told.
    if (
        isinstance(state.stage, Unsent)
        and read.worker
        and read.worker.id == state.stage.said.worker
    ):
        return stay(state)
    if isinstance(state.stage, Naming) and (
        telling := named(door, _cleared(state), state.stage, read)
    ):
        return telling
    return greeted(state, read, _arrival(door, _cleared(state), read))


def _cleared(state: State) -> State:
    """Return the state with nobody in it; an open emergency card stays open."""
    side = state.side if isinstance(state.side, EmergencyShown) else None
    return turned(state, check=None, worker=None, people={}, side=side)


def _during_a_check(door: Door, state: State, read: CardRead) -> Move:
    assert state.check is not None
    if state.check.crew is not None:
        return crew_card(door, state, read) or _instead(door, state, state.check, read)
    if read.card == state.check.card:
        return stay(state)
    # Only while "still there?" stands unanswered: else anybody could end another's check.
    return _instead(door, state, state.check, read) if state.warned else notice(state, "busy")


def _instead(door: Door, state: State, check: Check, read: CardRead) -> Move:
    """End a check whose people went away, and take the card of the person who stands there now."""
    abandoned = closings(check, Outcome.ABANDONED, ("left",))
    after, effects = _arrival(door, _cleared(state), read)
    return after, (Record(abandoned), *effects)


def _asks_for_release(state: State, read: CardRead) -> bool:
    failed = _failed_check(state)
    return (
        failed is not None
        and read.worker is not None
        and read.worker.role.may_release
        and read.worker.is_active
        # Nobody lets themselves in.
        and failed[1] != read.worker.id
    )


def _failed_check(state: State) -> tuple[str, str] | None:
    """Return the failed check on the screen and its worker, if there is one."""
    match state.stage:
        case Closed(outcome=Outcome.FAILED, check=check) if state.worker:
            return check, state.worker.id
        case OnRecord(read=read) if (
            read.earlier and read.earlier.outcome is Outcome.FAILED and read.worker
        ):
            return None if read.earlier.released else (read.earlier.check, read.worker.id)
    return None


def _releasing(door: Door, state: State, read: CardRead) -> Move:
    failed = _failed_check(state)
    assert failed is not None
    assert read.worker is not None
    until_s = read.at_s + door.timings.side_s
    return to(state, Releasing(check=failed[0], by=read.worker, read=read, until_s=until_s))


def may_check_too(door: Door, stage: Releasing) -> bool:
    """Return whether the supervisor's card may also have been for a check of their own."""
    return not refusals(stage.by, door.posts, stage.read.today)


def own_check(door: Door, state: State, stage: Releasing, at_s: float) -> Move:
    """Leave the failed check as it is and take the supervisor's card as that of anybody."""
    return _arrival(door, _cleared(state), stage.read.later(at_s))


def _arrival(door: Door, state: State, read: CardRead) -> Move:
    if (
        read.worker is not None
        and stands_at_no_post(read.worker)
        and not read.worker.has_ended(read.today)
    ):
        wall = WallClock(read.now, read.at_s)
        return _noted(door, replace(state, worker=read.worker, wall=wall), read.worker, read)
    # Only after the case above: everybody without a post would be refused here.
    grounds = refusals(read.worker, door.posts, read.today)
    if read.worker is None or grounds:
        return _refused(door, state, read, grounds)
    wall = WallClock(read.now, read.at_s)
    arrived = replace(state, worker=read.worker, wall=wall, attempts=read.attempts)
    if may_lead(door, read):
        return to(arrived, OfferingCrew(read=read, until_s=read.at_s + door.timings.side_s))
    return _alone(door, arrived, read.worker, read)


def stands_at_no_post(worker: Worker) -> bool:
    """Return whether somebody comes to let others in, or to look: no check is meant for such a
    person, and none is missing.
    """
    return worker.role.may_release and not worker.posts and worker.is_active


def not_the_crew(door: Door, state: State, stage: OfferingCrew, at_s: float) -> Move:
    """Take a leader's card as that of anybody."""
    assert stage.read.worker is not None
    return _alone(door, state, stage.read.worker, stage.read.later(at_s))


def _alone(door: Door, arrived: State, worker: Worker, read: CardRead) -> Move:
    until_s = read.at_s + door.timings.on_record_s
    ended = read.earlier.outcome if read.earlier else Outcome.ABANDONED
    asked = _asked(door, worker, read)
    # A failed check is shown even where the policy asks for none: it is repeated or released.
    if ended is Outcome.FAILED or (ended is Outcome.PASSED and not asked):
        return to(arrived, OnRecord(read=read, until_s=until_s))
    return open_check(door, arrived, read) if asked else _noted(door, arrived, worker, read)


def _noted(door: Door, arrived: State, worker: Worker, read: CardRead) -> Move:
    noted = CardNoted(read.card, worker.id, read.shift.on, read.shift.name, door.drill.check)
    stage = NotAsked(read=read, until_s=read.at_s + door.timings.on_record_s)
    return turned(arrived, stage=stage), (Record((noted,)),)


def _asked(door: Door, worker: Worker, read: CardRead) -> bool:
    """Return whether a check is asked for at any post that is open to the worker."""
    passed = read.earlier is not None and read.earlier.outcome is Outcome.PASSED
    return any(
        asks(
            door.drill.check, passed=passed, last_passed=read.passed.get(post, ""), worker=worker.id
        )
        for post in eligible_posts(worker, door.posts, read.today)
    )


def _refused(door: Door, state: State, read: CardRead, grounds: tuple[Refusal, ...]) -> Move:
    reasons = tuple(f"{refusal.ground}:{refusal.about}".rstrip(":") for refusal in grounds)
    fact = CheckRefused(read.card, reasons, read.worker.id if read.worker else "")
    stage = Refused(refusals=grounds, until_s=read.at_s + door.timings.refused_s)
    after = replace(state, stage=stage, worker=read.worker)
    return after, (Record((fact,)),)


def open_check(door: Door, state: State, read: CardRead) -> Move:
    """Begin a check for the worker of a card; what needs no choice is chosen at once."""
    assert read.worker is not None
    opened = CheckOpened(
        read.id, read.worker.id, read.card, read.shift.on, read.shift.name, read.draw
    )
    ready = replace(state, worker=read.worker)
    chosen = _only_post(door, ready, opened)
    # Recorded although nothing could be chosen: the fold waits for this fact before it goes on.
    works = () if door.works else (WorksChosen(read.id, ()),)
    return recorded(door, ready, read.at_s, opened, *chosen, *works)


def _only_post(door: Door, state: State, opened: CheckOpened) -> tuple[PostChosen, ...]:
    assert state.worker is not None
    assert state.today is not None
    posts = eligible_posts(state.worker, door.posts, state.today)
    check = fold(None, (opened,))
    assert check is not None
    return (post_chosen(door, state, check, door.posts[posts[0]]),) if len(posts) == 1 else ()


def post_chosen(door: Door, state: State, check: Check, post: Post) -> PostChosen:
    """Make the fact that a check is for this post: the version of its content, the level of the
    drill, and the question.
    """
    assert state.today is not None
    pack = door.pack_of(post.id)
    begins_at = door.drill.begins_at
    return PostChosen(
        check.id,
        post.id,
        pack.id,
        pack.version,
        pack.digest,
        level_for(state.attempts, post.id, begins_at) if door.drill.levels else DrillLevel.FOLLOW,
        question_on(post, state.attempts, check.on, check.draw).id,
        pack.stale(state.today),
        post.title,
    )
