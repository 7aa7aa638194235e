"""A crew's check in the tables: a row for each member, with the crew's content, and an open one that goes on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.flow.crew_stages import SigningOff
from kiosk.flow.record import fold
from kiosk.flow.touches import Go
from kiosk.journal.log import Journal
from kiosk.model.shifts import Shift
from kiosk.records import facts as f
from kiosk.records.reader import Reading
from tests.fakes.content import TODAY, a_door
from tests.fakes.crews import CrewVisit, a_crew, with_crews

DOOR = with_crews(a_door())
SHIFT = Shift(TODAY, "白班")


@pytest.fixture
def reading(journal: Journal, tmp_path: Path) -> Iterator[Reading]:
    with Reading.open(tmp_path) as reading:
        yield reading


def a_crew_check(journal: Journal) -> CrewVisit:
    """Record the check of four, of whom one is drawn and one does not sign, with a card that nobody knows."""
    visit = CrewVisit(DOOR, a_crew(4))
    visit.gather()
    visit.badge(None, card="strange")
    visit.touch(Go())
    visit.until(SigningOff)
    for worker in visit.due[:2]:
        visit.badge(worker)
    visit.wait(DOOR.crew.close_s)
    journal.append(visit.facts)
    return visit


def test_each_member_has_a_row_and_the_crew_s_content(journal: Journal, reading: Reading) -> None:
    visit = a_crew_check(journal)
    rows = reading.checks()
    assert [(row.worker, row.outcome, row.reasons) for row in reversed(rows)] == [
        ("C000", f.Outcome.ABANDONED, ("drawn",)),
        ("C001", f.Outcome.PASSED, ()),
        ("C002", f.Outcome.PASSED, ()),
        ("C003", f.Outcome.ABANDONED, ("not_signed",)),
    ]
    assert {(row.post, row.pack, row.shift_on, row.shift) for row in rows} == {
        ("press", "sample", TODAY, "白班")
    }
    assert {row.crew_check for row in rows} == {visit.state.check.id}  # type: ignore[union-attr]
    detail = reading.check(rows[1].id)
    assert detail is not None
    assert len(detail.confirmations) == 4
    assert len(detail.steps) == 2
    assert [answer.is_right for answer in detail.questions] == [True]
    assert len(detail.row.thumbnails) == 4
    assert detail.signed_by is f.SignedBy.CARD
    assert detail.commitment == "commitment"
    assert detail.crew is not None
    assert [member.worker for member in detail.crew.members] == ["C000", "C001", "C002", "C003"]
    assert [(out.worker, out.reasons) for out in detail.crew.left_out] == [("", ("unknown_card",))]
    assert detail.crew.drawn == detail.crew.members[0].id


def test_who_passed_with_the_crew_has_been_checked_in_this_shift(journal: Journal, reading: Reading) -> None:
    a_crew_check(journal)
    passed, drawn = reading.earlier("C001", SHIFT), reading.earlier("C000", SHIFT)
    assert passed is not None
    assert drawn is not None
    assert (passed.outcome, drawn.outcome, drawn.reasons) == (
        f.Outcome.PASSED,
        f.Outcome.ABANDONED,
        ("drawn",),
    )
    assert reading.tally(TODAY) == 2
    assert reading.last_passed(SHIFT) == {"press": "C002"}
    assert reading.unbroken_days(TODAY + timedelta(days=1)) == 0


def test_what_all_called_together_says_nothing_of_what_one_knows(journal: Journal, reading: Reading) -> None:
    a_crew_check(journal)
    assert reading.attempts("C001") == ()


def test_a_rebuild_gives_the_same(journal: Journal, reading: Reading) -> None:
    a_crew_check(journal)
    before = [reading.check(row.id) for row in reading.checks()]
    journal.rebuild()
    assert [reading.check(row.id) for row in reading.checks()] == before


def test_an_open_crew_is_given_whole_and_its_members_are_no_checks_of_their_own(journal: Journal) -> None:
    visit = CrewVisit(DOOR, a_crew(4))
    visit.drill()
    visit.badge(visit.due[0])
    journal.append(visit.facts)
    entries = journal.open_check()
    assert [entry.fact for entry in entries] == visit.facts
    assert fold(None, (entry.fact for entry in entries)) == visit.state.check
    visit.wait(DOOR.crew.close_s)
    journal.append(visit.facts[len(entries) :])
    assert journal.open_check() == ()
