"""A desk with its pages served, and a real browser in front of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.review.windows import PHONE, OpenPage
from tests.fakes.chromium import sign_in
from tests.fakes.desk import PASSWORD, SUPERVISOR, Desk, a_desk


@pytest.fixture(scope="module")
def picture(browser: Browser) -> bytes:
    """A real JPEG, as wide and high as the station's photos."""
    page = browser.new_page(viewport={"width": 640, "height": 360})
    page.set_content("<body style='background:linear-gradient(90deg,#456,#fc0)'>")
    jpeg = page.screenshot(type="jpeg")
    page.close()
    return jpeg


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with a_desk(tmp_path, poll_ms=100) as desk:
        yield desk


@pytest.fixture
def open_page(browser: Browser, desk: Desk) -> Iterator[OpenPage]:
    """Open a page, signed in, in a window of this size; whatever the browser complains of fails the
    test.
    """
    complaints: list[str] = []
    contexts = []

    def opened(path: str = "/", size: tuple[int, int] = PHONE, **options: Any) -> Page:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, locale="zh-CN", **options
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda said: complaints.append(said.text) if "Content Security" in said.text else None,
        )
        sign_in(page, desk.url, SUPERVISOR, PASSWORD)
        if path != "/":
            page.goto(desk.url + path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []
