"""From facts to the check they describe: the fold that recording and resuming share."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce

from msgspec.structs import replace

from kiosk.flow.crew_members import Crew, applied
from kiosk.flow.state import Check
from kiosk.model.drills import StepId
from kiosk.records import facts as f


def fold(check: Check | None, facts: Iterable[f.AnyFact]) -> Check | None:
    """Apply facts to a check, in order. Facts that say nothing of a check leave it as it is."""
    return reduce(_apply, facts, check)


def _apply(check: Check | None, fact: f.AnyFact) -> Check | None:
    if isinstance(fact, f.CheckOpened):
        return Check(fact.check, fact.worker, fact.card, fact.draw, fact.shift_on)
    if isinstance(fact, f.CrewOpened):
        opened = Check(fact.check, fact.leader, fact.card, fact.draw, fact.shift_on)
        # No works: certificates and permits are personal, so such work needs a check of one's own.
        return replace(opened, post=fact.post, works=(), crew=Crew(fact.crew))
    return check if check is None else _applied(check, fact)


def _applied(check: Check, fact: f.AnyFact) -> Check:
    # `is not`: the very same crew comes back when the fact says nothing of it.
    if check.crew is not None and (after := applied(check.crew, fact)) is not check.crew:
        return replace(check, crew=after)
    match fact:
        case f.PostChosen():
            return replace(check, post=fact.post, level=fact.level, question=fact.question)
        case f.WorksChosen():
            return replace(check, works=fact.works, choice=fact.works)
        case f.PermitShown():
            return replace(check, permits={**check.permits, fact.work: fact})
        case f.WorkRefused():
            permits = {work: permit for work, permit in check.permits.items() if work != fact.work}
            choice = tuple(work for work in check.choice if work != fact.work)
            # None: the works are chosen once more, with the others still ticked.
            refused = tuple(dict.fromkeys((*check.refused, fact.work)))
            return replace(check, works=None, choice=choice, permits=permits, refused=refused)
        case f.QuestionAnswered():
            return replace(check, knows=check.knows or fact.right)
        case f.StepCalled():
            return replace(check, steps=(*check.steps, StepId(fact.drill, fact.step)))
        case f.AbnormalReported():
            return replace(check, abnormal=f"abnormal:{fact.at}:{fact.reason}")
        case f.WorkStopped():
            return replace(check, abnormal=f"stop_work:{fact.reason}")
        case f.PhotoTaken():
            attempts = {**check.attempts, fact.part: fact.attempt}
            missed = {
                part: reason for part, reason in check.missed.items() if part is not fact.part
            }
            photos = {**check.photos, fact.part: fact}
            return replace(check, photos=photos, missed=missed, attempts=attempts)
        case f.PhotoMissed():
            attempts = {**check.attempts, fact.part: check.attempts.get(fact.part, 0) + 1}
            return replace(
                check, missed={**check.missed, fact.part: fact.reason}, attempts=attempts
            )
        case f.ConfirmationMade():
            return replace(check, confirmations=(*check.confirmations, fact))
        case f.CheckSigned():
            return replace(check, signed=True)
        # A member's CheckClosed has gone to the crew above and does not end the crew's check.
        case f.CheckClosed() | f.CrewClosed():
            return replace(check, outcome=fact.outcome, reasons=fact.reasons)
        case _:
            return check
