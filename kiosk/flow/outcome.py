"""How a check ends: for one worker, or for each member of a crew."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.flow.crew_members import Crew, Member
from kiosk.flow.state import Check
from kiosk.model.outcome import Answer, Outcome
from kiosk.records.checks.facts import CheckClosed
from kiosk.records.crews.facts import CrewClosed

Closing = tuple[CheckClosed | CrewClosed, ...]


def failures(check: Check) -> tuple[str, ...]:
    """Return why a check does not pass: `part:<part>:<reason>` for each 不符合."""
    return tuple(
        f"part:{confirmation.part}:{confirmation.reason}"
        for confirmation in check.confirmations
        if confirmation.answer is Answer.NOT_OK
    )


def closings(check: Check, outcome: Outcome, reasons: tuple[str, ...] = ()) -> Closing:
    """Make the facts that end a check for everybody in the same way."""
    if check.crew is None:
        return (CheckClosed(check.id, outcome, reasons),)
    members = (CheckClosed(member.check, outcome, reasons) for member in check.crew.members)
    return (*members, CrewClosed(check.id, outcome, reasons))


def signed_off(check: Check, crew: Crew) -> Closing:
    """Make the facts that end a crew's check once nobody is waited for any more.

    What is not in order fails everybody. Otherwise those who signed pass, and the others do it
    alone: green is for the crew as soon as anybody passed, and the screen names who did not.
    """
    if reasons := failures(check):
        return closings(check, Outcome.FAILED, reasons)
    members = tuple(_member_closings(crew))
    # A member who was drawn or did not sign takes nothing from those who did.
    passed = any(each.outcome is Outcome.PASSED for each in members)
    return (*members, CrewClosed(check.id, Outcome.PASSED if passed else Outcome.ABANDONED))


def _member_closings(crew: Crew) -> Iterator[CheckClosed]:
    for member in crew.members:
        left = _left(crew, member)
        yield CheckClosed(member.check, Outcome.ABANDONED if left else Outcome.PASSED, left)


def _left(crew: Crew, member: Member) -> tuple[str, ...]:
    """Return why a member's check is left undone."""
    if member.check == crew.drawn:
        return ("drawn",)
    return () if member.signed else ("not_signed",)
