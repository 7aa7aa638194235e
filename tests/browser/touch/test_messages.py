"""Messages in a real browser: a line of their own, over nothing, gone by themselves, and no finger
is lost to one.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from kiosk.flow import inputs as i
from kiosk.flow import touches as t
from tests.fakes.pages import Screens, at, put, showing
from tests.fakes.stages import BLOCKED, CIRCUMSTANCES, WELDER
from tests.fakes.station import FakeStation
from tests.fakes.visit import Visit
from tests.fakes.waiting import until

pytestmark = pytest.mark.browser

SIZES = ((800, 480), (1024, 600), (1024, 768), (720, 1280), (600, 1024))
MISREAD = "没读到，请再刷一次"
SCREENS_IN_USE = (
    *("choosing-works", "permit-number", "asking", "calling-ready", "answering"),
    *("reasoning-not-ok", "signing", "gathering", "refused-expired", "passed"),
)

PLACES = """() => [...document.querySelectorAll(
        "main, footer, .button, main h1, main [data-line], .target, .paper, .view")]
    .map((part) => [part.className, JSON.stringify(part.getBoundingClientRect())].join(" "))"""
"""Where everything is that a finger may be on its way to."""


WHOLE = """(line) => line.scrollWidth <= line.clientWidth + 1
    && line.scrollHeight <= line.clientHeight + 1"""


def misread(visit: Visit) -> None:
    visit.put(i.CardMisread(visit.now_s, "misread"))


def box(page: Page, what: str) -> tuple[float, float, float, float]:
    found = page.locator(what).bounding_box()
    assert found
    return found["x"], found["y"], found["x"] + found["width"], found["y"] + found["height"]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("trouble", [False, True], ids=["a notice", "a trouble of the disk"])
def test_a_message_moves_nothing_and_lies_over_nothing(
    station: FakeStation, screens: Screens, size: tuple[int, int], trouble: bool
) -> None:
    page = screens.open(size)
    for name in SCREENS_IN_USE:
        put(station, name)
        before = showing(page, station).evaluate(PLACES)
        if trouble:
            station.change(**CIRCUMSTANCES["trouble"])
        else:
            station.do(misread)
        message = showing(page, station).locator(".message")
        expect(message).to_be_visible()
        assert page.evaluate(PLACES) == before, name
        left, top, right, bottom = box(page, ".message")
        assert 0 <= left < right <= size[0], name
        assert 0 <= top < bottom, name
        # A screen that has just come moves to its place first.
        until(lambda: box(page, ".message")[3] <= box(page, "main")[1] + 0.5)
        assert message.evaluate(WHOLE), name
        expect(message).to_have_css("pointer-events", "none")


def test_a_notice_is_gone_after_its_time_and_does_not_come_back(
    station: FakeStation, screens: Screens
) -> None:
    put(station, "calling-too-soon")
    page = showing(screens.open(), station)
    notice = page.locator(".notice")
    expect(notice).to_have_text("别急，看清楚、指准确")
    station.do(lambda visit: visit.wait(visit.door.timings.notice_s))
    expect(notice).to_have_count(0)
    page.reload()
    expect(showing(page, station).locator(".notice")).to_have_count(0)


def test_the_same_notice_twice_is_shown_its_whole_time_again(
    station: FakeStation, screens: Screens
) -> None:
    put(station, "calling")
    page = showing(screens.open(), station)
    long_s = station.door.timings.notice_s
    for _ in range(2):
        station.do(misread)
        station.do(lambda visit: visit.wait(long_s - 0.5))
        station.change()
        expect(showing(page, station).locator(".notice")).to_have_text(MISREAD)
    station.do(lambda visit: visit.wait(0.5))
    expect(page.locator(".notice")).to_have_count(0)


def test_at_rest_a_misread_stands_where_the_card_was_asked_for(
    station: FakeStation, screens: Screens
) -> None:
    put(station, "waiting")
    page = showing(screens.open(), station)
    station.do(misread)
    asked = page.get_by_role("heading")
    expect(asked).to_have_text(MISREAD)
    station.do(lambda visit: visit.wait(visit.door.timings.notice_s))
    expect(asked).to_have_text("请刷卡")


@pytest.mark.parametrize("other", [misread, lambda visit: visit.badge(BLOCKED)])
def test_a_finger_that_is_down_when_a_notice_comes_still_counts(
    station: FakeStation, screens: Screens, other: object
) -> None:
    put(station, "choosing-works")
    page = at(screens.open(), station)
    assert callable(other)
    station.do(other)
    expect(page.locator(".notice")).to_be_visible()
    assert page.locator("#kiosk[data-js-armed]").count() == 1
    page.get_by_role("button", name="没有危险作业").tap()
    expect(page.locator("main.asking")).to_be_visible()


def test_a_touch_on_its_way_when_it_is_asked_whether_somebody_is_there_counts(
    station: FakeStation, screens: Screens
) -> None:
    put(station, "choosing-works")
    page = at(screens.open(), station)
    with station.held():
        page.get_by_role("button", name="没有危险作业").tap(no_wait_after=True)
        station.visit.wait(station.door.timings.warn_s)
        assert station.visit.state.warned
    expect(page.locator("main.asking")).to_be_visible()
    expect(page.locator(".asks")).to_have_count(0)
    assert station.touched == [t.Go()]


def test_a_touch_goes_through_the_line_of_messages(station: FakeStation, screens: Screens) -> None:
    put(station, "calling-missed")
    page = showing(screens.open(), station)
    left, top, right, bottom = box(page, ".notice")
    under = page.evaluate(
        "([x, y]) => document.elementFromPoint(x, y).closest('.notice') === null",
        [(left + right) / 2, (top + bottom) / 2],
    )
    assert under


def test_news_goes_by_itself_and_its_place_stays(station: FakeStation, screens: Screens) -> None:
    put(station, "proposal-adopted")
    page = screens.open()
    page.clock.install()
    page.reload()
    news = showing(page, station).locator(".news")
    expect(news).to_be_visible()
    before = page.evaluate(PLACES)
    page.clock.fast_forward(round(station.door.timings.news_s * 1000) + 500)
    expect(news).to_be_hidden()
    assert page.evaluate(PLACES) == before


def test_what_a_notice_interrupted_is_said_to_its_end(
    station: FakeStation, screens: Screens
) -> None:
    station.visit = Visit(station.door)
    station.do(lambda visit: visit.badge(WELDER))
    page = showing(screens.open(), station)
    current = page.locator(".tile[data-js-current]")
    expect(current).to_have_attribute("data-line", "2", timeout=30_000)
    station.do(misread)
    showing(page, station)
    station.do(lambda visit: visit.wait(visit.door.timings.notice_s))
    expect(showing(page, station).locator(".tile[data-js-current]")).to_have_attribute(
        "data-line", "2"
    )
    until(lambda: current.count() and current.get_attribute("data-line") == "3", 30)
