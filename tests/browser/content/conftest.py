"""A station, its screen and the supervisor's pages, with real browsers in front of both."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.review.windows import PHONE
from tests.fakes.chromium import sign_in
from tests.fakes.office import PASSWORD, SUPERVISOR, Office, an_office
from tests.fakes.running import SIMULATED


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with an_office(tmp_path / "data", camera=SIMULATED) as office:
        yield office


@pytest.fixture
def page(browser: Browser, office: Office) -> Iterator[Page]:
    """The pages on a phone, signed in; whatever the browser complains of fails the test."""
    complaints: list[str] = []
    context = browser.new_context(
        viewport={"width": PHONE[0], "height": PHONE[1]}, locale="zh-CN", has_touch=True
    )
    page = context.new_page()
    page.set_default_timeout(15_000)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda said: complaints.append(said.text) if "Content Security" in said.text else None,
    )
    sign_in(page, office.url, SUPERVISOR, PASSWORD)
    yield page
    context.close()
    assert complaints == []
