"""The station is killed (SIGKILL) at every stage of a crew's check: who came and who signed is
there, the check goes on, no green before the end.
"""

from __future__ import annotations

import pytest

from kiosk.flow.touches import Go, Together
from kiosk.model.outcome import Outcome
from kiosk.records.crews.facts import SignedBy
from kiosk.records.reader import Reading
from tests.fakes.waiting import until
from tests.faults.door import Door, Table
from tests.faults.eye import Eye
from tests.faults.killing import goes_on_at, killed_and_started
from tests.faults.person import Person, stage_of

pytestmark = pytest.mark.timeout(300)

CREWS: dict[str, Table] = {
    "crew": {"offered": True, "spot_check": "off", "window_s": 600.0, "close_s": 600.0},
}
LEADER, MEMBERS, EXPIRED = "A002", ("A001", "A008"), "A005"


def goes_on_with_the_crew(door: Door, stage: str) -> None:
    """Kill and start; the crew then stands where it stood, and nothing but the start was
    recorded.
    """
    before = killed_and_started(door, **CREWS)
    assert stage_of(door.screen.shown()).startswith(stage), f"killed at {before.stage}"
    assert [entry.kind for entry in door.entries()[len(before.entries) :]] == ["station.started"]
    assert not door.lit().green


def test_a_crew_goes_on_where_it_stood_and_is_green_once(
    door: Door, eye: Eye, person: Person
) -> None:
    goes_on_at(door, "waiting", **CREWS)
    door.tap(LEADER)
    goes_on_at(door, "waiting", **CREWS)
    door.tap(LEADER)
    door.screen.touch(Together())
    for worker in (*MEMBERS, EXPIRED):
        goes_on_with_the_crew(door, "gathering")
        door.tap(worker)
    goes_on_with_the_crew(door, "gathering")
    door.screen.touch(Go())
    for stage in ("asking", "calling:welder:holder", "listening:skills", "signing_off"):
        person.go_to(door.screen, stage)
        goes_on_with_the_crew(door, stage)
    for worker in MEMBERS:
        door.tap(worker)
        goes_on_with_the_crew(door, "signing_off")
    assert eye.greens == 0
    door.tap(LEADER)
    until(lambda: door.lit().green)
    assert goes_on_at(door, "waiting", **CREWS).lamps.green
    assert eye.greens == 1
    with Reading.open(door.data) as reading:
        rows = reading.checks()
        signed = [detail.signed_by for row in rows if (detail := reading.check(row.id))]
    assert {row.worker: row.outcome for row in rows} == dict.fromkeys(
        (LEADER, *MEMBERS), Outcome.PASSED
    )
    assert signed == [SignedBy.CARD] * 3
    assert door.kinds().count("member.left_out") == 1
