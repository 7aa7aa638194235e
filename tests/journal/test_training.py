"""What the door asks the journal of a person and a post: earlier checks, who passed last,
permits.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.journal.log import Journal
from kiosk.model.levels import DrillLevel
from kiosk.model.policy import CheckPolicy
from kiosk.model.rules import PermitFault
from kiosk.model.shifts import Shift
from kiosk.model.training import Attempt
from kiosk.records import facts as f
from kiosk.records.reader import Reading
from tests.fakes.facts import DAY, one_of_each_kind, passed_check

EARLY = Shift(DAY, "早班")


@pytest.fixture
def reading(tmp_path: Path, journal: Journal) -> Iterator[Reading]:
    with Reading.open(tmp_path) as reading:
        yield reading


def test_what_earlier_checks_showed_of_a_person(journal: Journal, reading: Reading) -> None:
    """Of closed checks only, and of the first answer; who did not sign did not call the whole
    drill.
    """
    journal.append(one_of_each_kind())
    journal.append(list(passed_check("check-7"))[:-1])
    assert reading.attempts("1001") == (
        Attempt(DAY, "welder", DrillLevel.FOLLOW, True, 4, "welder-q1", True),
        Attempt(DAY, "welder", DrillLevel.EXAM, False, 0),
    )
    assert reading.attempts("9999") == ()


def test_only_the_first_answer_counts(journal: Journal, reading: Reading) -> None:
    *before, _closed = passed_check("check-1")
    wrong = f.QuestionAnswered("check-1", "welder-q1", 0, False)
    journal.append([*before[:3], wrong, *before[3:], f.CheckClosed("check-1", f.Outcome.PASSED)])
    assert [(each.question, each.right) for each in reading.attempts("1001")] == [
        ("welder-q1", False)
    ]


def test_wrong_touches_are_counted_in_each_drill_alone(journal: Journal, reading: Reading) -> None:
    """Two drills of a check may have steps of one id, and one miss in each is one miss."""
    facts = [fact for fact in passed_check("check-1") if not isinstance(fact, f.StepCalled)]
    called = [
        f.StepCalled("check-1", "start", "first", 5200, 1),
        f.StepCalled("check-1", "isolation", "first", 5200, 1),
        f.StepCalled("check-1", "isolation", "lock", 5200, 0),
    ]
    journal.append([*facts[:4], *called, *facts[4:]])
    journal.append([*passed_check("check-2")][:-2])
    journal.append(
        [
            f.StepCalled("check-2", "isolation", "lock", 5200, 5),
            *[*passed_check("check-2")][-2:],
        ]
    )
    assert [each.misses for each in reading.attempts("1001")] == [1, 5]


def test_who_passed_last_at_a_post(journal: Journal, reading: Reading) -> None:
    assert reading.last_passed(EARLY) == {}
    journal.append([*passed_check("c1", "1002"), *passed_check("c2", "1001")])
    assert reading.last_passed(EARLY) == {"welder": "1001"}
    assert reading.last_passed(Shift(DAY, "中班")) == {}


def test_who_is_asked_for_no_check_has_come_all_the_same(
    journal: Journal, reading: Reading
) -> None:
    journal.append(list(passed_check("c1", "1001")))
    for worker in ("1001", "1002", "1002"):
        journal.append([f.CardNoted("c", worker, DAY, "早班", CheckPolicy.FIRST_OF_SHIFT)])
    assert reading.tally(DAY) == 2


def test_permits_and_refused_works_stand_on_the_check(journal: Journal, reading: Reading) -> None:
    journal.append(one_of_each_kind())
    check = reading.check("check-2")
    assert check is not None
    assert [(permit.work, permit.number, permit.until) for permit in check.permits] == [
        ("height", "2026-7", "2026-11-23T18:00:00"),
        ("hot-work", "2026-8", ""),
    ]
    refused = [(refusal.work, refusal.fault) for refusal in check.refused_works]
    assert refused == [("hot-work", PermitFault.EXPIRED)]
    assert check.row.works == ("height",)
    assert (check.row.level, check.row.question, check.row.stale) == (
        DrillLevel.EXAM,
        "welder-q2",
        True,
    )
