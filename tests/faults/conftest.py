from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.model.outcome import Outcome
from kiosk.records.reader import Reading
from tests.faults.door import Door
from tests.faults.eye import Eye
from tests.faults.person import Person


@pytest.fixture
def door(tmp_path: Path) -> Iterator[Door]:
    """A running station with the sample people; it ends without an error."""
    door = Door(tmp_path / "door")
    door.start()
    door.enrol_everybody()
    yield door
    door.close()


@pytest.fixture
def person(door: Door) -> Person:
    return Person(door.config)


@pytest.fixture
def eye(door: Door) -> Iterator[Eye]:
    with Eye(door.lamps_file, lambda: _lets_in(door)) as eye:
        yield eye
    assert eye.wrongly_green == 0


def _lets_in(door: Door) -> bool:
    """Tell whether the newest check is recorded as passed or released."""
    with Reading.open(door.data) as reading:
        newest = next(iter(reading.checks(limit=1)), None)
    return newest is not None and (newest.outcome is Outcome.PASSED or newest.released_by is not None)
