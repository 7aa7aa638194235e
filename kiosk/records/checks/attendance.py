"""Reading who came, how it went, and what it showed of a worker."""

from __future__ import annotations

import sqlite3
from datetime import date

import msgspec

from kiosk.journal.reader import Connected
from kiosk.model.earlier import Earlier
from kiosk.model.outcome import Outcome
from kiosk.model.shifts import Shift
from kiosk.model.training import Attempt

_ATTEMPTS = """SELECT c.shift_on AS "on", c.post, c.level, c.seq_signed IS NOT NULL AS called,
    ifnull((SELECT sum(misses) AS missed FROM step_called WHERE check_id = c.id
        GROUP BY drill ORDER BY missed DESC LIMIT 1), 0) AS misses,
    ifnull((SELECT question FROM question_answer WHERE check_id = c.id ORDER BY seq LIMIT 1),
        '') AS question,
    ifnull((SELECT is_right FROM question_answer WHERE check_id = c.id ORDER BY seq LIMIT 1),
        0) AS "right"
    FROM check_record AS c WHERE worker = ? AND outcome IS NOT NULL AND crew_check = ''
    ORDER BY seq_opened"""
# What a crew answers and calls together says nothing of what one of them knows.
_LET_IN = "(outcome = 'passed' OR released_by IS NOT NULL)"
_LAST_BROKEN_DAY = f"""SELECT shift_on FROM check_record WHERE shift_on < ?
    GROUP BY shift_on, worker
    HAVING max(ifnull({_LET_IN}, 0)) = 0 ORDER BY shift_on DESC, worker DESC LIMIT 1"""


class Attendance(Connected):
    """Who was let in, and when."""

    def earlier(self, worker_id: str, shift: Shift) -> Earlier | None:
        """Return the worker's last closed check in this shift."""
        query = """SELECT * FROM check_record WHERE worker = ? AND shift_on = ? AND shift = ?
            AND outcome IS NOT NULL
            ORDER BY seq_closed DESC LIMIT 1"""
        found = self._rows(query, worker_id, shift.on.isoformat(), shift.name)
        return next((_earlier(row) for row in found), None)

    def last_passed(self, shift: Shift) -> dict[str, str]:
        """Return who passed last in this shift, by post."""
        query = """SELECT post, worker, seq_closed FROM check_record
            WHERE shift_on = ? AND shift = ? AND outcome = 'passed'"""
        found = self._rows(query, shift.on.isoformat(), shift.name)
        return {
            row["post"]: row["worker"]
            for row in sorted(found, key=lambda row: int(row["seq_closed"]))
        }

    def attempts(self, worker_id: str) -> tuple[Attempt, ...]:
        """Return what the worker's closed checks have shown, oldest first."""
        return tuple(self._typed(Attempt, _ATTEMPTS, worker_id))

    def tally(self, shift_on: date) -> int:
        """Count the workers who came on that day's shifts: passed, released, or asked for no check
        (已到).
        """
        query = f"""SELECT count(*) AS n FROM (SELECT worker FROM check_record
            WHERE shift_on = ? AND {_LET_IN}
            UNION SELECT worker FROM noted WHERE shift_on = ?)"""
        return self._count(query, shift_on.isoformat(), shift_on.isoformat())

    def expected(self, today: date) -> int:
        """Count the workers who have a post, are not blocked, and whose last day is not over
        (应到).
        """
        query = """SELECT count(*) AS n FROM worker WHERE blocked = ''
            AND (ends_on = '' OR ends_on >= ?)
            AND EXISTS (SELECT 1 FROM worker_post WHERE worker = worker.id)"""
        return self._count(query, today.isoformat())

    def last_let_in(self) -> dict[str, date]:
        """Return the last day on which each worker was let in."""
        return self._last_day(_LET_IN)

    def last_covered(self) -> dict[str, date]:
        """Return the last day on which each worker was let in by a check that counts: its content
        was not past its review date.
        """
        return self._last_day(f"{_LET_IN} AND NOT stale")

    def _last_day(self, condition: str) -> dict[str, date]:
        query = (
            f"SELECT worker, max(shift_on) AS day FROM check_record WHERE {condition} "
            "GROUP BY worker"
        )
        return {row["worker"]: date.fromisoformat(row["day"]) for row in self._rows(query)}

    def unbroken_days(self, today: date) -> int:
        """Count the days with checks since the last on which somebody was not let in after all;
        `today` is not over yet.

        A day without a check neither counts nor breaks: nobody worked, as far as the station knows.
        """
        with self._state():
            broken = self._rows(_LAST_BROKEN_DAY, today.isoformat())
            since = broken[0]["shift_on"] if broken else ""
            query = (
                "SELECT count(DISTINCT shift_on) AS n FROM check_record "
                "WHERE shift_on > ? AND shift_on < ?"
            )
            return self._count(query, since, today.isoformat())


def _earlier(row: sqlite3.Row) -> Earlier:
    reasons = tuple(msgspec.json.decode(row["reasons"]))
    released = row["released_by"] is not None
    return Earlier(
        row["id"], Outcome(row["outcome"]), row["closed_at"], reasons, released, row["post"]
    )
