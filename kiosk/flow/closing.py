"""The end of a check: the signature, the outcome, and a supervisor's release of a failed one."""

from __future__ import annotations

from kiosk.flow.badge import may_check_too, own_check
from kiosk.flow.door import Door
from kiosk.flow.effects import Record
from kiosk.flow.inputs import Touched
from kiosk.flow.moves import Move, notice, recorded, stay, to, turned
from kiosk.flow.outcome import failures
from kiosk.flow.signature import is_signature
from kiosk.flow.stages import Released, Releasing, Signing, Waiting
from kiosk.flow.state import Check, State
from kiosk.flow.touches import Back, GiveReason, Go, Sign
from kiosk.model.outcome import Outcome
from kiosk.records.checks.facts import CheckClosed, CheckReleased, CheckSigned


def signing(door: Door, state: State, check: Check, _stage: Signing, touched: Touched) -> Move:
    """Record the signature and, with it, the outcome."""
    match touched.touch:
        case Sign(strokes=strokes):
            if not is_signature(strokes):
                return notice(state, "sign_again")
            # Signature and outcome are one transaction: a crash leaves both or neither.
            reasons = failures(check)
            outcome = Outcome.FAILED if reasons else Outcome.PASSED
            signed = CheckSigned(check.id, "account" if reasons else "commitment", strokes)
            return recorded(
                door, state, touched.at_s, signed, CheckClosed(check.id, outcome, reasons)
            )
    return stay(state)


def releasing(door: Door, state: State, stage: Releasing, touched: Touched) -> Move:
    """Record why the supervisor lets the worker in, begin the supervisor's own check, or leave
    it.
    """
    match touched.touch:
        case GiveReason(reason=reason) if reason in {known.id for known in door.reasons.release}:
            released = CheckReleased(stage.check, stage.by.id, stage.read.card, reason)
            shown = Released(by=stage.by, until_s=touched.at_s + door.timings.passed_s)
            return turned(state, stage=shown), (Record((released,)),)
        case Go() if may_check_too(door, stage):
            return own_check(door, state, stage, touched.at_s)
        case Back():
            return to(state, Waiting(), check=None, worker=None)
    return stay(state)
