"""Every page fits every window, and every finger finds what it wants."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from kiosk.model.content import Part
from kiosk.records import facts as f
from tests.browser.review.windows import DESK, LYING, PHONE, TABLET, OpenPage, a_checked_worker
from tests.fakes.desk import SUPERVISOR, Desk

pytestmark = pytest.mark.browser


def a_day_of_everything(desk: Desk, picture: bytes) -> list[str]:
    """Return the pages of a day on which everything happened that makes a page wide."""
    good = a_checked_worker(desk, picture)
    bad = desk.open_check("A002", post="welder")
    desk.record(f.WorksChosen(bad, ("hot-work",)), f.StepCalled(bad, "start", "first", 61_000, 14))
    for part in Part:
        desk.confirm(
            bad,
            part,
            f.Answer.NOT_OK,
            "broken",
            ("dark", "blurred", "same_as_before"),
            picture,
            picture,
        )
    desk.close_check(bad, f.Outcome.FAILED, tuple(f"part:{part}:broken" for part in Part))
    desk.record(f.ReviewDecided(bad, SUPERVISOR, f.Verdict.REJECTED, "https://" + "x" * 300))
    still = desk.open_check("A003")
    desk.record(f.CheckRefused("card", ("blocked:" + "转岗培训没有完成" * 9,), "A001"))
    desk.record(f.CheckRefused("card", ("certificate_missing:" + "x" * 90,), "A002"))
    desk.record(
        f.CheckRefused("card", ("unknown_card",)), f.WorkStopped("s1", "other", "A003", still)
    )
    return [
        *("/", "/?show=unreviewed", "/?show=not_passed", "/days/2026-11-23", "/nowhere"),
        *(f"/checks/{good}", f"/checks/{bad}", f"/checks/{bad}?again=1", f"/checks/{still}"),
    ]


@pytest.mark.parametrize("size", [PHONE, TABLET, LYING, DESK], ids=lambda size: f"{size[0]}px")
def test_no_page_is_wider_than_its_window(
    desk: Desk, open_page: OpenPage, picture: bytes, size: tuple[int, int]
) -> None:
    paths = a_day_of_everything(desk, picture)
    page = open_page(size=size)
    for path in paths:
        page.goto(desk.url + path)
        page.evaluate(
            "for (const details of document.querySelectorAll('details')) details.open = true"
        )
        wide = page.evaluate(
            """() => [...document.querySelectorAll("body *")]
            .filter(node => node.getBoundingClientRect().right > innerWidth + 0.5)
            .filter(node => node.checkVisibility())
            .map(node => `${node.tagName}.${node.getAttribute("class")}`)"""
        )
        assert wide == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0], path


def test_whatever_is_touched_on_a_phone_is_large_enough(
    desk: Desk, open_page: OpenPage, picture: bytes
) -> None:
    paths = a_day_of_everything(desk, picture)
    page = open_page()
    for path in paths:
        page.goto(desk.url + path)
        page.evaluate(
            "for (const details of document.querySelectorAll('.comment')) details.open = true"
        )
        small = page.evaluate(
            """() => [...document.querySelectorAll("main a, button, summary, .chip, textarea")]
            .filter(node => node.checkVisibility() && node.getBoundingClientRect().height < 44)
            .filter(node => !node.matches(".tally summary")) // its whole card takes the touch
            .map(node => node.outerHTML.slice(0, 80))"""
        )
        assert small == [], path


@pytest.mark.parametrize("size", [PHONE, LYING], ids=lambda size: f"{size[0]}px")
def test_the_buttons_under_a_large_photo_are_in_sight_while_the_reason_is_given(
    desk: Desk, open_page: OpenPage, picture: bytes, size: tuple[int, int]
) -> None:
    check = a_checked_worker(desk, picture)
    page = open_page(f"/checks/{check}", size)
    page.get_by_label("放大工具装备照片").click()
    dialog = page.locator("dialog[open]")
    dialog.locator(".reject").click()
    expect(dialog.get_by_text("请选择或写明不合格的原因")).to_be_visible()
    for button in (dialog.locator(".reject"), dialog.locator(".accept")):
        expect(button).to_be_in_viewport(ratio=1)
    expect(dialog.locator(".picture img")).to_be_in_viewport(ratio=1)


def test_a_tablet_lying_on_its_side_shows_all_photos_and_answers_above_the_verdict(
    desk: Desk, open_page: OpenPage, picture: bytes
) -> None:
    page = open_page(f"/checks/{a_checked_worker(desk, picture)}", LYING)
    top = page.locator(".judge").bounding_box()
    assert top
    for answer in page.locator(".photo figcaption > div").all():
        box = answer.bounding_box()
        assert box
        assert box["y"] + box["height"] <= top["y"]
