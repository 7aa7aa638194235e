"""Who takes part in the check of a crew, and how far each is."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from kiosk.records import facts as f


class Member(msgspec.Struct, frozen=True):
    """A worker in the crew's check; `check` is their own."""

    check: str
    worker: str
    signed: bool = False
    outcome: f.Outcome | None = None


class LeftOut(msgspec.Struct, frozen=True):
    """Somebody whose card was presented and who does not take part; without a `worker`, nobody
    knows whose card it was.
    """

    worker: str
    card: str
    reasons: tuple[str, ...]


class Crew(msgspec.Struct, frozen=True):
    """The crew of an open check; a fold of its facts, like the check itself."""

    title: str
    members: tuple[Member, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    gathered: bool = False
    drawn: str = ""
    """The check of the member who is to be checked alone; empty when nobody was drawn."""

    def member_of(self, worker: str) -> Member | None:
        """Find a worker among the members."""
        return next((member for member in self.members if member.worker == worker), None)

    @property
    def due(self) -> tuple[Member, ...]:
        """Return the members who have still to sign."""
        return tuple(each for each in self.members if not each.signed and each.check != self.drawn)


def applied(crew: Crew, fact: f.AnyFact) -> Crew:
    """Apply a fact to the crew; one that says nothing of it leaves it as it is."""
    match fact:
        case f.MemberJoined(member_check=check, worker=worker):
            others = tuple(each for each in crew.left_out if each.worker != worker)
            return replace(crew, members=(*crew.members, Member(check, worker)), left_out=others)
        case f.MemberLeftOut(worker=worker, card=card, reasons=reasons):
            # By card and not by worker: of an unknown card no worker is known.
            others = tuple(each for each in crew.left_out if each.card != card)
            return replace(crew, left_out=(*others, LeftOut(worker, card, reasons)))
        case f.CrewGathered(drawn=drawn):
            return replace(crew, gathered=True, drawn=drawn)
        case f.MemberSigned(member_check=check):
            return _changed(crew, check, signed=True)
        case f.CheckClosed(check=check, outcome=outcome):
            return _changed(crew, check, outcome=outcome)
    return crew


def _changed(crew: Crew, check: str, **changes: object) -> Crew:
    return replace(
        crew,
        members=tuple(
            replace(each, **changes) if each.check == check else each for each in crew.members
        ),
    )
