"""Every page fits every window, and every finger finds what it wants."""

from __future__ import annotations

import pytest

from kiosk.model import facts as f
from kiosk.model.content import Part
from tests.browser.review.windows import DESK, PHONE, TABLET, OpenPage, a_checked_worker
from tests.fakes.desk import SUPERVISOR, Desk

pytestmark = pytest.mark.browser


def a_day_of_everything(desk: Desk, picture: bytes) -> list[str]:
    """Give the pages of a day on which everything happened that makes a page wide."""
    good = a_checked_worker(desk, picture)
    bad = desk.open_check("A002", post="welder")
    desk.record(f.WorksChosen(bad, ("hot-work",)), f.StepCalled(bad, "start", "first", 61_000, 14))
    for part in Part:
        desk.confirm(
            bad, part, f.Answer.NOT_OK, "broken", ("dark", "blurred", "same_as_before"), picture, picture
        )
    desk.close_check(bad, f.Outcome.FAILED, tuple(f"part:{part}:broken" for part in Part))
    desk.record(f.ReviewDecided(bad, SUPERVISOR, f.Verdict.REJECTED, "https://" + "x" * 300))
    still = desk.open_check("A003")
    return [
        *("/", "/?show=unreviewed", "/?show=not_passed", "/days/2026-11-23", "/nowhere"),
        *(f"/checks/{good}", f"/checks/{bad}", f"/checks/{bad}?again=1", f"/checks/{still}"),
    ]


@pytest.mark.parametrize("size", [PHONE, TABLET, DESK], ids=lambda size: f"{size[0]}px")
def test_no_page_is_wider_than_its_window(
    desk: Desk, open_page: OpenPage, picture: bytes, size: tuple[int, int]
) -> None:
    paths = a_day_of_everything(desk, picture)
    page = open_page(size=size)
    for path in paths:
        page.goto(desk.url + path)
        page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true")
        wide = page.evaluate(
            """() => [...document.querySelectorAll("body *")]
            .filter(node => node.getBoundingClientRect().right > innerWidth + 0.5 && node.checkVisibility())
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
        page.evaluate("for (const details of document.querySelectorAll('.comment')) details.open = true")
        small = page.evaluate(
            """() => [...document.querySelectorAll("main a, button, summary, .chip, textarea")]
            .filter(node => node.checkVisibility() && node.getBoundingClientRect().height < 44)
            .filter(node => !node.matches(".tally summary")) // the whole card around it takes the touch
            .map(node => node.outerHTML.slice(0, 80))"""
        )
        assert small == [], path
