"""Alarms at the county: raised, acknowledged in a sentence, never gone; and stations that fell
silent.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import httpx2
import pytest

from sync.county.enrolling import enrol
from sync.county.server import CountyServer
from sync.county.settings import CountySettings
from sync.identity import Identity
from sync.times import shown
from tests.fakes.source import FakeSource
from tests.sync.stage import PASSWORD, STATION, Station, running

PAGE = f"/stations/{STATION}"
FORK = "第 14 条记录与已收到的不一致：日志可能被改写"


@pytest.fixture
def forked(county: CountyServer, station: Station, source: FakeSource) -> CountyServer:
    """A county that was shown another journal than it holds."""
    source.check()
    station.drain(county.port)
    forged = source.forged(checks=1)
    source.journal[:] = forged.journal
    station.drain(county.port)
    return county


def look(county: CountyServer, path: str = PAGE) -> str:
    page = httpx2.get(
        f"http://127.0.0.1:{county.port}{path}", auth=("", PASSWORD), trust_env=False, verify=False
    )
    assert page.status_code == 200, page.text
    return page.text


def form(page: str) -> dict[str, str]:
    """Return the hidden fields of the form on the page."""
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))


def send(county: CountyServer, fields: dict[str, str], password: str = PASSWORD) -> httpx2.Response:
    url = f"http://127.0.0.1:{county.port}{PAGE}/alarms"
    return httpx2.post(url, data=fields, auth=("", password), trust_env=False, verify=False)


def test_an_acknowledged_alarm_stays_with_who_and_when(forked: CountyServer) -> None:
    page = look(forked)
    assert f"⚠ {FORK}" in page
    answer = send(forked, {**form(page), "by": "赵六", "note": "更换存储卡后恢复了<旧>备份"})
    assert (answer.status_code, answer.headers["Location"]) == (303, PAGE)
    page = look(forked)
    assert "⚠" not in page
    assert FORK in page
    assert "赵六：更换存储卡后恢复了&lt;旧&gt;备份" in page
    assert "⚠" not in look(forked, "/")
    (alarm,) = forked.store.alarms(STATION)
    assert shown(alarm.acknowledged_at) in page
    assert (alarm.by, alarm.raised_at <= alarm.acknowledged_at) == ("赵六", True)


def test_the_same_again_is_an_alarm_again(forked: CountyServer, station: Station) -> None:
    station.drain(forked.port)
    assert len(forked.store.alarms(STATION)) == 1, "not one a night while nobody looks"
    send(forked, {**form(look(forked)), "by": "赵六", "note": "已知"})
    station.drain(forked.port)
    page = look(forked)
    assert f"⚠ {FORK}" in page
    assert "赵六：已知" in page


def test_an_alarm_that_came_meanwhile_stays_open(
    forked: CountyServer, station: Station, source: FakeSource
) -> None:
    seen = form(look(forked))
    del source.journal[9:]
    station.drain(forked.port)
    send(forked, {**seen, "by": "赵六", "note": "已知"})
    page = look(forked)
    assert "⚠ 第 9 条记录与已收到的不一致" in page
    assert f"⚠ {FORK}" not in page


@pytest.mark.parametrize(
    ("change", "status", "why"),
    [
        ({"by": " "}, 400, "请写姓名"),
        ({"note": ""}, 400, "请写姓名"),
        ({"note": "长" * 301}, 400, "请写姓名"),
        ({"note": "a\0b"}, 400, "请写姓名"),
        ({"number": "7"}, 400, "已经过时"),
        ({"token": "00" * 32}, 400, "已经过时"),
        ({"token": "é"}, 400, "已经过时"),
    ],
    ids=str,
)
def test_a_form_that_is_incomplete_or_not_ours_changes_nothing(
    forked: CountyServer, change: dict[str, str], status: int, why: str
) -> None:
    good = {**form(look(forked)), "by": "赵六", "note": "已知"}
    answer = send(forked, good | change)
    assert (answer.status_code, why in answer.text) == (status, True)
    assert send(forked, good, "wrong").status_code == 401
    assert f"⚠ {FORK}" in look(forked)


class Clock:
    """The county's clock, turned by hand."""

    def __init__(self) -> None:
        self.time = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.time


def test_a_station_that_fell_silent_is_marked(
    settings: CountySettings, identity: Identity, station: Station, source: FakeSource
) -> None:
    clock = Clock()
    with running(settings, clock) as county:
        for name in (STATION, "station-02"):
            enrol(
                county.store,
                name,
                "班前站",
                identity.public_key,
                now=lambda: clock() - timedelta(days=1),
            )
        source.check()
        station.drain(county.port)
        assert "没有收到" not in look(county, "/")
        clock.time += timedelta(days=1, hours=1)
        page = look(county, "/")
        assert page.count("已 2 天没有收到记录") == 1, "one never sent anything"
        assert "没有收到" not in look(county)
        clock.time += timedelta(days=2)
        page = look(county, "/")
        assert page.count("○ 已 3 天没有收到记录") == 1
        assert page.count("○ 已 4 天没有收到记录") == 1
        assert '<dt>失联</dt><dd class="warn">2</dd>' in page
        assert "已 3 天没有收到这台班前站的记录" in look(county)
