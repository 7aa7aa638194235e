"""Reading a journal while the station writes it: lists, one check in full, counts, and what is to be copied out."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import msgspec
from msgspec.structs import replace

from kiosk.flow.inputs import Adopted, Earlier
from kiosk.journal import rows as r
from kiosk.journal.database import connect_reader, last_entry, select_entries, transaction
from kiosk.journal.entries import Entry
from kiosk.journal.log import Head
from kiosk.journal.migrations import require_current
from kiosk.journal.people import select_workers
from kiosk.journal.storage import storage_errors
from kiosk.model.coverage import Named
from kiosk.model.facts import CheckSigned, MemberSigned, Outcome, PhotoTaken, ScenarioProposed, SignedBy
from kiosk.model.people import Worker
from kiosk.model.shifts import Shift
from kiosk.model.training import Attempt

T = TypeVar("T")
_PAGE = 1000

# The photo of a confirmation: two photos of a check can have the same digest, such as black pictures of a covered camera.
_CONFIRMED = """confirmation AS f LEFT JOIN photo AS p ON p.check_id = f.check_id AND p.seq = (
    SELECT max(seq) FROM photo WHERE check_id = f.check_id AND part = f.part AND photo = f.photo)"""
# What happened in a member's check is recorded of the crew's.
_CONTENT = "iif(c.crew_check = '', c.id, c.crew_check)"
_CHECK = f"""SELECT c.*,
    (SELECT count(*) FROM danger WHERE check_id = {_CONTENT}) AS dangers,
    (SELECT json_group_array(thumbnail) FROM (
        SELECT p.thumbnail FROM {_CONFIRMED} WHERE f.check_id = {_CONTENT} AND p.seq IS NOT NULL ORDER BY f.seq)) AS thumbnails
    FROM check_record AS c"""
_MEMBERS = """SELECT id, worker, outcome, seq_signed IS NOT NULL AS is_signed FROM check_record
    WHERE crew_check = ? ORDER BY seq_opened"""
_CONFIRMATIONS = f"""SELECT f.*, ifnull(p.thumbnail, '') AS thumbnail, ifnull(p.faults, '[]') AS faults
    FROM {_CONFIRMED} WHERE f.check_id = ? ORDER BY f.seq"""
_WITH_PHOTO = "('photo.taken', 'scenario.proposed')"
_PAPERS = "SELECT p.*, e.hash FROM paper AS p JOIN entry AS e USING (seq)"
_ATTEMPTS = """SELECT c.shift_on AS "on", c.post, c.level, c.seq_signed IS NOT NULL AS called,
    (SELECT ifnull(sum(misses), 0) FROM step_called WHERE check_id = c.id) AS misses,
    ifnull((SELECT question FROM question_answer WHERE check_id = c.id ORDER BY seq LIMIT 1), '') AS question,
    ifnull((SELECT is_right FROM question_answer WHERE check_id = c.id ORDER BY seq LIMIT 1), 0) AS "right"
    FROM check_record AS c WHERE worker = ? AND outcome IS NOT NULL AND crew_check = '' ORDER BY seq_opened"""
# What a crew answers and calls together says nothing of what one of them knows.
_LET_IN = "(outcome = 'passed' OR released_by IS NOT NULL)"
_LAST_BROKEN_DAY = f"""SELECT shift_on FROM check_record WHERE shift_on < ? GROUP BY shift_on, worker
    HAVING max(ifnull({_LET_IN}, 0)) = 0 ORDER BY shift_on DESC, worker DESC LIMIT 1"""


class Reading:
    """A journal open for reading only, usable from any thread. Made by `Reading.open`.

    Every method sees one state of the journal, and lets go of it before it returns: a reader that holds on to an old state keeps
    the write-ahead log from being emptied.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._connection.row_factory = sqlite3.Row
        self._lock = threading.RLock()

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open the journal in a data folder.

        Raises MissingJournalError, NewerDataError, StorageError, and DamagedError when the file is no database.
        """
        with contextlib.ExitStack() as stack, storage_errors():
            connection = stack.enter_context(contextlib.closing(connect_reader(folder)))
            require_current(connection)
            stack.pop_all()
            return cls(connection)

    def close(self) -> None:
        """Close the connection."""
        with self._lock:
            self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def head(self) -> Head:
        """Give the end of the chain; number 0 without a hash when nothing is recorded."""
        with self._state():
            last = last_entry(self._connection)
        return Head(last.seq, last.hash) if last else Head(0, "")

    def entries(self, after: int = 0, limit: int = _PAGE) -> list[Entry]:
        """Give at most `limit` entries after number `after`, in order."""
        with self._state():
            return list(select_entries(self._connection, after, limit))

    def photos_of(self, after: int, upto: int) -> list[str]:
        """Give the digests of photos and thumbnails that entries `after` < seq <= `upto` name, each once, in order."""
        query = f"SELECT body FROM entry WHERE seq > ? AND seq <= ? AND kind IN {_WITH_PHOTO} ORDER BY seq"
        kinds = PhotoTaken | ScenarioProposed
        facts: list[PhotoTaken | ScenarioProposed] = [
            msgspec.json.decode(row["body"], type=kinds) for row in self._rows(query, after, upto)
        ]
        return list(
            dict.fromkeys(digest for fact in facts for digest in (fact.photo, fact.thumbnail) if digest)
        )

    def checks(
        self, on: date | None = None, before_seq: int | None = None, limit: int = 50
    ) -> list[r.CheckRow]:
        """Give checks, newest first: of one day's shifts, or of all. `before_seq` is the last `seq_opened` of the page before."""
        day = "" if on is None else "AND shift_on = ?"
        before = (1 << 62) if before_seq is None else before_seq
        query = f"{_CHECK} WHERE seq_opened < ? {day} ORDER BY seq_opened DESC LIMIT ?"
        values = (before, limit) if on is None else (before, on.isoformat(), limit)
        return self._typed(r.CheckRow, query, *values)

    def check(self, check_id: str) -> r.CheckDetail | None:
        """Give everything on record of one check."""
        with self._state():
            found = self._rows(f"{_CHECK} WHERE id = ?", check_id)
            return self._detail(found[0]) if found else None

    def papers(self, on: date | None = None, limit: int = 50) -> list[r.PaperRow]:
        """Give paper forms that were entered later (补录), newest first: of one day's shifts, or of all."""
        day = "" if on is None else "WHERE shift_on = ?"
        values = (limit,) if on is None else (on.isoformat(), limit)
        return self._typed(r.PaperRow, f"{_PAPERS} {day} ORDER BY seq DESC LIMIT ?", *values)

    def paper(self, paper_id: str) -> r.PaperRow | None:
        """Give one paper form that was entered later."""
        return next(iter(self._typed(r.PaperRow, f"{_PAPERS} WHERE p.id = ?", paper_id)), None)

    def proposals(self, state: r.ProposalState | None = None, limit: int = 200) -> list[r.ProposalRow]:
        """Give what workers proposed for Annex 1 (事故假想), newest first: of one state, or all."""
        of_state = "" if state is None else "WHERE state = ?"
        values = (limit,) if state is None else (state, limit)
        return self._typed(
            r.ProposalRow, f"SELECT * FROM proposal {of_state} ORDER BY seq DESC LIMIT ?", *values
        )

    def proposal(self, proposal_id: str) -> r.ProposalRow | None:
        """Give one of them."""
        return next(
            iter(self._typed(r.ProposalRow, "SELECT * FROM proposal WHERE id = ?", proposal_id)), None
        )

    def adopted(self, worker_id: str) -> tuple[Adopted, ...]:
        """Give what the worker proposed and was approved, as long as he or she has not been told of it; oldest first."""
        query = """SELECT id AS proposal, place AS "where", what FROM proposal
            WHERE worker = ? AND state = 'approved' AND told = 0 ORDER BY seq"""
        return tuple(self._typed(Adopted, query, worker_id))

    def earlier(self, worker_id: str, shift: Shift) -> Earlier | None:
        """Give the worker's last closed check in this shift."""
        query = """SELECT * FROM check_record WHERE worker = ? AND shift_on = ? AND shift = ? AND outcome IS NOT NULL
            ORDER BY seq_closed DESC LIMIT 1"""
        found = self._rows(query, worker_id, shift.on.isoformat(), shift.name)
        return next((_earlier(row) for row in found), None)

    def last_passed(self, shift: Shift) -> dict[str, str]:
        """Give who passed last in this shift, by post."""
        query = """SELECT post, worker, seq_closed FROM check_record
            WHERE shift_on = ? AND shift = ? AND outcome = 'passed'"""
        found = self._rows(query, shift.on.isoformat(), shift.name)
        return {row["post"]: row["worker"] for row in sorted(found, key=lambda row: int(row["seq_closed"]))}

    def attempts(self, worker_id: str) -> tuple[Attempt, ...]:
        """Give what the worker's closed checks have shown, oldest first."""
        return tuple(self._typed(Attempt, _ATTEMPTS, worker_id))

    def tally(self, shift_on: date) -> int:
        """Count the workers who came on that day's shifts: passed, released, or asked for no check (已到)."""
        query = f"""SELECT count(*) AS n FROM (SELECT worker FROM check_record WHERE shift_on = ? AND {_LET_IN}
            UNION SELECT worker FROM noted WHERE shift_on = ?)"""
        return self._count(query, shift_on.isoformat(), shift_on.isoformat())

    def expected(self, today: date) -> int:
        """Count the workers who have a post, are not blocked, and whose last day is not over (应到)."""
        query = """SELECT count(*) AS n FROM worker WHERE blocked = '' AND (ends_on = '' OR ends_on >= ?)
            AND EXISTS (SELECT 1 FROM worker_post WHERE worker = worker.id)"""
        return self._count(query, today.isoformat())

    def last_let_in(self) -> dict[str, date]:
        """Give the last day on which each worker was let in."""
        return self._last_day(_LET_IN)

    def last_covered(self) -> dict[str, date]:
        """Give the last day on which each worker was let in by a check that counts: its content was not past its review date."""
        return self._last_day(f"{_LET_IN} AND NOT stale")

    def _last_day(self, condition: str) -> dict[str, date]:
        query = f"SELECT worker, max(shift_on) AS day FROM check_record WHERE {condition} GROUP BY worker"
        return {row["worker"]: date.fromisoformat(row["day"]) for row in self._rows(query)}

    def cards_held(self) -> dict[str, int]:
        """Count the cards of each worker who has any."""
        query = "SELECT worker, count(*) AS n FROM card GROUP BY worker"
        return {row["worker"]: row["n"] for row in self._rows(query)}

    def can_undo_import(self) -> bool:
        """Tell whether an import of people can still be put back."""
        return bool(self._rows("SELECT 1 FROM roster_before"))

    def named(self, post_id: str) -> dict[str, Named]:
        """Give who answers for which measure of a post."""
        rows = self._rows("SELECT measure, worker, deputy FROM measure_named WHERE post = ?", post_id)
        return {row["measure"]: Named(row["worker"], row["deputy"]) for row in rows}

    def unbroken_days(self, today: date) -> int:
        """Count the days with checks since the last on which somebody was not let in after all; `today` is not over yet.

        A day without a check neither counts nor breaks: nobody worked, as far as the station knows.
        """
        with self._state():
            broken = self._rows(_LAST_BROKEN_DAY, today.isoformat())
            since = broken[0]["shift_on"] if broken else ""
            query = (
                "SELECT count(DISTINCT shift_on) AS n FROM check_record WHERE shift_on > ? AND shift_on < ?"
            )
            return self._count(query, since, today.isoformat())

    def readings(self) -> list[r.ReadingRow]:
        """Give the factory's own readings of words, the newest first."""
        return self._typed(r.ReadingRow, "SELECT * FROM reading ORDER BY seq DESC")

    def recordings(self) -> list[r.RecordingRow]:
        """Give the sentences that are played in a person's own voice, the newest first."""
        return self._typed(r.RecordingRow, "SELECT * FROM recording ORDER BY seq DESC")

    def workers(self) -> dict[str, Worker]:
        """Give everybody by id."""
        with self._state():
            return select_workers(self._connection)

    def published(self) -> list[r.PublishedRow]:
        """Give every version of a pack that was published, oldest first."""
        return self._typed(r.PublishedRow, "SELECT * FROM pack_published ORDER BY seq")

    def last_published(self) -> int:
        """Give the number of the newest publication's entry; 0 when there was none."""
        return self._count("SELECT ifnull(max(seq), 0) AS n FROM pack_published")

    def crew(self, crew_check: str) -> r.CrewRow | None:
        """Give a crew's check with its members, and whoever was left out."""
        with self._state():
            found = self._typed(r.CrewRow, "SELECT * FROM crew_check WHERE id = ?", crew_check)
            members = self._typed(r.MemberRow, _MEMBERS, crew_check)
            out = self._typed(
                r.LeftOutRow, "SELECT * FROM left_out WHERE check_id = ? ORDER BY seq", crew_check
            )
        return replace(found[0], members=tuple(members), left_out=tuple(out)) if found else None

    def _detail(self, row: sqlite3.Row) -> r.CheckDetail:
        content = row["crew_check"] or row["id"]

        def of_check(table: str, kind: type[T], check_id: str = content) -> tuple[T, ...]:
            return tuple(
                self._typed(kind, f"SELECT * FROM {table} WHERE check_id = ? ORDER BY seq", check_id)
            )

        signed = self._signature(row["seq_signed"])
        closing = self._rows("SELECT hash FROM entry WHERE seq = ?", row["seq_closed"])
        return r.CheckDetail(
            row=r.typed(row, r.CheckRow),
            permits=of_check("permit", r.PermitRow),
            refused_works=of_check("work_refusal", r.WorkRefusalRow),
            questions=of_check("question_answer", r.QuestionRow),
            steps=of_check("step_called", r.StepRow),
            abnormal=of_check("abnormal", r.AbnormalRow),
            photos=of_check("photo", r.PhotoRow),
            missed=of_check("photo_missed", r.PhotoMissedRow),
            confirmations=tuple(self._typed(r.ConfirmationRow, _CONFIRMATIONS, content)),
            dangers=of_check("danger", r.DangerRow),
            reviews=of_check("review", r.ReviewRow, row["id"]),
            commitment=signed.commitment if signed else "",
            strokes=signed.strokes if signed else (),
            hash=closing[0]["hash"] if closing else "",
            signed_by=signed.by if isinstance(signed, MemberSigned) else SignedBy.STROKES if signed else None,
            crew=self.crew(row["crew_check"]) if row["crew_check"] else None,
        )

    def _signature(self, seq: int | None) -> CheckSigned | MemberSigned | None:
        found = self._rows("SELECT body FROM entry WHERE seq = ?", seq)
        return msgspec.json.decode(found[0]["body"], type=CheckSigned | MemberSigned) if found else None

    def _typed(self, kind: type[T], query: str, *values: Any) -> list[T]:
        return [r.typed(row, kind) for row in self._rows(query, *values)]

    def _count(self, query: str, *values: Any) -> int:
        number: int = self._rows(query, *values)[0]["n"]
        return number

    def _rows(self, query: str, *values: Any) -> Sequence[sqlite3.Row]:
        with self._lock, storage_errors():  # one statement sees one state by itself
            return self._connection.execute(query, values).fetchall()

    @contextlib.contextmanager
    def _state(self) -> Iterator[None]:
        """One state of the journal for all that is read inside; nests."""
        with self._lock, storage_errors():
            if self._connection.in_transaction:
                yield
            else:
                with transaction(self._connection, begin="BEGIN"):
                    yield


def _earlier(row: sqlite3.Row) -> Earlier:
    reasons = tuple(msgspec.json.decode(row["reasons"]))
    released = row["released_by"] is not None
    return Earlier(row["id"], Outcome(row["outcome"]), row["closed_at"], reasons, released, row["post"])
