"""Which checks a page lists, and which is next to be judged."""

from __future__ import annotations

from datetime import date

from kiosk.model.levels import DrillLevel
from kiosk.model.outcome import Outcome
from kiosk.records.checks.rows import CheckRow
from kiosk.records.reviews.facts import Verdict
from tests.fakes.content import SUPERVISOR, a_worker
from ui.review.checks.listing import Page, Show, chosen, due, missing, next_due, page


def a_row(seq: int, outcome: Outcome | None = Outcome.PASSED, **changes: object) -> CheckRow:
    row = {
        "id": f"c{seq}",
        "worker": f"A{seq:03}",
        "shift_on": date(2026, 11, 24),
        "shift": "白班",
        "post": "press",
        "pack": "sample",
        "pack_version": "1",
        "pack_digest": "",
        "works": (),
        "opened_at": "2026-11-24T00:00:00.000Z",
        "seq_opened": seq,
        "closed_at": None,
        "seq_closed": None,
        "outcome": outcome,
        "reasons": (),
        "released_by": None,
        "release_reason": None,
        "released_at": None,
        "verdict": None,
        "level": DrillLevel.FOLLOW,
        "question": "",
        "stale": False,
        "thumbnails": (),
        "dangers": 0,
    }
    return CheckRow(**{**row, **changes})  # type: ignore[arg-type]


OPEN = a_row(9, None)
PASSED = a_row(8)
FAILED = a_row(7, Outcome.FAILED)
ABANDONED = a_row(6, Outcome.ABANDONED)
ACCEPTED = a_row(5, verdict=Verdict.ACCEPTED)
REJECTED = a_row(4, Outcome.FAILED, verdict=Verdict.REJECTED)
ROWS = [OPEN, PASSED, FAILED, ABANDONED, ACCEPTED, REJECTED]


def test_a_verdict_is_due_on_what_ended_and_has_none() -> None:
    assert [row for row in ROWS if due(row)] == [PASSED, FAILED]


def test_each_filter_shows_its_checks() -> None:
    assert chosen(ROWS, Show.ALL) == ROWS
    assert chosen(ROWS, Show.UNREVIEWED) == [PASSED, FAILED]
    assert chosen(ROWS, Show.NOT_PASSED) == [FAILED, REJECTED]
    assert chosen(ROWS, Show.UNFINISHED) == [ABANDONED]


def test_pages_follow_each_other_without_gap_or_repetition() -> None:
    first = page(ROWS, None, 4)
    second = page(ROWS, first.older, 4)
    assert first == Page((OPEN, PASSED, FAILED, ABANDONED), 6)
    assert second == Page((ACCEPTED, REJECTED), None)


def test_a_check_that_arrives_meanwhile_does_not_move_the_next_page() -> None:
    newer = a_row(10)
    assert page([newer, *ROWS], 6, 4) == Page((ACCEPTED, REJECTED), None)


def test_a_page_that_is_just_full_has_nothing_older() -> None:
    assert page(ROWS, None, len(ROWS)).older is None


def test_who_is_missing() -> None:
    let_in = a_worker("A008")
    released = a_worker("A001")
    failed = a_worker("A007")
    blocked = a_worker("A100", blocked="停岗")
    rows = [PASSED, FAILED, a_row(1, Outcome.FAILED, released_by="S001")]
    assert missing(rows, [let_in, released, failed, blocked, SUPERVISOR], date(2026, 11, 24)) == [failed]


def test_the_next_check_to_judge_is_the_next_in_the_list_and_then_from_the_top() -> None:
    assert next_due(ROWS, PASSED.id, "S001") == FAILED
    assert next_due(ROWS, ACCEPTED.id, "S001") == PASSED
    assert next_due([ACCEPTED, REJECTED, ABANDONED], ACCEPTED.id, "S001") is None


def test_a_check_is_never_the_next_after_itself() -> None:
    assert next_due([PASSED, ACCEPTED], PASSED.id, "S001") is None


def test_nobody_is_led_to_the_own_check() -> None:
    assert next_due([ACCEPTED, PASSED, FAILED], ACCEPTED.id, PASSED.worker) == FAILED
