"""Where the inputs of a crew's check go: cards, touches and time, by the stage it is in."""

from __future__ import annotations

from kiosk.flow.crew_gathering import gathering, joining, window_over
from kiosk.flow.crew_signing import (
    back_to_all,
    card_again,
    ending,
    picking,
    signing_member,
    signing_off,
    time_over,
)
from kiosk.flow.crew_stages import EndingCrew, Gathering, PickingSigner, SigningMember, SigningOff
from kiosk.flow.door import Door
from kiosk.flow.inputs import CardRead, Touched
from kiosk.flow.moves import Move, notice, stay, turned
from kiosk.flow.stages import Reporting, Stopping
from kiosk.flow.state import State


def crew_card(door: Door, state: State, read: CardRead) -> Move | None:
    """Take a card during a crew's check; None when a stranger's card ends it, because nobody
    answered.
    """
    check = state.check
    assert check is not None
    assert check.crew is not None
    # Somebody is choosing what is wrong: a card now would change whom and what it is about.
    if isinstance(state.side, Reporting | Stopping):
        return notice(state, "busy")
    match state.stage:
        case Gathering():
            return joining(door, state, check, check.crew, read)
        case SigningOff() | PickingSigner() | SigningMember() | EndingCrew():
            return card_again(door, state, check, check.crew, read)
    if read.card == check.card or (read.worker and check.crew.member_of(read.worker.id)):
        return (turned(state), ()) if state.warned else stay(state)
    return None if state.warned else notice(state, "crew_late")


def crew_touched(door: Door, state: State, touched: Touched) -> Move | None:
    """Take a touch in a stage that only a crew's check has; None in any other."""
    check = state.check
    if check is None or check.crew is None:
        return None
    match state.stage:
        case Gathering():
            return gathering(door, state, check, check.crew, touched)
        case SigningOff() as stage:
            return signing_off(door, state, check.crew, stage, touched)
        case PickingSigner() as stage:
            return picking(door, state, check.crew, stage, touched)
        case SigningMember() as stage:
            return signing_member(door, state, check, stage, touched)
        case EndingCrew() as stage:
            return ending(door, state, check, check.crew, stage, touched)
    return None


def crew_time(door: Door, state: State, at_s: float) -> Move | None:
    """Do what is due in a stage that only a crew's check has; None in any other."""
    check = state.check
    if check is None or check.crew is None:
        return None
    match state.stage:
        case Gathering():
            return window_over(door, state, check, check.crew, at_s)
        case SigningOff():
            return time_over(door, state, check, check.crew, at_s)
        case PickingSigner() | SigningMember() | EndingCrew() as stage:
            return back_to_all(state, stage)
    return None
