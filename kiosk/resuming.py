"""After a power cut: the check that was open goes on where it stood, or is closed as abandoned when too much time has passed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from kiosk.flow.advance import resume
from kiosk.flow.door import Door
from kiosk.flow.record import fold
from kiosk.flow.state import State
from kiosk.journal.entries import Entry, Moment
from kiosk.journal.log import Journal
from kiosk.model.facts import CheckClosed, Outcome


def resumed(
    door: Door, journal: Journal, within_s: float, now: Moment, local_now: datetime, at_s: float
) -> State:
    """Give the state to begin with. Records the abandoning of a check that cannot go on."""
    entries = journal.open_check()
    facts = [entry.fact for entry in entries]
    check = fold(None, facts)
    if check is None:
        return State(active_s=at_s)
    worker = journal.people.get(check.worker)
    known = not check.post or check.post in door.posts
    if worker is None or not known or not 0 <= elapsed_s(entries, now) <= within_s:
        journal.append([CheckClosed(check.id, Outcome.ABANDONED, ("power",))])
        return State(active_s=at_s)
    return resume(door, facts, worker, local_now, at_s)


def elapsed_s(entries: Sequence[Entry], now: Moment) -> float:
    """Give the seconds since the last entry: by the boot clock within a boot, else by the wall clock."""
    last = entries[-1]
    if last.boot == now.boot:
        return (now.mono_ns - last.mono_ns) / 1e9
    return (datetime.fromisoformat(now.at) - datetime.fromisoformat(last.at)).total_seconds()
