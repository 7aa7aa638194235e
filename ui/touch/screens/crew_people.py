"""Who is in front of the screen, when it is a whole crew."""

from __future__ import annotations

from collections.abc import Iterable

from kiosk.flow.crew_members import Crew, LeftOut, Member
from kiosk.flow.outcome import failures
from kiosk.flow.state import Check, State
from kiosk.station.snapshot import Snapshot
from ui.texts import Texts

_MOST_NAMES = 4


def check_of(snapshot: Snapshot) -> tuple[Check, Crew]:
    """Return the crew's check that is open or has just ended."""
    check = snapshot.state.check
    assert check is not None
    assert check.crew is not None
    return check, check.crew


def what_is_signed(check: Check) -> str:
    """Return what is signed: the commitment, or the account of what is not in order."""
    return "account" if failures(check) else "commitment"


def names_of(state: State, people: Iterable[Member | LeftOut], texts: Texts) -> str:
    """Return the names of some people, and how many they are when they are too many."""
    names = [name_of(state, each.worker) for each in people]
    some = "、".join(names[:_MOST_NAMES])
    return (
        some if len(names) <= _MOST_NAMES else texts.say("crew.names", names=some, count=len(names))
    )


def name_of(state: State, worker: str) -> str:
    """Return a worker's name; the 工号 of one who is no longer known."""
    known = state.people.get(worker)
    return known.name if known and known.name else worker
