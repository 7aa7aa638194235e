"""The end of a check: the signature, the outcome, and a supervisor's release of a failed one."""

from __future__ import annotations

from itertools import chain, pairwise
from math import dist

from kiosk.flow.badge import may_check_too, own_check
from kiosk.flow.door import Door
from kiosk.flow.effects import Record
from kiosk.flow.inputs import Back, GiveReason, Go, Sign, Touched
from kiosk.flow.moves import Move, notice, recorded, stay, to, turned
from kiosk.flow.state import Check, Released, Releasing, Signing, State, Waiting
from kiosk.model.facts import Answer, CheckClosed, CheckReleased, CheckSigned, Outcome

_LEAST_POINTS = 8
_LEAST_PATH = 200
_LEAST_EXTENT = 100
"""About two centimetres of line and one of width or height on a seven-inch screen: dots are no name."""
_MOST_NUMBERS = 30_000
_LONGEST_MS = 3_600_000
FIELD_WIDTH, FIELD_HEIGHT = 1000, 400


def failures(check: Check) -> tuple[str, ...]:
    """Say why a check does not pass: `part:<part>:<reason>` for each 不符合."""
    return tuple(
        f"part:{confirmation.part}:{confirmation.reason}"
        for confirmation in check.confirmations
        if confirmation.answer is Answer.NOT_OK
    )


def signing(door: Door, state: State, check: Check, _stage: Signing, touched: Touched) -> Move:
    """Record the signature and, with it, the outcome."""
    match touched.touch:
        case Sign(strokes=strokes):
            if not _is_signature(strokes):
                return notice(state, "sign_again")
            reasons = failures(check)
            outcome = Outcome.FAILED if reasons else Outcome.PASSED
            signed = CheckSigned(check.id, "account" if reasons else "commitment", strokes)
            return recorded(door, state, touched.at_s, signed, CheckClosed(check.id, outcome, reasons))
    return stay(state)


def _is_signature(strokes: tuple[tuple[int, ...], ...]) -> bool:
    numbers = sum(len(stroke) for stroke in strokes)
    if not 3 * _LEAST_POINTS <= numbers <= _MOST_NUMBERS:
        return False
    return all(len(stroke) % 3 == 0 and _inside(stroke) for stroke in strokes) and _is_written(strokes)


def _inside(stroke: tuple[int, ...]) -> bool:
    return (
        all(0 <= x <= FIELD_WIDTH for x in stroke[0::3])
        and all(0 <= y <= FIELD_HEIGHT for y in stroke[1::3])
        and all(0 <= t <= _LONGEST_MS for t in stroke[2::3])
    )


def _is_written(strokes: tuple[tuple[int, ...], ...]) -> bool:
    points = [list(zip(stroke[0::3], stroke[1::3], strict=True)) for stroke in strokes]
    path = sum(dist(a, b) for stroke in points for a, b in pairwise(stroke))
    xs, ys = zip(*chain.from_iterable(points), strict=True)
    return path >= _LEAST_PATH and max(max(xs) - min(xs), max(ys) - min(ys)) >= _LEAST_EXTENT


def releasing(door: Door, state: State, stage: Releasing, touched: Touched) -> Move:
    """Record why the supervisor lets the worker in, begin the supervisor's own check, or leave it."""
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
