"""Forms in a real browser: the paper is seen before it is printed, and 补录 asks for a reason only
where one is due.
"""

from __future__ import annotations

import pytest

from kiosk.model.content import Part
from tests.browser.review.windows import DESK, PHONE, OpenPage
from tests.fakes.desk import Desk

pytestmark = pytest.mark.browser


def test_the_preview_holds_the_pdf(open_page: OpenPage, desk: Desk) -> None:
    page = open_page("/forms/privacy", DESK)
    with page.expect_response(lambda answer: answer.url.endswith("/forms/privacy/pdf")) as caught:
        page.reload()
    assert caught.value.headers["content-type"] == "application/pdf"
    assert page.locator("iframe.paper").is_visible()


def test_a_phone_is_led_to_the_pdf_itself(open_page: OpenPage, desk: Desk) -> None:
    page = open_page("/forms/privacy", PHONE)
    assert not page.locator("iframe.paper").is_visible()
    assert page.locator("a.go").get_attribute("href") == "/forms/privacy/pdf"
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


def test_a_reason_is_asked_for_where_one_is_due(open_page: OpenPage, desk: Desk) -> None:
    page = open_page("/papers/new", PHONE)
    reasons = page.locator("select[name^=reason_]")
    assert not any(reasons.nth(index).is_visible() for index in range(reasons.count()))
    for part in Part:
        page.check(f"[name=answer_{part}][value=ok]", force=True)
    page.check("[name=answer_tools][value=not_ok]", force=True)
    assert [
        page.locator(f"[name=reason_tools_{why}]").is_visible()
        for why in ("not_ok", "not_applicable")
    ] == [
        True,
        False,
    ]
    page.select_option("[name=worker]", "A001")
    page.select_option("[name=post]", "press")
    page.select_option("[name=reason_tools_not_ok]", "broken")
    page.check("[name=cause][value=power]", force=True)
    page.fill("[name=kept_at]", "安全科3号柜")
    page.click(".enter button.go")
    page.wait_for_url("**/papers/*-*")
    assert page.locator(".stamp").first.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
