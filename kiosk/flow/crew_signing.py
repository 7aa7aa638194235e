"""The end of a crew's check: each member presents the card again or signs; who does neither is
checked alone.
"""

from __future__ import annotations

from msgspec.structs import replace

from kiosk.flow.crew_members import Crew, Member
from kiosk.flow.crew_stages import EndingCrew, PickingSigner, SigningMember, SigningOff
from kiosk.flow.door import Door
from kiosk.flow.inputs import CardRead, Touched
from kiosk.flow.moves import Move, notice, recorded, stay, to
from kiosk.flow.outcome import failures, signed_off
from kiosk.flow.record import fold
from kiosk.flow.signature import is_signature
from kiosk.flow.state import Check, State
from kiosk.flow.touches import Back, EndCrew, Go, Sign, SignByHand, SignMember
from kiosk.records.crews.facts import MemberSigned, SignedBy

_Stage = SigningOff | PickingSigner | SigningMember | EndingCrew


def card_again(door: Door, state: State, check: Check, crew: Crew, read: CardRead) -> Move:
    """Take a card at the end: a member's card is their signature."""
    member = crew.member_of(read.worker.id) if read.worker else None
    if member is None:
        return notice(state, "crew_late")
    if member.check == crew.drawn:
        return notice(state, "crew_drawn")
    if member.signed:
        return notice(state, "crew_twice")
    return _signed(
        door,
        state,
        check,
        MemberSigned(check.id, member.check, _what(check), SignedBy.CARD),
        read.at_s,
    )


def signing_off(door: Door, state: State, crew: Crew, stage: SigningOff, touched: Touched) -> Move:
    """Offer to sign to the member whose tile was touched, or ask whether to stop waiting for the
    others.
    """
    assert stage.until_s is not None
    # One member's turn (`until_s`) does not move the end for everybody (`closes_s`).
    soon_s = touched.at_s + door.crew.sign_s
    match touched.touch:
        case SignMember(member=check) if _is_due(crew, check):
            return to(state, SigningMember(member=check, closes_s=stage.until_s, until_s=soon_s))
        case SignByHand():
            return to(state, PickingSigner(closes_s=stage.until_s, until_s=soon_s))
        case Go():
            return to(state, EndingCrew(closes_s=stage.until_s, until_s=soon_s))
    return stay(state)


def picking(door: Door, state: State, crew: Crew, stage: PickingSigner, touched: Touched) -> Move:
    """Offer to sign to the member whose name was touched, or go back to the others."""
    match touched.touch:
        case SignMember(member=check) if _is_due(crew, check):
            until_s = touched.at_s + door.crew.sign_s
            return to(state, SigningMember(member=check, closes_s=stage.closes_s, until_s=until_s))
        case Back():
            return to(state, _all(stage))
    return stay(state)


def _is_due(crew: Crew, check: str) -> bool:
    return check in {member.check for member in crew.due}


def signing_member(
    door: Door, state: State, check: Check, stage: SigningMember, touched: Touched
) -> Move:
    """Take a member's signature, or go back to the others."""
    match touched.touch:
        case Sign(strokes=strokes) if not is_signature(strokes):
            return notice(state, "sign_again")
        case Sign(strokes=strokes):
            fact = MemberSigned(check.id, stage.member, _what(check), SignedBy.STROKES, strokes)
            return _signed(door, replace(state, stage=_all(stage)), check, fact, touched.at_s)
        case Back():
            return to(state, _all(stage))
    return stay(state)


def ending(
    door: Door, state: State, check: Check, crew: Crew, stage: EndingCrew, touched: Touched
) -> Move:
    """End it without those who have not signed, or go on waiting."""
    match touched.touch:
        case EndCrew():
            return time_over(door, state, check, crew, touched.at_s)
        case Back() | Go():
            return to(state, _all(stage))
    return stay(state)


def back_to_all(state: State, stage: PickingSigner | SigningMember | EndingCrew) -> Move:
    """Leave what one person began and did not end."""
    return to(state, _all(stage))


def time_over(door: Door, state: State, check: Check, crew: Crew, at_s: float) -> Move:
    """End it for everybody, as it stands."""
    return recorded(door, state, at_s, *signed_off(check, crew))


def _signed(door: Door, state: State, check: Check, fact: MemberSigned, at_s: float) -> Move:
    """Record a signature; with the last one the check ends, in the same transaction."""
    after = fold(check, (fact,))
    assert after is not None
    assert after.crew is not None
    if not after.crew.due:
        return recorded(door, state, at_s, fact, *signed_off(after, after.crew))
    later, effects = recorded(door, state, at_s, fact)
    return replace(later, stage=_remaining(state.stage, fact)), effects


def _remaining(stage: object, fact: MemberSigned) -> _Stage:
    """Stay where we are: somebody else may be signing with a finger meanwhile."""
    assert isinstance(stage, _Stage)
    return (
        _all(stage)
        if isinstance(stage, SigningMember) and stage.member == fact.member_check
        else stage
    )


def _all(stage: _Stage) -> SigningOff:
    return stage if isinstance(stage, SigningOff) else SigningOff(until_s=stage.closes_s)


def _what(check: Check) -> str:
    """Return what is signed: the commitment, or the account of what is not in order."""
    return "account" if failures(check) else "commitment"


def signer(crew: Crew, stage: SigningMember) -> Member:
    """Return the member who signs."""
    return next(member for member in crew.members if member.check == stage.member)
