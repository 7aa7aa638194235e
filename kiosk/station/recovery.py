"""After a power cut: the check that was open goes on where it stood, or is closed as abandoned when
too much time has passed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from msgspec.structs import replace

from kiosk.flow.advance import resume
from kiosk.flow.door import Door
from kiosk.flow.outcome import closings
from kiosk.flow.record import fold
from kiosk.flow.state import Check, State
from kiosk.journal.entries import Entry, Moment
from kiosk.journal.log import Journal
from kiosk.model.outcome import Outcome
from kiosk.model.people import Worker
from kiosk.model.training import Attempt
from kiosk.records.checks.facts import PostChosen
from kiosk.records.content.handlers import Publishing
from kiosk.records.crews.facts import CrewOpened

Chosen = PostChosen | CrewOpened
"""What says with which content a check goes on."""


def resumed(
    door: Door,
    journal: Journal,
    within_s: float,
    now: Moment,
    local_now: datetime,
    at_s: float,
    attempts_of: Callable[[str], tuple[Attempt, ...]],
) -> State:
    """Return the state to begin with. Records the abandoning of a check that cannot go on.

    `attempts_of` returns the earlier checks of a worker.
    """
    entries = journal.open_check()
    facts = [entry.fact for entry in entries]
    check = fold(None, facts)
    if check is None:
        return State(active_s=at_s)
    worker = journal.people.get(check.worker)
    known = all(_holds(door, fact) for fact in facts if isinstance(fact, Chosen))
    known = known and set(check.works or ()) <= door.works.keys()
    # Below 0 the wall clock went back: a Pi without an RTC boots in the past.
    if worker is None or not known or not 0 <= elapsed_s(entries, now) <= within_s:
        journal.append(closings(check, Outcome.ABANDONED, ("power",)))
        return State(active_s=at_s)
    attempts, people = attempts_of(worker.id), _people_of(check, journal)
    return resume(door, facts, worker, local_now, at_s, attempts, people)


def _people_of(check: Check, journal: Journal) -> list[Worker]:
    """Return the people of the crew and anybody else who takes part; nobody, when the check is one
    worker's.
    """
    if check.crew is None:
        return []
    came = {each.worker for each in check.crew.members} | {
        each.worker for each in check.crew.left_out
    }
    return [
        each for each in journal.people.all() if each.crew == check.crew.title or each.id in came
    ]


def begun_with(entries: Sequence[Entry], newest: Door, publishing: Publishing) -> Door:
    """Return the door as it was when the open check began, so that it ends with the content it
    began with; else the newest.
    """
    facts = (entry.fact for entry in reversed(entries))
    chosen = next((fact for fact in facts if isinstance(fact, Chosen)), None)
    if chosen is None or not chosen.pack_digest or _holds(newest, chosen):
        return newest
    versions = publishing.packs_with(chosen.pack, chosen.pack_version, chosen.pack_digest)
    doors = (replace(newest, packs=packs) for packs in versions)
    return next((door for door in doors if _holds(door, chosen)), newest)


def _holds(door: Door, chosen: Chosen) -> bool:
    """Return whether a door has the post with the very content that a check was begun with."""
    return chosen.post in door.posts and chosen.pack_digest in (
        "",
        door.pack_of(chosen.post).digest,
    )


def elapsed_s(entries: Sequence[Entry], now: Moment) -> float:
    """Return the seconds since the last entry: by the boot clock within a boot, else by the wall
    clock.
    """
    last = entries[-1]
    if last.boot == now.boot:
        return (now.mono_ns - last.mono_ns) / 1e9
    return (datetime.fromisoformat(now.at) - datetime.fromisoformat(last.at)).total_seconds()
