"""What lies over every stage: the emergency card, 异常, and stopping unsafe work."""

from __future__ import annotations

from kiosk.flow.door import Door
from kiosk.flow.effects import Record
from kiosk.flow.emergency import every_card
from kiosk.flow.inputs import Touched
from kiosk.flow.moves import Move, recorded, stay, turned
from kiosk.flow.outcome import closings
from kiosk.flow.stages import Calling, EmergencyShown, Reporting, Stopped, Stopping
from kiosk.flow.state import Check, State
from kiosk.flow.touches import Abnormal, Back, Emergency, GiveReason, StopWork
from kiosk.model.content import Reason, reason_of
from kiosk.model.drills import place_of
from kiosk.model.outcome import Outcome
from kiosk.records.checks.facts import AbnormalReported, DangerFound, WorkStopped
from kiosk.records.facts import AnyFact


def from_anywhere(door: Door, state: State, touched: Touched) -> Move | None:
    """Take the touches that every screen offers; None when it is none of them."""
    until_s = touched.at_s + door.timings.side_s
    match touched.touch:
        case Emergency(card=card, others=others):
            shown = card if card in every_card(door) else ""
            side = EmergencyShown(card=shown, others=others, until_s=until_s)
            return turned(state, side=side), ()
        case StopWork():
            return turned(state, side=Stopping(until_s=until_s)), ()
        case Abnormal() if state.check is not None and state.check.outcome is None:
            return turned(state, side=Reporting(until_s=until_s)), ()
        case _ if state.side is not None:
            return _on_side(door, state, touched)
    return None


def _on_side(door: Door, state: State, touched: Touched) -> Move:
    match touched.touch, state.side:
        case Back(), _:
            return turned(state, side=None), ()
        case GiveReason(reason=reason_id), Stopping():
            reason = reason_of(door.reasons.stop_work, reason_id)
            return stay(state) if reason is None else _stopped(door, state, reason, touched)
        case GiveReason(reason=reason_id), Reporting():
            reason = reason_of(door.reasons.abnormal, reason_id)
            return stay(state) if reason is None else _reported(door, state, reason, touched)
    return stay(state)


def _reported(door: Door, state: State, reason: Reason, touched: Touched) -> Move:
    check = state.check
    # It ended meanwhile, and what is closed stays as it is.
    if check is None or check.outcome is not None:
        return turned(state, side=None), ()
    at = _place(door, state, check)
    reported = AbnormalReported(check.id, at, reason.id)
    danger = DangerFound(f"{check.id}-abnormal", check.id, at, reason.text)
    closed = closings(check, Outcome.FAILED, (f"abnormal:{at}:{reason.id}",))
    return recorded(door, turned(state, side=None), touched.at_s, reported, danger, *closed)


def _stopped(door: Door, state: State, reason: Reason, touched: Touched) -> Move:
    """Record the refusal; during a check it also ends the check, since the work will not be
    done.
    """
    thanked = Stopped(until_s=touched.at_s + door.timings.passed_s)
    check = state.check
    if check is None or check.outcome is not None:
        return turned(state, side=thanked), (Record((WorkStopped(touched.id, reason.id),)),)
    facts = _refusal(check, reason, touched.id)
    after, effects = recorded(door, state, touched.at_s, *facts)
    return turned(after, side=thanked), effects


def _refusal(check: Check, reason: Reason, stop: str) -> tuple[AnyFact, ...]:
    # In front of a crew nobody knows whose finger it was.
    worker = "" if check.crew is not None else check.worker
    stopped = WorkStopped(stop, reason.id, worker, check.id)
    return (stopped, *closings(check, Outcome.FAILED, (f"stop_work:{reason.id}",)))


def _place(door: Door, state: State, check: Check) -> str:
    if isinstance(state.stage, Calling):
        return place_of(door.posts[check.post], state.stage.step)
    return _name(state)


def _name(state: State) -> str:
    # The tag and not the class's name: it goes into the journal, which outlives a renaming.
    tag = state.stage.__struct_config__.tag
    assert isinstance(tag, str)
    part = getattr(state.stage, "part", "")
    return part or tag
