"""What pages see: lists, one check in full, counts; while the station writes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import pytest

from kiosk.journal.errors import MissingJournalError
from kiosk.journal.log import Head, Journal
from kiosk.model.asking import Asked
from kiosk.model.content import Part
from kiosk.model.earlier import Earlier
from kiosk.model.people import Roster, Worker
from kiosk.model.shifts import Shift
from kiosk.records import facts as f
from kiosk.records.reader import Reading
from tests.fakes.facts import (
    DAY,
    MOMENT,
    PHOTO,
    STROKE,
    THUMBNAIL,
    digest,
    one_of_each_kind,
    passed_check,
)

EARLY = Shift(DAY, "早班")
TOMORROW = DAY + timedelta(days=1)


@pytest.fixture
def reading(tmp_path: Path, journal: Journal) -> Iterator[Reading]:
    with Reading.open(tmp_path) as reading:
        yield reading


def failed(
    check: str, worker: str = "1001", day: date = DAY, shift: str = "早班"
) -> list[f.AnyFact]:
    return [
        f.CheckOpened(check, worker, "c1", day, shift, 1),
        f.CheckClosed(check, f.Outcome.FAILED, ("not_ok:tools",)),
    ]


def abandoned(check: str, worker: str = "1001", day: date = DAY) -> list[f.AnyFact]:
    return [
        f.CheckOpened(check, worker, "c1", day, "早班", 1),
        f.CheckClosed(check, f.Outcome.ABANDONED),
    ]


def test_there_must_be_a_journal(tmp_path: Path) -> None:
    with pytest.raises(MissingJournalError, match="start the station once"):
        Reading.open(tmp_path)


def test_an_empty_journal_reads_as_empty(reading: Reading) -> None:
    assert reading.head() == Head(0, "")
    assert reading.entries() == []
    assert reading.checks() == []
    assert reading.check("nothing") is None
    assert reading.earlier("1001", EARLY) is None
    assert (reading.tally(DAY), reading.expected(DAY), reading.unbroken_days(DAY)) == (0, 0, 0)
    assert reading.workers() == {}
    assert reading.photos_of(0, 100) == []


def test_what_is_recorded_is_seen_at_once(journal: Journal, reading: Reading) -> None:
    for fact in passed_check("check-1"):
        (entry,) = journal.append([fact])
        assert reading.head() == journal.head
        assert reading.entries(after=entry.seq - 1) == [entry]


def test_a_reader_cannot_write_and_never_delays_the_writer(
    tmp_path: Path, journal: Journal, reading: Reading
) -> None:
    with pytest.raises(sqlite3.OperationalError):
        reading._connection.execute("DELETE FROM worker")
    journal.append(list(passed_check("check-1")))
    reading.checks()
    log = tmp_path / "journal.db-wal"
    journal.erase_worker("nobody")
    assert log.stat().st_size == 0, "a reader still holds on to an old state"


def test_checks_come_newest_first_in_pages(journal: Journal, reading: Reading) -> None:
    for number in range(7):
        journal.append(list(passed_check(f"check-{number}", day=DAY if number % 2 else TOMORROW)))
    first = reading.checks(limit=3)
    assert [row.id for row in first] == ["check-6", "check-5", "check-4"]
    second = reading.checks(before_seq=first[-1].seq_opened, limit=3)
    assert [row.id for row in second] == ["check-3", "check-2", "check-1"]
    assert [row.id for row in reading.checks(on=DAY)] == ["check-5", "check-3", "check-1"]
    assert [row.id for row in reading.checks(on=TOMORROW, before_seq=second[0].seq_opened)] == [
        "check-2",
        "check-0",
    ]


def test_a_row_says_how_the_check_went(journal: Journal, reading: Reading) -> None:
    journal.append(one_of_each_kind())
    *_, row, passed = reading.checks()
    assert (row.id, row.worker, row.shift_on, row.shift) == ("check-2", "1001", DAY, "中班")
    assert (row.outcome, row.reasons) == (f.Outcome.FAILED, ("not_ok:tools",))
    assert (row.released_by, row.release_reason, row.released_at) == ("2001", "replaced", MOMENT.at)
    assert row.verdict is f.Verdict.ACCEPTED
    assert (row.dangers, row.thumbnails) == (1, (digest(THUMBNAIL),))
    assert (passed.post, passed.pack, passed.pack_version, passed.works) == (
        "welder",
        "demo",
        "2026.1",
        ("hot-work",),
    )
    assert passed.thumbnails == (digest(THUMBNAIL),) * 4
    assert passed.verdict is None


def test_an_open_check_is_in_the_list(journal: Journal, reading: Reading) -> None:
    journal.append([f.CheckOpened("check-1", "1001", "c1", DAY, "早班", 1)])
    (row,) = reading.checks()
    assert (row.outcome, row.closed_at, row.seq_closed, row.post) == (None, None, None, "")
    detail = reading.check("check-1")
    assert detail is not None
    assert (detail.hash, detail.strokes, detail.confirmations) == ("", (), ())


def test_a_passed_check_in_full(journal: Journal, reading: Reading) -> None:
    entries = journal.append(list(passed_check("check-1")))
    detail = reading.check("check-1")
    assert detail is not None
    assert detail.row == reading.checks()[0]
    assert (detail.row.seq_opened, detail.row.seq_closed) == (entries[0].seq, entries[-1].seq)
    assert detail.hash == entries[-1].hash
    assert detail.hash.startswith(detail.short_hash)
    assert [(q.question, q.choice, q.is_right) for q in detail.questions] == [
        ("welder-q1", 2, True)
    ]
    assert [step.step for step in detail.steps] == [f"step-{number}" for number in range(1, 8)]
    assert [step.misses for step in detail.steps] == [1, 0, 1, 0, 1, 0, 1]
    assert [confirmation.part for confirmation in detail.confirmations] == list(Part)
    for confirmation in detail.confirmations:
        assert (confirmation.photo, confirmation.thumbnail) == (digest(PHOTO), digest(THUMBNAIL))
        assert confirmation.answer is f.Answer.OK
        assert "焊钳完好" in confirmation.lines
    assert detail.commitment.startswith("我已确认")
    assert detail.strokes == (STROKE,)


def test_a_line_is_read_with_those_that_it_stands_for(journal: Journal, reading: Reading) -> None:
    lines, merged = ("交底做过", "票批过"), (("已交代清楚", "班前会开过"), ())
    journal.append(
        [
            f.CheckOpened("check-1", "A001", "", DAY, "", draw=0),
            f.ConfirmationMade("check-1", Part.PREPARATION, f.Answer.OK, lines, stands_for=merged),
            f.ConfirmationMade("check-1", Part.TOOLS, f.Answer.OK, ("工具齐全",)),
        ]
    )
    detail = reading.check("check-1")
    assert detail is not None
    assert [made.asked for made in detail.confirmations] == [
        (Asked("交底做过", ("已交代清楚", "班前会开过")), Asked("票批过")),
        (Asked("工具齐全"),),
    ]


def test_a_failed_check_in_full(journal: Journal, reading: Reading) -> None:
    journal.append(one_of_each_kind())
    detail = reading.check("check-2")
    assert detail is not None
    assert [(missed.part, missed.reason) for missed in detail.missed] == [
        (Part.TOOLS, "摄像头离线")
    ]
    assert [(photo.attempt, photo.faults) for photo in detail.photos] == [(2, ("dark",))]
    (confirmation,) = detail.confirmations
    assert (confirmation.answer, confirmation.reason, confirmation.faults) == (
        f.Answer.NOT_OK,
        "broken",
        ("dark",),
    )
    assert [(danger.danger, danger.stage, danger.text) for danger in detail.dangers] == [
        ("danger-1", "tools", "焊钳绝缘破损")
    ]
    assert [(a.stage, a.reason) for a in detail.abnormal] == [("step-3", "smell")]
    assert [(review.verdict, review.photo) for review in detail.reviews] == [
        (f.Verdict.REJECTED, digest(PHOTO)),
        (f.Verdict.ACCEPTED, ""),
    ]


def test_the_newest_review_of_the_whole_check_is_its_verdict(
    journal: Journal, reading: Reading
) -> None:
    journal.append(list(passed_check("check-1")))
    verdicts = []
    for verdict, photo in [("accepted", ""), ("rejected", ""), ("accepted", "ab" * 32)]:
        journal.append([f.ReviewDecided("check-1", "2001", f.Verdict(verdict), photo=photo)])
        verdicts.append(reading.checks()[0].verdict)
    assert verdicts == ["accepted", "rejected", "rejected"]


def test_earlier_is_the_last_closed_check_of_the_same_shift(
    journal: Journal, reading: Reading
) -> None:
    journal.append(failed("check-1"))
    assert reading.earlier("1001", EARLY) == Earlier(
        "check-1", f.Outcome.FAILED, MOMENT.at, ("not_ok:tools",)
    )
    journal.append([f.CheckReleased("check-1", "2001", "c9", "replaced")])
    released = reading.earlier("1001", EARLY)
    assert released is not None
    assert released.released
    journal.append(list(passed_check("check-2")))
    journal.append([f.CheckOpened("check-3", "1001", "c1", DAY, "早班", 1)])
    assert reading.earlier("1001", EARLY) == Earlier(
        "check-2", f.Outcome.PASSED, MOMENT.at, post="welder"
    )
    assert reading.earlier("1001", Shift(DAY, "中班")) is None
    assert reading.earlier("1001", Shift(TOMORROW, "早班")) is None
    assert reading.earlier("1002", EARLY) is None


def test_arrived_are_those_who_were_let_in(journal: Journal, reading: Reading) -> None:
    journal.append(list(passed_check("check-1", "1001")))
    journal.append(list(passed_check("check-2", "1001", shift="中班")))
    journal.append(failed("check-3", "1002"))
    journal.append(abandoned("check-4", "1003"))
    journal.append(list(passed_check("check-5", "1004"))[:-1])
    journal.append(list(passed_check("check-6", "1005", day=TOMORROW)))
    assert reading.tally(DAY) == 1
    journal.append([f.CheckReleased("check-3", "2001", "c9", "replaced")])
    assert reading.tally(DAY) == 2


def test_expected_are_those_with_a_post_who_are_not_blocked(
    journal: Journal, reading: Reading
) -> None:
    people = (
        Worker("1001", "张三", posts=("welder", "press")),
        Worker("1002", "李四", posts=("press",)),
        Worker("1003", "王五", posts=("press",), blocked="离岗"),
        Worker("2001", "赵六"),
    )
    journal.change_roster(Roster(people), lambda card: card.number)
    assert reading.expected(DAY) == 2
    journal.erase_worker("1001")
    assert reading.expected(DAY) == 1


def test_unbroken_days_end_at_somebody_who_was_not_let_in(
    journal: Journal, reading: Reading
) -> None:
    def on(ago: int) -> date:
        return DAY - timedelta(days=ago)

    journal.append(list(passed_check("a", "1001", on(6))))
    journal.append(failed("b", "1001", on(5)))
    journal.append([*failed("c", "1001", on(4)), *passed_check("d", "1001", on(4))])
    journal.append([*failed("e", "1002", on(2)), f.CheckReleased("e", "2001", "c9", "replaced")])
    journal.append(list(passed_check("g", "1001", on(1))))
    journal.append(failed("h", "1001", on(0)))
    # Four, two and one day ago; three days ago nobody worked.
    assert reading.unbroken_days(DAY) == 3
    assert reading.unbroken_days(TOMORROW) == 0
    assert reading.unbroken_days(on(4)) == 0


def test_photos_are_named_once_and_in_order(journal: Journal, reading: Reading) -> None:
    def taken(photo: str, thumbnail: str) -> f.PhotoTaken:
        return f.PhotoTaken("check-1", Part.TOOLS, photo, thumbnail, 1)

    journal.append([taken("a", "b"), f.WorkerChanged("1001"), taken("c", "b"), taken("d", "")])
    assert reading.photos_of(0, 4) == ["a", "b", "c", "d"]
    assert reading.photos_of(1, 3) == ["c", "b"]
    assert reading.photos_of(4, 9) == []


def test_many_threads_may_read_one(journal: Journal, reading: Reading) -> None:
    journal.append(one_of_each_kind())
    with ThreadPoolExecutor(8) as pool:
        details = list(pool.map(lambda _: reading.check("check-1"), range(100)))
    assert details == [reading.check("check-1")] * 100


def test_a_photo_is_named_by_a_check_or_a_proposed_scene_or_by_nothing(
    journal: Journal, reading: Reading
) -> None:
    assert not reading.names_photo(digest(b"scene"))
    told = ("p-9", "A001", "press", "notice-20", "3", "送料口", "没停机就掏料")
    journal.append([f.ScenarioProposed(*told, digest(b"scene"), digest(b"small"))])
    assert reading.names_photo(digest(b"scene"))
    assert reading.names_photo(digest(b"small"))
    assert not reading.names_photo(digest(b"dropped"))
    journal.append(tuple(passed_check("check-9")))
    assert reading.names_photo(digest(PHOTO))


def test_the_photo_of_a_proposed_scene_is_copied_out_too(
    journal: Journal, reading: Reading
) -> None:
    said = ("1001", "welder", "notice-20", "5", "配电箱旁", "电线破皮")
    journal.append(
        [
            f.ScenarioProposed("p-1", *said, photo="a", thumbnail="b"),
            f.ScenarioProposed("p-2", *said),
        ]
    )
    assert reading.photos_of(0, 2) == ["a", "b"]


def test_a_check_on_content_past_its_review_date_lets_in_and_covers_nobody(
    journal: Journal, reading: Reading
) -> None:
    for check, day, stale in (("fresh", DAY, False), ("stale", TOMORROW, True)):
        opened = f.CheckOpened(check, "1001", "c1", day, "早班", 1)
        post = f.PostChosen(check, "welder", "pack", "1.0", stale=stale)
        journal.append([opened, post, f.CheckClosed(check, f.Outcome.PASSED)])
    assert reading.last_let_in() == {"1001": TOMORROW}
    assert reading.last_covered() == {"1001": DAY}
