"""What the station makes of answers that are not the county's, or not of its journal."""

from __future__ import annotations

import gzip
import socket
from datetime import UTC, datetime

import msgspec
import pytest

from kiosk.journal.entries import genesis
from sync.county.server import CountyServer
from sync.outcomes import End, Events
from sync.protocol import Held, Problem, TryAgain
from tests.fakes.impostor import Impostor
from tests.fakes.source import FakeSource
from tests.sync.stage import STATION, Station

HELD = b'{"seq":0,"hash":"' + genesis(STATION).encode() + b'"}'
PACKED = gzip.compress(HELD + b" " * (100 << 20), compresslevel=1)
"""An answer that would be understood, of half a megabyte on the line and 100 MB in memory."""


def test_a_station_sees_by_itself_that_the_county_has_another_journal(
    county: CountyServer, station: Station, source: FakeSource
) -> None:
    source.check()
    station.drain(county.port)
    del source.journal[10:]
    outcome = station.drain(county.port)
    assert outcome.end is End.GAVE_UP
    assert "县级系统已有第 14 条记录，本站只有 10 条" in outcome.why
    source.check("w-wang-wu")
    outcome = station.drain(county.port)
    assert outcome.end is End.GAVE_UP
    assert "县级系统的第 14 条记录与本站的不同" in outcome.why


def test_the_county_is_told_of_a_rewritten_journal(
    county: CountyServer, station: Station, source: FakeSource
) -> None:
    """Somebody rewrote the journal on the station's card: the station gives up, and the county's
    alarm says so.
    """
    source.check()
    station.drain(county.port)
    forged = source.forged(checks=2)
    source.journal[:] = forged.journal
    assert station.drain(county.port).end is End.GAVE_UP
    assert alarm(county) == "第 14 条记录与已收到的不一致：日志可能被改写"


def test_the_county_is_told_of_a_journal_that_was_cut(
    county: CountyServer, station: Station, source: FakeSource
) -> None:
    """What the station records after the cut, at the latest its signature of the head, is not what
    the county holds.
    """
    source.check()
    station.drain(county.port)
    del source.journal[10:]
    outcome = station.drain(county.port, Events(sign_head=lambda: _sign(source, station)))
    assert outcome.end is End.GAVE_UP
    assert "县级系统已有第 14 条记录，本站只有 11 条" in outcome.why
    assert alarm(county) == "第 11 条记录与已收到的不一致：日志可能被改写"


def test_a_station_whose_journal_is_gone_says_so(
    county: CountyServer, station: Station, source: FakeSource
) -> None:
    source.check()
    station.drain(county.port)
    source.journal.clear()
    outcome = station.drain(county.port)
    assert (outcome.end, "本站只有 0 条" in outcome.why) == (End.GAVE_UP, True)


def alarm(county: CountyServer) -> str:
    row = county.store.station(STATION)
    assert row is not None
    return row.alarm


def _sign(source: FakeSource, station: Station) -> None:
    source.sign_head(station.identity)


@pytest.mark.parametrize(
    ("status", "body", "headers", "end", "why"),
    [
        (503, b"<html>busy</html>", {"Retry_After": "1800"}, End.TRY_AGAIN, "状态 503"),
        (502, b"", {}, End.TRY_AGAIN, "状态 502"),
        (200, b"<html>Please sign in to this network</html>", {}, End.TRY_AGAIN, "状态 200"),
        (200, b'{"seq": "many", "hash": 5}', {}, End.TRY_AGAIN, "状态 200"),
        (200, b'{"seq":-1,"hash":"' + b"0" * 64 + b'"}', {}, End.TRY_AGAIN, "状态 200"),
        (200, b"\xff\xfe\x00", {"Content_Encoding": "gzip"}, End.TRY_AGAIN, "状态 200"),
        (200, PACKED, {"Content_Encoding": "gzip"}, End.TRY_AGAIN, "状态 200"),
        (200, HELD + b" " * (2 << 20), {}, End.TRY_AGAIN, "答复超过 1024 KB"),
        (200, b'{"seq":1,"hash":"\xff"}', {}, End.TRY_AGAIN, "状态 200"),
        (200, b'{"x":' * 100_000, {}, End.TRY_AGAIN, "状态 200"),
        (302, b"", {"Location": "http://127.0.0.1:1/"}, End.TRY_AGAIN, "状态 302"),
        (404, b"not here", {}, End.TRY_AGAIN, "状态 404"),
        (413, b"<html>too large</html>", {}, End.GAVE_UP, "请调大它的上限"),
        (
            401,
            b'{"error":"clock_off","say":"clock"}',
            {"Date": "Mon, 10 Nov 2025 08:00:00 GMT"},
            End.GAVE_UP,
            "时钟",
        ),
    ],
)
def test_answers_that_are_not_the_countys(
    station: Station,
    source: FakeSource,
    status: int,
    body: bytes,
    headers: dict[str, str],
    end: End,
    why: str,
) -> None:
    source.check()
    with Impostor(status, body, **headers) as impostor:
        outcome = station.drain(impostor.port)
    assert outcome.end is end
    assert why in outcome.why
    with station.progress() as progress:
        standing = progress.standing()
    assert (standing.failures, standing.trouble) == (1, outcome.why)
    if "Retry_After" in headers:
        assert standing.retry_at_s - datetime.now(UTC).timestamp() == pytest.approx(1800, abs=60)


def test_a_county_that_claims_what_it_was_not_sent(station: Station, source: FakeSource) -> None:
    """Somebody answers every request with a head that is true of the journal, and takes nothing."""
    source.check()
    body = msgspec.json.encode(Held(3, source.journal[2].hash))
    with Impostor(200, body) as impostor:
        outcome = station.drain(impostor.port)
    assert (outcome.end, outcome.entries_sent) == (End.TRY_AGAIN, 0)
    assert "前后不一" in outcome.why
    with Impostor(409, msgspec.json.encode(Problem("gap", "gap", Held(1, "0" * 64)))) as impostor:
        assert station.drain(impostor.port).end is End.GAVE_UP


def test_nobody_answers_in_time(station: Station, source: FakeSource) -> None:
    """A county that takes the connection and says nothing."""
    with (
        socket.create_server(("127.0.0.1", 0)) as silent,
        station.link(silent.getsockname()[1], answer_s=0.2) as link,
    ):
        assert link.ask("GET", "head", Held) == TryAgain("连不上县级系统：等不到答复")
