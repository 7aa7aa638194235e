"""The county's pages in a real browser: they fit a desk and a phone, and their photos load."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import cv2
import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect

from sync.county.server import CountyServer
from tests.fakes.chromium import PROGRAM
from tests.fakes.source import FakeSource
from tests.sync.stage import PASSWORD, Station

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not Path(PROGRAM).exists(),
        reason="no Chromium: install the Debian package chromium-headless-shell",
    ),
    pytest.mark.parametrize("database", ["sqlite"], indirect=True),
]


def jpeg(text: str) -> bytes:
    """Draw a photo that says which it is."""
    picture = np.full((240, 320, 3), 200, np.uint8)
    cv2.putText(picture, text[-12:], (10, 120), cv2.FONT_HERSHEY_SIMPLEX, 1, (0, 0, 0))
    return cv2.imencode(".jpg", picture)[1].tobytes()


@contextmanager
def opened(browser: Browser, county: CountyServer, width_px: int) -> Iterator[Page]:
    """Yield a page of somebody who knows the password; nothing may go wrong in it."""
    context = browser.new_context(
        viewport={"width": width_px, "height": 900},
        http_credentials={"username": "", "password": PASSWORD},
        base_url=f"http://127.0.0.1:{county.port}",
    )
    page = context.new_page()
    trouble: list[str] = []
    page.on("console", lambda message: trouble.append(message.text))
    page.on("pageerror", lambda error: trouble.append(str(error)))
    yield page
    assert trouble == []
    context.close()


@pytest.mark.parametrize("width_px", [1440, 360])
def test_pages_fit_and_photos_load(
    browser: Browser, county: CountyServer, station: Station, source: FakeSource, width_px: int
) -> None:
    source.picture = jpeg
    check = source.check()
    source.check(worker="w-" + "a-very-long-name-" * 3)
    station.drain(county.port)
    with opened(browser, county, width_px) as page:
        page.goto("/")
        page.get_by_role("link", name="一车间班前站").click()
        assert page.evaluate("document.documentElement.scrollWidth") <= width_px
        page.get_by_role("link", name="2026-11-24 白班").last.click()
        assert page.url.endswith(check)
        page.get_by_text("日志里的 14 条记录").click()
        assert page.evaluate("document.documentElement.scrollWidth") <= width_px
        for photo in page.get_by_role("img", name="的照片").all():
            photo.scroll_into_view_if_needed()
        page.wait_for_function("[...document.images].every(image => image.naturalWidth > 0)")
        assert len(page.get_by_role("img", name="的照片").all()) == 4


@pytest.mark.parametrize("width_px", [1440, 360])
def test_an_alarm_is_acknowledged(
    browser: Browser, county: CountyServer, station: Station, source: FakeSource, width_px: int
) -> None:
    source.sign_head(station.identity)  # of an empty journal: no head that can be signed
    station.drain(county.port)
    with opened(browser, county, width_px) as page:
        page.goto("/")
        page.get_by_role("link", name="一车间班前站").click()
        assert page.evaluate("document.documentElement.scrollWidth") <= width_px
        page.get_by_label("姓名").fill("赵六")
        page.get_by_label("查明的情况和处理").fill("试机时的签名，已核实")
        page.get_by_role("button", name="确认已知晓").click()
        page.get_by_text("处理过的报警").click()
        expect(page.get_by_text("赵六：试机时的签名，已核实")).to_be_visible()
        expect(page.get_by_text("⚠")).to_have_count(0)
        assert page.evaluate("document.documentElement.scrollWidth") <= width_px
