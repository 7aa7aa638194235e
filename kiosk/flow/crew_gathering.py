"""While a crew gathers: who takes part, who is left out and why, and when it is complete."""

from __future__ import annotations

from msgspec.structs import replace

from kiosk.flow.crew_members import Crew
from kiosk.flow.crew_stages import Gathering
from kiosk.flow.door import Door
from kiosk.flow.inputs import CardRead, Touched
from kiosk.flow.moves import Move, notice, recorded, stay
from kiosk.flow.outcome import closings
from kiosk.flow.state import Check, State
from kiosk.flow.touches import Back, Go
from kiosk.model.content import Post
from kiosk.model.eligibility import Ground, refusals
from kiosk.model.outcome import Outcome
from kiosk.model.policy import CheckPolicy, asks
from kiosk.records.crews.facts import CrewGathered, MemberJoined, MemberLeftOut

LEFT_OUT = ("other_post", "passed", "drawn", "full")
"""Why somebody does not take part, in addition to the grounds on which a card is refused."""
TOLD = "crew_left_out"
"""The notice that tells who does not take part why."""
LEAST_MEMBERS = 2
LEAST_FOR_A_DRAW = 3
"""Drawing one of two would leave nobody to be checked with."""
MOST_MEMBERS = 48
"""More names than that cannot be read on the screen."""


def admission(
    policy: CheckPolicy, check: str, post: Post, read: CardRead, already: int
) -> MemberJoined | MemberLeftOut:
    """Make the fact that the holder of a card takes part in a crew's check, or is left out and why.

    `policy` decides whether somebody who has passed is asked again; `already` is how many take
    part.
    """
    reasons = _against(policy, post, read, already)
    if reasons or read.worker is None:
        return MemberLeftOut(check, read.card, reasons, read.worker.id if read.worker else "")
    shift = read.shift
    return MemberJoined(
        check, read.id, read.worker.id, read.card, shift.on, shift.name, post.id, post.title
    )


def _against(policy: CheckPolicy, post: Post, read: CardRead, already: int) -> tuple[str, ...]:
    grounds = refusals(read.worker, {post.id: post}, read.today)
    if read.worker is None or grounds:
        # Judged against this post alone, somebody with another post seems to have none.
        elsewhere = bool(read.worker and read.worker.posts)
        return tuple(
            "other_post" if elsewhere and each.ground is Ground.NO_POST else each.code
            for each in grounds
        )
    earlier = read.earlier
    let_in = earlier is not None and (earlier.released or earlier.outcome is Outcome.PASSED)
    last = read.passed.get(post.id, "")
    if let_in and not asks(policy, passed=True, last_passed=last, worker=read.worker.id):
        return ("passed",)
    # Once drawn in this shift, a member goes alone, also when another crew gathers.
    if earlier is not None and "drawn" in earlier.reasons:
        return ("drawn",)
    return ("full",) if already >= MOST_MEMBERS else ()


def joining(door: Door, state: State, check: Check, crew: Crew, read: CardRead) -> Move:
    """Take a card while the crew gathers. One that comes twice changes nothing."""
    if read.worker is not None and crew.member_of(read.worker.id):
        return notice(state, "crew_twice")
    fact = admission(door.drill.check, check.id, door.posts[check.post], read, len(crew.members))
    people = {**state.people, read.worker.id: read.worker} if read.worker else state.people
    after, effects = recorded(door, replace(state, people=people), read.at_s, fact)
    after = replace(after, stage=_still(state, fact))
    if isinstance(fact, MemberLeftOut):
        after = replace(after, turn=state.turn, notice=TOLD)
    return after, effects


def _still(state: State, fact: MemberJoined | MemberLeftOut) -> Gathering:
    """Go on gathering, until the same moment as before."""
    assert isinstance(state.stage, Gathering)
    if isinstance(fact, MemberJoined):
        return replace(state.stage, told="")
    return replace(state.stage, told=fact.card, refusals=state.stage.refusals + 1)


def gathering(door: Door, state: State, check: Check, crew: Crew, touched: Touched) -> Move:
    """Begin, when all are there, or give it up."""
    match touched.touch:
        case Go() if len(crew.members) < LEAST_MEMBERS:
            return notice(state, "crew_too_few")
        case Go():
            return recorded(door, state, touched.at_s, _gathered(door, check, crew))
        case Back():
            given_up = closings(check, Outcome.ABANDONED, ("cancelled",))
            return recorded(door, state, touched.at_s, *given_up)
    return stay(state)


def window_over(door: Door, state: State, check: Check, crew: Crew, at_s: float) -> Move:
    """Begin with those who are there; too few are not a crew, and are checked one by one."""
    if len(crew.members) < LEAST_MEMBERS:
        return recorded(door, state, at_s, *closings(check, Outcome.ABANDONED, ("too_few",)))
    return recorded(door, state, at_s, _gathered(door, check, crew))


def _gathered(door: Door, check: Check, crew: Crew) -> CrewGathered:
    if door.crew.spot_check == "off" or len(crew.members) < LEAST_FOR_A_DRAW:
        return CrewGathered(check.id)
    # The number was recorded when the check opened, before anybody came: the journal shows that
    # nobody was picked.
    return CrewGathered(check.id, crew.members[check.draw % len(crew.members)].check)
