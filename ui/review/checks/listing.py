"""A day's checks as a list: what to show of them, which page of it, and the counts above it."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from datetime import date

import msgspec

from kiosk.model.coverage import is_due
from kiosk.model.outcome import Outcome
from kiosk.model.people import Worker
from kiosk.records.checks.rows import CheckRow


class Show(enum.StrEnum):
    """Which checks of the day are listed."""

    ALL = "all"
    UNREVIEWED = "unreviewed"
    NOT_PASSED = "not_passed"
    UNFINISHED = "unfinished"


class Page(msgspec.Struct, frozen=True):
    """Checks of one page, newest first; `older` is where the next page begins, None at the end."""

    rows: tuple[CheckRow, ...]
    older: int | None


def due(row: CheckRow) -> bool:
    """Tell whether a verdict is still to come. An abandoned check has nothing to judge; one may still do it."""
    return row.outcome in (Outcome.PASSED, Outcome.FAILED) and row.verdict is None


def not_passed(row: CheckRow) -> bool:
    """Tell whether the check was failed (未通过)."""
    return row.outcome is Outcome.FAILED


def unfinished(row: CheckRow) -> bool:
    """Tell whether the check was left before its end (未做完): nothing was found wrong, and nothing right."""
    return row.outcome is Outcome.ABANDONED


def chosen(rows: Sequence[CheckRow], show: Show) -> list[CheckRow]:
    """Keep what is to be shown."""
    match show:
        case Show.ALL:
            return list(rows)
        case Show.UNREVIEWED:
            return [row for row in rows if due(row)]
        case Show.NOT_PASSED:
            return [row for row in rows if not_passed(row)]
        case Show.UNFINISHED:
            return [row for row in rows if unfinished(row)]


def page(rows: Sequence[CheckRow], before: int | None, size: int) -> Page:
    """Cut one page out: the checks opened before entry `before`."""
    rest = [row for row in rows if before is None or row.seq_opened < before]
    shown = tuple(rest[:size])
    return Page(shown, shown[-1].seq_opened if len(rest) > size else None)


def missing(rows: Sequence[CheckRow], workers: Sequence[Worker], on: date) -> list[Worker]:
    """Give who was expected and not let in on this day (未到)."""
    let_in = {row.worker for row in rows if row.outcome is Outcome.PASSED or row.released_by}
    return [worker for worker in workers if is_due(worker, on) and worker.id not in let_in]


def next_due(rows: Sequence[CheckRow], after: str, reviewer: str) -> CheckRow | None:
    """Give the check of somebody else to judge after `after`: the next in the list, else from its top again."""
    place = next((index for index, row in enumerate(rows) if row.id == after), 0)
    others = (row for row in (*rows[place + 1 :], *rows[:place]) if row.worker != reviewer)
    return next(filter(due, others), None)
