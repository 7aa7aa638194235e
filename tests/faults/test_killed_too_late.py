"""The station is killed in a check and starts again too late: what was confirmed stays, and the
check is closed as abandoned.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kiosk.flow.touches import Confirm, Emergency
from kiosk.model.outcome import Answer, Outcome
from kiosk.records.reader import Reading
from tests.faults.door import Door, Table
from tests.faults.eye import Eye
from tests.faults.killing import killed_and_started
from tests.faults.person import Person, stage_of

pytestmark = pytest.mark.timeout(300)

TOO_LATE: Table = {"resume_within_s": 0.0}
"""Any time is too long."""
STAGES = (
    *(
        "choosing_post",
        "choosing_works",
        "asking",
        "calling:welder:protection",
        "calling:welder:ventilation",
    ),
    *(
        "listening:preparation",
        "answering:preparation",
        "listening:tools",
        "answering:surroundings",
    ),
    "signing",
)


def test_it_is_closed_with_what_was_confirmed(door: Door, eye: Eye, person: Person) -> None:
    for stage in STAGES:
        is_abandoned(door, lambda stage=stage: person.go_to(door.screen, stage))  # type: ignore[misc]
    is_abandoned(door, lambda: answer_wrongly(door, person))
    is_abandoned(door, lambda: find_something_not_in_order(door, person))
    is_abandoned(door, lambda: open_an_emergency_card(door, person))
    assert eye.greens == 0


def is_abandoned(door: Door, reach: Callable[[], object]) -> None:
    door.tap("A008")
    assert stage_of(door.screen.shown()) == "choosing_post"
    reach()
    with Reading.open(door.data) as reading:
        check = reading.checks(limit=1)[0].id
        confirmed = reading.check(check)
    assert confirmed is not None
    before = killed_and_started(door, station=TOO_LATE)
    assert stage_of(door.screen.shown()) == "waiting", before.stage
    since = door.entries()[len(before.entries) :]
    assert [entry.kind for entry in since] == ["station.started", "check.closed"], before.stage
    with Reading.open(door.data) as reading:
        closed = reading.check(check)
    assert closed is not None
    assert (closed.row.outcome, closed.row.reasons) == (Outcome.ABANDONED, ("power",))
    assert closed.confirmations == confirmed.confirmations, before.stage


def answer_wrongly(door: Door, person: Person) -> None:
    about = stage_of(person.go_to(door.screen, "asking")).split(":")[1:]
    door.screen.touch(person.answer(about, right=False))


def find_something_not_in_order(door: Door, person: Person) -> None:
    person.go_to(door.screen, "answering:skills")
    door.screen.touch(Confirm(Answer.NOT_OK))


def open_an_emergency_card(door: Door, person: Person) -> None:
    person.go_to(door.screen, "calling:welder:holder")
    door.screen.touch(Emergency())
