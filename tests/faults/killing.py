"""Killing a station where it stands and starting it again, and what must hold whenever that is
done.
"""

from __future__ import annotations

from typing import NamedTuple

from devices.lights import Lamps
from kiosk.journal.entries import Entry
from kiosk.journal.verify import verify
from tests.faults.door import STATION, Door, Table
from tests.faults.person import stage_of

DARK = Lamps()


class Killed(NamedTuple):
    """What was there when the process was killed."""

    stage: str
    entries: list[Entry]
    lamps: Lamps


def killed_and_started(door: Door, **tables: Table) -> Killed:
    """Kill the station where it stands and start it again; nothing acknowledged is lost, nothing is
    damaged.
    """
    before = Killed(stage_of(door.screen.shown()), door.entries(), DARK)
    door.kill()
    before = before._replace(lamps=door.lit())
    assert door.entries() == before.entries, before.stage
    door.after_the_end()
    assert door.lit() == DARK, before.stage
    door.start(**tables)
    assert door.entries()[: len(before.entries)] == before.entries, before.stage
    assert verify(door.data, STATION).bad is None, before.stage
    return before


def goes_on_at(door: Door, stage: str, **tables: Table) -> Killed:
    """Kill and start; the check then stands at `stage`, and nothing but the start was recorded."""
    before = killed_and_started(door, **tables)
    assert stage_of(door.screen.shown()) == stage, f"killed at {before.stage}"
    assert [entry.kind for entry in door.entries()[len(before.entries) :]] == ["station.started"]
    assert not door.lit().green
    return before
