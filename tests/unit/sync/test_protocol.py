"""The protocol without a line: batches, pauses, and what answers mean."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec
import pytest

from kiosk.records.checks.facts import CheckSigned
from kiosk.records.people.facts import WorkerChanged
from sync.protocol import (
    MAX_BATCH_KB,
    MAX_ENTRIES,
    MOST_PAUSE_S,
    Answer,
    GiveUp,
    Held,
    PhotoRefused,
    Problem,
    Reclock,
    Rewind,
    Stored,
    Trouble,
    TryAgain,
    left_of_pause_s,
    next_batch,
    pause_s,
    understand,
)
from tests.fakes.source import FakeSource

HELD = Held(7, "ab" * 32, 2)


def refused(status: int, code: str, held: Held | None = None, **fields: str) -> Held | Trouble:
    return understand(Answer(status, msgspec.json.encode(Problem(code, "因为", held)), **fields), Held)


def test_a_batch_is_bounded_in_number_and_in_size() -> None:
    source = FakeSource("station-01")
    for _ in range(MAX_ENTRIES + 5):
        source.record(WorkerChanged("w-zhang-san"))
    assert len(next_batch(source.journal).entries) == MAX_ENTRIES

    signed = FakeSource("station-01")
    for _ in range(40):
        signed.record(CheckSigned("check", "我承诺", (tuple(range(20_000)),)))
    batch = next_batch(signed.journal)
    assert 1 < len(batch.entries) < 40
    assert sum(len(entry.body) for entry in batch.entries) <= MAX_BATCH_KB * 1024


def test_one_entry_goes_however_large_it_is() -> None:
    source = FakeSource("station-01")
    source.record(CheckSigned("check", "我承诺", (tuple(range(400_000)),)))
    source.record(WorkerChanged("w-zhang-san"))
    assert len(source.journal[0].body) > MAX_BATCH_KB * 1024
    assert next_batch(source.journal).entries == (source.journal[0],)


def test_messages() -> None:
    assert understand(Answer(200, msgspec.json.encode(HELD)), Held) == HELD
    assert understand(Answer(201, msgspec.json.encode(Stored("ab" * 32))), Stored) == Stored("ab" * 32)
    newer = b'{"seq":7,"hash":"' + b"ab" * 32 + b'","photos_missing":2,"mood":"good"}'
    assert understand(Answer(200, newer), Held) == HELD, "a newer county may say more"


def test_refusals() -> None:
    assert refused(409, "gap", HELD) == Rewind(HELD)
    assert refused(409, "fork", HELD) == GiveUp("县级系统拒绝接收：因为")
    assert refused(401, "unknown_station") == GiveUp("县级系统拒绝接收：因为")
    assert refused(422, "content_digest") == TryAgain("因为")
    assert refused(422, "photo_digest") == PhotoRefused("因为")
    assert refused(404, "unknown_photo") == PhotoRefused("因为")
    assert refused(503, "unavailable", retry_after="90") == TryAgain("因为", 90.0)
    assert refused(429, "a code of a newer county") == TryAgain("因为")
    assert refused(418, "a code of a newer county") == GiveUp("县级系统拒绝接收：因为")


def test_the_countys_clock_is_learned_from_the_date_field() -> None:
    date = "Tue, 24 Nov 2026 08:00:00 GMT"
    assert refused(401, "clock_off", date=date) == Reclock(datetime(2026, 11, 24, 8, tzinfo=UTC))
    for nonsense in ("", "now", "Tue, 24 Nov 2026 08:00:00"):
        assert isinstance(refused(401, "clock_off", date=nonsense), GiveUp)


@pytest.mark.parametrize("retry_after", ["", "soon", "-5", "1.5", "٣", "Tue, 24 Nov 2026 08:00:00 GMT"])
def test_other_forms_of_retry_after_ask_for_nothing(retry_after: str) -> None:
    assert refused(503, "unavailable", retry_after=retry_after) == TryAgain("因为", 0.0)


def test_pauses_grow_within_an_hour_and_are_spread_over_it() -> None:
    assert [pause_s(failures, 1.0) for failures in (1, 2, 3, 12, 1000)] == [2, 4, 8, 3600, 3600]
    assert pause_s(5, 0.0) == 0
    assert pause_s(5, 0.5) == 16
    assert pause_s(1, 0.5, asked_s=90) == 90
    assert pause_s(1, 0.5, asked_s=1e9) == MOST_PAUSE_S


def test_a_pause_does_not_outlive_a_clock_that_was_set() -> None:
    assert left_of_pause_s(1000, 400) == 600
    assert left_of_pause_s(1000, 1001) == 0
    assert left_of_pause_s(1000 + 14 * 86400, 1000) == 0
