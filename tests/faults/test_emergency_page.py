"""The emergency page of a station that was killed, in a real browser: from the disk, and behind the
live page.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.fakes.waiting import until
from tests.faults.door import Door

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1024, "height": 600}, has_touch=True)
    yield context.new_page()
    context.close()


def test_a_card_opens_whether_or_not_there_is_a_station(tmp_path: Path, page: Page) -> None:
    door = Door(tmp_path / "door")
    file = door.data / "emergency" / "emergency.html"
    try:
        door.start()
        until(file.exists)
        page.goto(file.as_uri())
        page.wait_for_url(door.url + "/")
        page.locator("#away iframe:not([hidden])").wait_for(state="attached")

        door.kill()
        away = page.frame_locator("#away iframe:not([hidden])")
        away.locator("#kiosk[data-js-armed]").get_by_role("button", name="应急").tap()
        away.locator("#kiosk[data-js-armed]").get_by_role("button", name="触电").tap()
        expect(away.get_by_role("heading")).to_have_text("触电")

        alone = page.context.new_page()
        alone.goto(file.as_uri())
        alone.locator("#kiosk[data-js-armed]").get_by_role("button", name="应急").tap()
        alone.locator("#kiosk[data-js-armed]").get_by_role("button", name="着火").tap()
        expect(alone.locator(".actions li")).to_have_count(5)
        alone.close()

        door.start()
        page.locator("#kiosk[data-template='waiting']").wait_for(state="attached")
        away.locator("#kiosk[data-js-armed]").get_by_role("button", name="返回").tap()
        away.locator("#kiosk[data-js-armed]").get_by_role("button", name="没事").tap()
        expect(page.get_by_role("heading", name="请刷卡")).to_be_visible()
        expect(page.locator("#away")).to_be_hidden()
        page.close()
    finally:
        door.close()
