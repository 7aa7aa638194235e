"""What a person at the county sees."""

from __future__ import annotations

import httpx2
import pytest

from kiosk.model.content import Part
from kiosk.model.outcome import Answer, Outcome
from kiosk.records.checks.facts import (
    CheckClosed,
    CheckOpened,
    ConfirmationMade,
    DangerFound,
    PhotoMissed,
)
from kiosk.records.reviews.facts import ReviewDecided, Verdict
from sync.county.server import CountyServer
from tests.fakes.source import BEGAN, FakeSource
from tests.sync.stage import PASSWORD, STATION, Station


@pytest.fixture
def browser(county: CountyServer) -> object:
    with httpx2.Client(
        base_url=f"http://127.0.0.1:{county.port}",
        auth=("", PASSWORD),
        trust_env=False,
        verify=False,
    ) as client:
        yield client


def seen(browser: httpx2.Client, path: str, status: int = 200) -> str:
    response = browser.get(path)
    assert response.status_code == status, response.text
    return response.text


@pytest.mark.parametrize(
    "path", ["/", f"/stations/{STATION}", f"/stations/{STATION}/photos/{'ab' * 32}"]
)
def test_nothing_is_shown_without_the_password(county: CountyServer, path: str) -> None:
    for auth in (None, ("", "wrong"), ("county", "")):
        response = httpx2.get(
            f"http://127.0.0.1:{county.port}{path}", auth=auth, trust_env=False, verify=False
        )
        assert response.status_code == 401
        assert response.headers["WWW-Authenticate"].startswith("Basic ")
        assert "请输入县级系统的查看密码" in response.text
        assert STATION not in response.text


def test_the_stations(
    county: CountyServer, station: Station, source: FakeSource, browser: httpx2.Client
) -> None:
    page = seen(browser, "/")
    assert "一车间班前站" in page
    assert "从未" in page
    source.check()
    source.files.popitem()
    station.drain(county.port)
    page = seen(browser, "/")
    head = source.journal[-1].hash
    assert f"{head[:4]} {head[4:8]}" in page
    assert 'data-label="已收记录">14<' in page
    assert 'data-label="缺照片">1<' in page
    assert "⚠" not in page


def test_an_alarm_is_seen_at_once(
    county: CountyServer,
    station: Station,
    source: FakeSource,
    browser: httpx2.Client,
    tmp_path: object,
) -> None:
    source.check()
    forged = station.identity.sign_head(*source.head())
    source.record(type(forged)(forged.seq, forged.hash, forged.key, "00" * 64))
    station.drain(county.port)
    for path in ("/", f"/stations/{STATION}"):
        assert "⚠ 第 15 条记录里的站方签名不对" in seen(browser, path)


def test_the_checks_of_a_station_page_by_page(
    county: CountyServer, station: Station, source: FakeSource, browser: httpx2.Client
) -> None:
    for number in range(60):
        opened = CheckOpened(f"check-{number}", f"w-{number:02}", "card", BEGAN.date(), "白班", 7)
        source.record(opened)
        if number:
            source.record(
                CheckClosed(opened.check, Outcome.FAILED if number % 2 else Outcome.PASSED)
            )
    station.drain(county.port)
    page = seen(browser, f"/stations/{STATION}")
    assert "w-59" in page
    assert "w-10" in page
    assert "w-09" not in page
    assert "✓ 通过" in page
    assert "✗ 未通过" in page
    older = page.split("?before=")[1].split('"')[0]
    page = seen(browser, f"/stations/{STATION}?before={older}")
    assert "w-09" in page
    assert "w-10" not in page
    assert "● 进行中" in page
    assert "更早的检查" not in page


def test_a_check_with_its_photos(
    county: CountyServer, station: Station, source: FakeSource, browser: httpx2.Client
) -> None:
    check = source.check()
    source.record(ReviewDecided(check, "w-supervisor", Verdict.REJECTED, "护目镜没戴好"))
    station.drain(county.port)
    page = seen(browser, f"/stations/{STATION}/checks/{check}")
    assert "2026-11-24 15:30:00" in page, "times are China's"
    for words in (
        "工作准备",
        "知识技能",
        "工具装备",
        "周边环境",
        "✓ 符合",
        "第二项",
        "step-1",
        "5.4 秒",
        "✓ 答对",
    ):
        assert words in page
    assert "w-supervisor 复核检查：不合格 护目镜没戴好" in page
    assert 'points="100,200 300,180"' in page
    shown = [part.split('"')[0] for part in page.split('src="')[1:]]
    assert len(shown) == 4
    for url in shown:
        photo = browser.get(url)
        assert photo.headers["Content-Type"] == "image/jpeg"
        assert photo.content in source.files.values()


def test_what_went_wrong_in_a_check_is_said(
    county: CountyServer, station: Station, source: FakeSource, browser: httpx2.Client
) -> None:
    source.record(CheckOpened("check-1", "w-zhang-san", "card", BEGAN.date(), "白班", 7))
    source.record(PhotoMissed("check-1", Part.TOOLS, "摄像头离线"))
    source.record(
        ConfirmationMade(
            "check-1", Part.TOOLS, Answer.NOT_OK, ("焊把绝缘完好",), reason="焊把<破损>"
        )
    )
    source.record(DangerFound("d-1", "check-1", "tools", "焊把破损"))
    source.record(CheckClosed("check-1", Outcome.FAILED, ("工具装备不符合",)))
    station.drain(county.port)
    page = seen(browser, f"/stations/{STATION}/checks/check-1")
    for words in (
        "✗ 未通过",
        "✗ 不符合",
        "没拍到：摄像头离线",
        "发现隐患（工具装备）：焊把破损",
        "工具装备不符合",
    ):
        assert words in page
    assert "焊把&lt;破损&gt;" in page, "what stations write is text, never markup"


def test_photos_that_did_not_come_leave_their_place(
    county: CountyServer, station: Station, source: FakeSource, browser: httpx2.Client
) -> None:
    check = source.check()
    digests = list(source.files)
    source.files.clear()
    station.drain(county.port)
    assert seen(browser, f"/stations/{STATION}/checks/{check}").count("照片未到") == 4
    seen(browser, f"/stations/{STATION}/photos/{digests[0]}", 404)


@pytest.mark.parametrize(
    "path",
    [
        "/stations/station-77",
        f"/stations/{STATION}/checks/none",
        f"/stations/{STATION}/photos/..%2f..%2fcounty.db",
    ],
)
def test_pages_that_are_not_there(county: CountyServer, browser: httpx2.Client, path: str) -> None:
    assert "没有这一页" in seen(browser, path, 404)


def test_pages_load_nothing_from_elsewhere(county: CountyServer, browser: httpx2.Client) -> None:
    response = browser.get("/")
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "no-store"
    assert "http://" not in response.text
    assert "https://" not in response.text
    assert browser.get("/static/county.css").status_code == 200
