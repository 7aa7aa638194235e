"""Reading checks: lists, and one in full."""

from __future__ import annotations

import sqlite3
from datetime import date
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from kiosk.journal.reader import Connected, typed
from kiosk.records.checks.facts import CheckSigned
from kiosk.records.checks.rows import (
    AbnormalRow,
    CheckDetail,
    CheckRow,
    ConfirmationRow,
    DangerRow,
    PermitRow,
    PhotoMissedRow,
    PhotoRow,
    QuestionRow,
    StepRow,
    WorkRefusalRow,
)
from kiosk.records.crews.facts import MemberSigned, SignedBy
from kiosk.records.crews.rows import CrewRow, LeftOutRow, MemberRow
from kiosk.records.reviews.rows import ReviewRow

T = TypeVar("T")

# The photo of a confirmation: two photos of a check can have the same digest, such as black
# pictures of a covered camera.
_CONFIRMED = """confirmation AS f LEFT JOIN photo AS p ON p.check_id = f.check_id AND p.seq = (
    SELECT max(seq) FROM photo WHERE check_id = f.check_id AND part = f.part AND photo = f.photo)"""
# What happened in a member's check is recorded of the crew's.
_CONTENT = "iif(c.crew_check = '', c.id, c.crew_check)"
_CHECK = f"""SELECT c.*,
    (SELECT count(*) FROM danger WHERE check_id = {_CONTENT}) AS dangers,
    (SELECT json_group_array(thumbnail) FROM (
        SELECT p.thumbnail FROM {_CONFIRMED} WHERE f.check_id = {_CONTENT} AND p.seq IS NOT NULL
        ORDER BY f.seq)) AS thumbnails
    FROM check_record AS c"""
_MEMBERS = """SELECT id, worker, outcome, seq_signed IS NOT NULL AS is_signed FROM check_record
    WHERE crew_check = ? ORDER BY seq_opened"""
_CONFIRMATIONS = f"""SELECT f.*, ifnull(p.thumbnail, '') AS thumbnail,
    ifnull(p.faults, '[]') AS faults,
    (SELECT json_extract(body, '$.stands_for') FROM entry WHERE entry.seq = f.seq) AS stands_for
    FROM {_CONFIRMED} WHERE f.check_id = ? ORDER BY f.seq"""


class Checks(Connected):
    """Checks, of one worker or of a crew."""

    def checks(
        self, on: date | None = None, before_seq: int | None = None, limit: int = 50
    ) -> list[CheckRow]:
        """Return checks, newest first: of one day's shifts, or of all.

        `before_seq` is the last `seq_opened` of the page before.
        """
        day = "" if on is None else "AND shift_on = ?"
        before = (1 << 62) if before_seq is None else before_seq
        query = f"{_CHECK} WHERE seq_opened < ? {day} ORDER BY seq_opened DESC LIMIT ?"
        values = (before, limit) if on is None else (before, on.isoformat(), limit)
        return self._typed(CheckRow, query, *values)

    def check(self, check_id: str) -> CheckDetail | None:
        """Return everything on record of one check."""
        with self._state():
            found = self._rows(f"{_CHECK} WHERE id = ?", check_id)
            return self._detail(found[0]) if found else None

    def crew(self, crew_check: str) -> CrewRow | None:
        """Return a crew's check with its members and those who were left out."""
        with self._state():
            found = self._typed(CrewRow, "SELECT * FROM crew_check WHERE id = ?", crew_check)
            members = self._typed(MemberRow, _MEMBERS, crew_check)
            out = self._typed(
                LeftOutRow, "SELECT * FROM left_out WHERE check_id = ? ORDER BY seq", crew_check
            )
        return replace(found[0], members=tuple(members), left_out=tuple(out)) if found else None

    def _detail(self, row: sqlite3.Row) -> CheckDetail:
        content = row["crew_check"] or row["id"]

        def of_check(table: str, kind: type[T], check_id: str = content) -> tuple[T, ...]:
            return tuple(
                self._typed(
                    kind, f"SELECT * FROM {table} WHERE check_id = ? ORDER BY seq", check_id
                )
            )

        signed = self._signature(row["seq_signed"])
        closing = self._rows("SELECT hash FROM entry WHERE seq = ?", row["seq_closed"])
        return CheckDetail(
            row=typed(row, CheckRow),
            permits=of_check("permit", PermitRow),
            refused_works=of_check("work_refusal", WorkRefusalRow),
            questions=of_check("question_answer", QuestionRow),
            steps=of_check("step_called", StepRow),
            abnormal=of_check("abnormal", AbnormalRow),
            photos=of_check("photo", PhotoRow),
            missed=of_check("photo_missed", PhotoMissedRow),
            confirmations=tuple(self._typed(ConfirmationRow, _CONFIRMATIONS, content)),
            dangers=of_check("danger", DangerRow),
            reviews=of_check("review", ReviewRow, row["id"]),
            commitment=signed.commitment if signed else "",
            strokes=signed.strokes if signed else (),
            hash=closing[0]["hash"] if closing else "",
            signed_by=signed.by
            if isinstance(signed, MemberSigned)
            else SignedBy.STROKES
            if signed
            else None,
            crew=self.crew(row["crew_check"]) if row["crew_check"] else None,
        )

    def _signature(self, seq: int | None) -> CheckSigned | MemberSigned | None:
        found = self._rows("SELECT body FROM entry WHERE seq = ?", seq)
        return (
            msgspec.json.decode(found[0]["body"], type=CheckSigned | MemberSigned)
            if found
            else None
        )
