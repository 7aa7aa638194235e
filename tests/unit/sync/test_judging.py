"""What the county makes of a batch, given what it holds."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.journal.entries import digest, genesis
from kiosk.records.people.facts import WorkerChanged
from sync.county.judging import Fork, Fresh, Gap, Unfit, judge
from sync.protocol import Held
from tests.fakes.source import FakeSource

STATION = "station-01"


def journal(*workers: str) -> FakeSource:
    source = FakeSource(STATION)
    for worker in workers:
        source.record(WorkerChanged(worker))
    return source


TEN = journal(*(f"w-{number}" for number in range(10))).journal
KNOWN = {entry.seq: entry.hash for entry in TEN}


def held(seq: int) -> Held:
    return Held(seq, TEN[seq - 1].hash if seq else genesis(STATION))


@given(st.integers(0, 10), st.integers(0, 9), st.integers(1, 10))
def test_any_stretch_of_the_journal(seq: int, first: int, count: int) -> None:
    """Whatever is held and whatever comes, exactly what is new and follows is taken."""
    batch = TEN[first : first + count]
    verdict = judge(STATION, held(seq), batch, KNOWN)
    if first > seq:
        assert verdict == Gap(first + 1)
    else:
        assert verdict == Fresh(tuple(entry for entry in batch if entry.seq > seq))


def test_another_journal_of_the_same_station_is_a_fork() -> None:
    other = journal(*(f"w-{number}" for number in range(5)), *"abcde").journal
    assert judge(STATION, held(10), other, KNOWN) == Fork(6)
    assert judge(STATION, held(6), other[6:], KNOWN) == Fork(7)
    assert judge(STATION, held(5), other[5:], KNOWN) == Fresh(tuple(other[5:]))


def test_a_broken_batch_is_unfit_and_no_alarm() -> None:
    skipped = judge(STATION, held(0), [TEN[0], TEN[2]], KNOWN)
    assert skipped == Unfit(3, "一批记录的序号不连续")
    relinked = msgspec.structs.replace(TEN[1], prev="0" * 64)
    relinked = msgspec.structs.replace(relinked, hash=digest(relinked))
    assert judge(STATION, held(0), [TEN[0], relinked], KNOWN) == Unfit(2, "与前一条记录接不上")
    damaged = msgspec.structs.replace(TEN[0], hash="0" * 64)
    assert judge(STATION, held(10), [damaged], KNOWN) == Unfit(1, "写入之后被改动过")


def test_the_first_entry_belongs_to_this_station() -> None:
    assert judge("station-02", Held(0, genesis("station-02")), TEN, {}) == Unfit(1, "不是这台班前站的日志")


@pytest.mark.parametrize("field", ["id", "kind", "at", "boot", "body", "prev", "hash"])
@pytest.mark.parametrize("value", ["", "a\nb", "\x00", "x" * 70, "{\x00}"])
def test_fields_that_no_station_writes(field: str, value: str) -> None:
    bad = msgspec.structs.replace(TEN[0], **{field: value})
    assert judge(STATION, held(0), [bad], KNOWN) == Unfit(1, f"字段 {field} 不合格式")


@pytest.mark.parametrize(
    ("field", "value"), [("seq", 0), ("seq", 2**63), ("mono_ns", -1), ("mono_ns", 2**63)]
)
def test_numbers_that_no_database_holds(field: str, value: int) -> None:
    bad = msgspec.structs.replace(TEN[0], **{field: value})
    assert isinstance(judge(STATION, held(0), [bad], KNOWN), Unfit)
