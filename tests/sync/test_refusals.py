"""What the county refuses."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx2
import msgspec
import pytest

from kiosk.journal.entries import Entry
from kiosk.records.people.facts import WorkerChanged
from kiosk.records.station.facts import StationStarted
from sync.county.server import CountyServer
from sync.identity import Identity, open_identity
from sync.link import Link, LinkSettings
from sync.protocol import (
    MAX_ENTRIES,
    Batch,
    GiveUp,
    Held,
    PhotoRefused,
    Problem,
    Rewind,
    Stored,
    Trouble,
)
from sync.signing import signed_headers
from tests.fakes.source import FakeSource
from tests.sync.stage import STATION, Station, everything_is_there, raw


def post(link: Link, entries: list[Entry]) -> Held | Trouble:
    """Send entries as they are, without the uploader's care."""
    body = msgspec.json.encode(Batch(tuple(entries)))
    return link.ask("POST", "entries", Held, body, "application/json")


def problem(response: httpx2.Response) -> tuple[int, str]:
    """Return status and code of a refusal; its sentence must be one."""
    said = msgspec.json.decode(response.content, type=Problem)
    assert said.say
    return response.status_code, said.error


def test_a_batch_sent_again_is_answered_with_what_is_held(
    county: CountyServer, station: Station, source: FakeSource
) -> None:
    for _ in range(2):
        source.check()
    everything = Held(28, source.journal[27].hash, photos_missing=16)
    with station.link(county.port) as link:
        assert isinstance(post(link, source.journal[:20]), Held)
        assert post(link, source.journal[10:28]) == everything
        assert post(link, source.journal[:20]) == everything
    assert county.store.entries(STATION, 0, 100) == source.journal


def test_batches_at_the_same_time_are_taken_once(
    county: CountyServer, station: Station, source: FakeSource
) -> None:
    for _ in range(14):
        source.check()
    answers: list[Held | Trouble] = []

    def send() -> None:
        with station.link(county.port) as link:
            answers.extend(post(link, source.journal[at : at + 49]) for at in range(0, 196, 49))

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 16
    assert all(isinstance(answer, Held) for answer in answers), answers
    assert county.store.entries(STATION, 0, 1000) == source.journal


def test_a_gap_is_answered_with_what_is_held(
    county: CountyServer, station: Station, source: FakeSource
) -> None:
    source.check()
    with station.link(county.port) as link:
        post(link, source.journal[:4])
        assert post(link, source.journal[6:]) == Rewind(Held(4, source.journal[3].hash))
    assert station.drain(county.port).complete
    everything_is_there(county, source)


def test_a_rewritten_journal_is_refused_and_alarms(
    county: CountyServer, station: Station, source: FakeSource
) -> None:
    source.check()
    station.drain(county.port)
    forged = source.forged(checks=2)
    with station.link(county.port) as link:
        for entries in (forged.journal[:14], forged.journal[14:]):
            answer = post(link, entries)
            assert isinstance(answer, GiveUp)
            assert "日志可能被改写" in answer.why
    assert county.store.entries(STATION, 0, 100) == source.journal
    row = county.store.station(STATION)
    assert row is not None
    assert row.alarm == "第 1 条记录与已收到的不一致：日志可能被改写"


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("body", '{"type":"worker.changed","worker":"w-li-si"}', "写入之后被改动过"),
        ("clock_ok", False, "写入之后被改动过"),
        ("kind", "Not a kind", "字段 kind 不合格式"),
        ("at", "yesterday", "字段 at 不合格式"),
        ("id", "two\nlines", "字段 id 不合格式"),
        ("mono_ns", -1, "字段 seq, mono_ns 不合格式"),
    ],
)
def test_one_bad_entry_keeps_the_whole_batch_out(
    county: CountyServer, station: Station, source: FakeSource, field: str, value: object, why: str
) -> None:
    for _ in range(3):
        source.record(WorkerChanged("w-zhang-san"))
    bad = [*source.journal[:2], msgspec.structs.replace(source.journal[2], **{field: value})]
    with station.link(county.port) as link:
        assert post(link, bad) == GiveUp(f"县级系统拒绝接收：第 3 条记录不合格：{why}")
    assert county.store.held(STATION).seq == 0
    assert station.drain(county.port).complete


def test_another_stations_journal_is_refused(county: CountyServer, station: Station) -> None:
    other = FakeSource("station-02")
    other.record(WorkerChanged("w-zhang-san"))
    with station.link(county.port) as link:
        assert post(link, other.journal) == GiveUp(
            "县级系统拒绝接收：第 1 条记录不合格：不是这台班前站的日志"
        )


def test_facts_of_a_newer_version_are_kept_unread(
    county: CountyServer, station: Station, source: FakeSource
) -> None:
    """The county need not be newer than its stations."""

    class Later(StationStarted, frozen=True, tag="future.dreamt"):
        pass

    source.record(Later("2.0"))
    source.check()
    assert station.drain(county.port).complete
    everything_is_there(county, source)


def test_a_signed_head_of_another_key_alarms(
    county: CountyServer, station: Station, source: FakeSource, tmp_path: Path
) -> None:
    source.check()
    source.sign_head(open_identity(tmp_path, STATION))
    assert station.drain(county.port).complete
    row = county.store.station(STATION)
    assert row is not None
    assert (row.signed_seq, row.alarm) == (0, "第 15 条记录里的站方签名不对")


def test_photos_must_be_named_and_whole(
    county: CountyServer, station: Station, source: FakeSource
) -> None:
    source.check()
    digest = next(iter(source.files))
    with station.link(county.port) as link:
        path = f"photos/{digest}"
        assert link.ask("PUT", path, Stored, source.files[digest]) == PhotoRefused(
            f"没有记录提到照片 {digest}"
        )
        post(link, source.journal)
        assert link.ask("PUT", path, Stored, b"another") == PhotoRefused(
            f"照片内容与摘要 {digest} 不符"
        )
        assert county.store.held(STATION).photos_missing == 8
        assert link.ask("PUT", path, Stored, source.files[digest]) == Stored(digest)
        assert link.ask("PUT", path, Stored, source.files[digest]) == Stored(digest)
    assert county.store.held(STATION).photos_missing == 7


def test_statuses_of_the_protocol(
    county: CountyServer, identity: Identity, source: FakeSource
) -> None:
    source.check()
    base = f"/v1/stations/{STATION}"
    digest = next(iter(source.files))
    too_many = msgspec.json.encode({"entries": source.journal * 20})
    assert len(source.journal) * 20 > MAX_ENTRIES
    for nonsense in (
        b"",
        b"{",
        b"\xff",
        b"[]",
        b'{"entries":{}}',
        b'{"entries":[{"seq":"1"}]}',
        b'{"entries":[],"x":1}',
    ):
        assert problem(raw(county, "POST", f"{base}/entries", nonsense, identity)) == (
            400,
            "malformed",
        )
    half_character = msgspec.json.encode(Batch(tuple(source.journal[:1]))).replace(
        b"id-1", b"\\ud800"
    )
    assert problem(raw(county, "POST", f"{base}/entries", half_character, identity))[0] in (
        400,
        422,
    )
    assert problem(raw(county, "POST", f"{base}/entries", too_many, identity)) == (400, "malformed")
    assert problem(raw(county, "POST", f"{base}/entries", b'{"entries":[]}', identity)) == (
        400,
        "malformed",
    )
    assert problem(raw(county, "GET", f"{base}/secrets", b"", identity)) == (404, "not_found")
    assert problem(raw(county, "DELETE", f"{base}/head", b"", identity)) == (405, "not_found")
    assert problem(raw(county, "GET", f"{base}/wanted?after=x", b"", identity)) == (
        400,
        "malformed",
    )
    assert problem(raw(county, "PUT", f"{base}/photos/{digest}", b"x", identity)) == (
        404,
        "unknown_photo",
    )
    assert problem(raw(county, "PUT", f"{base}/photos/x", b"x", identity)) == (404, "unknown_photo")
    assert problem(raw(county, "POST", f"{base}/entries", bytes(9 << 20), identity)) == (
        413,
        "too_large",
    )
    batch = msgspec.json.encode(Batch(tuple(source.journal)))
    assert raw(county, "POST", f"{base}/entries", batch, identity).status_code == 200
    assert problem(raw(county, "PUT", f"{base}/photos/{digest}", b"x", identity)) == (
        422,
        "photo_digest",
    )
    photo = source.files[digest]
    assert raw(county, "PUT", f"{base}/photos/{digest}", photo, identity).status_code == 201
    assert raw(county, "PUT", f"{base}/photos/{digest}", photo, identity).status_code == 200


def test_who_is_not_enrolled_or_signs_with_another_key_is_refused(
    county: CountyServer, station: Station, tmp_path: Path
) -> None:
    url = LinkSettings(f"http://127.0.0.1:{county.port}")
    with Link(url, open_identity(tmp_path, "station-77")) as link:
        assert link.ask("GET", "head", Held) == GiveUp(
            "县级系统拒绝接收：县级系统没有登记班前站 station-77"
        )
    with Link(url, open_identity(tmp_path, STATION)) as link:
        answer = link.ask("GET", "head", Held)
        assert isinstance(answer, GiveUp)
        assert "签名不对" in answer.why


def test_what_was_signed_is_what_must_arrive(county: CountyServer, identity: Identity) -> None:
    url = f"http://127.0.0.1:{county.port}/v1/stations/{STATION}/"
    now = datetime.now(UTC)
    signed = signed_headers("POST", url + "entries", b"{}", identity, now)
    fewer = signed_headers("GET", url + "head", b"", identity, now)
    fewer["Signature-Input"] = fewer["Signature-Input"].replace(' "content-digest"', "")

    def ask(method: str, path: str, headers: dict[str, str], body: bytes = b"") -> tuple[int, str]:
        return problem(
            httpx2.request(
                method, url + path, content=body, headers=headers, trust_env=False, verify=False
            )
        )

    assert ask("POST", "entries", signed, b"[]") == (422, "content_digest")
    assert ask("GET", "head", signed) == (401, "bad_signature")
    assert ask("GET", "head", {}) == (401, "bad_signature")
    assert ask("GET", "head", {"Signature": "x", "Signature-Input": "?"}) == (401, "bad_signature")
    assert ask("GET", "head", fewer) == (401, "bad_signature")


@pytest.mark.parametrize("off", [timedelta(days=-14), timedelta(days=14), timedelta(minutes=11)])
def test_a_clock_two_weeks_off_does_not_keep_a_station_out(
    county: CountyServer, station: Station, source: FakeSource, off: timedelta
) -> None:
    source.check()
    settings = LinkSettings(f"http://127.0.0.1:{county.port}")
    now = datetime.now(UTC)
    asked = raw(county, "GET", f"/v1/stations/{STATION}/head", b"", station.identity)
    assert asked.status_code == 200
    headers = signed_headers("GET", str(asked.request.url), b"", station.identity, now + off)
    refused = httpx2.get(str(asked.request.url), headers=headers, trust_env=False, verify=False)
    assert problem(refused) == (401, "clock_off")
    with Link(settings, station.identity, lambda: datetime.now(UTC) + off) as link:
        assert link.ask("GET", "head", Held) == Held(0, source.journal[0].prev)
