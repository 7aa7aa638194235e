"""The emergency page in a real browser: opened from the disk with no station, and held ready behind
the live page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Frame, FrameLocator, Page, Request, expect

from devices.voice import Clip
from kiosk.flow.door import Door
from kiosk.flow.emergency import cards_for
from kiosk.model.content import Sign
from tests.browser.touch.test_screens import LOOK, wordy
from tests.fakes.pages import Screens, at, put, showing
from tests.fakes.ports import free_port
from tests.fakes.screen import a_screen
from tests.fakes.stages import the_door
from tests.fakes.station import FakeStation
from tests.fakes.tones import tones
from tests.unit.ui.test_screens import TEXTS
from ui.touch.emergency_page import emergency_page

pytestmark = pytest.mark.browser

SIZES = ((800, 480), (1024, 600), (1280, 800), (600, 1024))
LEAST_STEP_PX = 40
SPOKEN = """() => {
    window.begun = [];
    window.lines = [];
    new MutationObserver((changes) => window.lines.push(...changes
        .filter(({ target }) => target.hasAttribute("data-js-current"))
        .map(({ target }) => Number(target.dataset.line)))
    ).observe(document.body, { subtree: true, attributeFilter: ["data-js-current"] });
    const start = AudioBufferSourceNode.prototype.start;
    AudioBufferSourceNode.prototype.start = function (at) {
        window.begun.push([at, this.buffer.duration]);
        return start.call(this, at);
    };
}"""
"""Notes the lines as they are marked, and when each sound begins and how long it is."""


class Alone:
    """Pages opened from the file, as the browser opens it before there is a station."""

    def __init__(self, browser: Browser, folder: Path) -> None:
        self.browser = browser
        self.file = folder / "emergency.html"
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}/"
        self.complaints: list[str] = []
        self.write()

    def write(
        self, clip: Callable[[str], Clip | None] = lambda _text: None, door: Door | None = None
    ) -> None:
        page = emergency_page(door or the_door(), TEXTS, clip, "一号车间东门", self.url)
        self.file.write_bytes(page.whole())

    def open(self, size: tuple[int, int] = (1024, 600), **options: Any) -> Page:
        usual = {"reduced_motion": "reduce", "has_touch": True, "locale": "zh-CN"}
        viewport = {"width": size[0], "height": size[1]}
        page = self.browser.new_context(viewport=viewport, **(usual | options)).new_page()  # type: ignore[arg-type]
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.goto(self.file.as_uri())
        return page


@pytest.fixture
def alone(browser: Browser, tmp_path: Path) -> Iterator[Alone]:
    alone = Alone(browser, tmp_path)
    yield alone
    for context in browser.contexts:
        context.close()
    assert alone.complaints == []


Place = Page | FrameLocator


def press(place: Place, name: str) -> None:
    """Press a button once the page takes touches."""
    place.locator("#kiosk[data-js-armed]").wait_for(state="attached")
    place.get_by_role("button", name=name, exact=True).tap()


def titles_of(sign: Sign) -> list[str]:
    return [card.title for card in cards_for(the_door(), None, sign).values()]


class TestWithNoStation:
    @pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
    def test_all_of_it_can_be_read_and_touched(self, alone: Alone, size: tuple[int, int]) -> None:
        page = alone.open(size)
        found = {"starting": page.locator("#kiosk").evaluate(LOOK)}
        press(page, "应急")
        found["signs"] = page.locator("#kiosk").evaluate(LOOK)
        for sign in Sign:
            press(page, TEXTS.say(f"sign.{sign}"))
            expect(page.get_by_role("heading")).to_have_text(titles_of(sign)[0])
            found[sign] = page.locator("#kiosk").evaluate(LOOK)
            steps = page.locator(".actions li").evaluate_all(
                "(all) => all.map((step) => parseFloat(getComputedStyle(step).fontSize))"
            )
            assert min(steps) >= LEAST_STEP_PX, (sign, steps)
            press(page, "返回")
        press(page, "没事")
        expect(page.get_by_role("heading")).to_have_text("正在启动，请稍等")
        assert {name: what for name, what in found.items() if what} == {}

    def test_the_other_cards_of_a_sign_are_one_touch_away(self, alone: Alone) -> None:
        page = alone.open()
        press(page, "应急")
        press(page, "流血断指")
        first, second, *_ = titles_of(Sign.BLEEDING)
        press(page, second)
        expect(page.get_by_role("heading")).to_have_text(second)
        press(page, first)
        expect(page.get_by_role("heading")).to_have_text(first)

    def test_a_card_too_long_for_the_screen_is_turned_to_by_finger(self, alone: Alone) -> None:
        alone.write(door=wordy(the_door()))
        page = alone.open((800, 480))
        press(page, "应急")
        press(page, "触电")
        last = page.locator(".actions li").last
        expect(last).to_be_hidden()
        for _ in range(8):
            if not last.is_visible():
                page.locator(".card").tap()
        expect(last).to_be_visible()

    def test_the_same_finger_does_not_open_what_it_has_brought(self, alone: Alone) -> None:
        page = alone.open()
        page.locator("#kiosk[data-js-armed]").wait_for(state="attached")
        page.evaluate(
            """() => [1, 2].forEach(() => document.querySelector("[data-touch]").dispatchEvent(
            new PointerEvent("pointerdown", { isPrimary: true, bubbles: true })))"""
        )
        expect(page.get_by_role("heading")).to_have_text("出了什么事？")

    def test_after_half_a_minute_it_says_whom_to_see(self, alone: Alone) -> None:
        page = alone.open()
        page.clock.install()
        page.reload()
        expect(page.locator(".see")).to_be_hidden()
        page.clock.fast_forward(29_000)
        expect(page.locator(".see")).to_be_hidden()
        page.clock.fast_forward(3_000)
        expect(page.locator(".see")).to_be_visible()
        expect(page.locator(".see")).to_have_text("请找班组长")


class TestItsVoice:
    def test_a_card_is_said_line_by_line_and_said_again(self, alone: Alone, tmp_path: Path) -> None:
        alone.write(tones(tmp_path, lasts_s=0.2, lead_s=0.1))
        page = alone.open()
        page.evaluate(SPOKEN)
        press(page, "应急")
        press(page, "触电")
        steps = page.locator(".actions li").count()
        page.wait_for_function("(steps) => window.begun.length === 2 + steps", arg=steps)
        expect(page.locator("[data-js-current]")).to_have_count(0)
        assert page.evaluate("window.lines") == [*range(steps)]
        of_card = page.evaluate("window.begun")[-steps:]
        pauses = [later[0] - (sooner[0] + sooner[1]) for sooner, later in pairwise(of_card)]
        assert min(pauses) > 0.2
        page.locator("[data-replay]").tap()
        page.wait_for_function("(steps) => window.lines.length === 2 * steps", arg=steps)

    def test_without_sound_the_lines_are_marked_all_the_same(self, alone: Alone) -> None:
        page = alone.open()
        page.evaluate(SPOKEN)
        press(page, "应急")
        press(page, "触电")
        page.wait_for_function("() => window.lines.length === 2")
        assert page.evaluate("window.lines") == [0, 1]


class TestGoingOn:
    def test_it_goes_on_to_a_station_that_answers(self, alone: Alone, station: FakeStation) -> None:
        page = alone.open()
        expect(page.get_by_role("heading")).to_have_text("正在启动，请稍等")
        with a_screen(station, port=alone.port):
            page.wait_for_url(alone.url)
            expect(page.get_by_role("heading", name="请刷卡")).to_be_visible()
            page.close()

    def test_it_does_not_go_from_under_what_is_open(
        self, alone: Alone, station: FakeStation
    ) -> None:
        page = alone.open()
        press(page, "应急")
        with a_screen(station, port=alone.port):
            with page.expect_response("**/healthz"):
                pass
            press(page, "着火")
            with page.expect_response("**/healthz"):
                pass
            expect(page.get_by_role("heading")).to_have_text(titles_of(Sign.FIRE)[0])
            press(page, "返回")
            press(page, "没事")
            page.wait_for_url(alone.url)
            page.close()


def held(page: Page) -> FrameLocator:
    return page.frame_locator("#away iframe:not([hidden])")


def frame_of(page: Page) -> Frame:
    return next(frame for frame in page.frames if frame.url.endswith("/emergency.html"))


def is_page(asked: Request) -> bool:
    return urlsplit(asked.url).path == "/emergency.html"


def ready(page: Page) -> None:
    """Wait until the page holds the emergency page."""
    page.locator("#away iframe:not([hidden])").wait_for(state="attached")


class TestBehindTheLivePage:
    def test_a_station_that_is_gone_leaves_it(self, station: FakeStation, browser: Browser) -> None:
        port = free_port()
        screens = Screens(browser, port)
        with a_screen(station, port=port):
            page = showing(screens.open(), station)
            ready(page)
            expect(page.locator("#away")).to_be_hidden()
        away = held(page)
        expect(away.get_by_role("heading")).to_have_text("正在连接，请稍等")
        press(away, "应急")
        press(away, "触电")
        expect(away.get_by_role("heading")).to_have_text("触电")
        with a_screen(station, port=port):
            put(station, "choosing-works")
            showing(page, station)
            expect(away.get_by_role("heading")).to_have_text("触电")
            press(away, "返回")
            press(away, "没事")
            expect(page.locator("#away")).to_be_hidden()
            expect(page.get_by_role("heading", name="今天有危险作业吗？")).to_be_visible()
            screens.close()
        assert screens.complaints == []

    def test_a_station_that_does_not_answer_leaves_it(
        self, station: FakeStation, screens: Screens
    ) -> None:
        put(station, "choosing-works")
        page = at(screens.open(), station)
        ready(page)
        with station.held():
            page.get_by_role("button", name="没有危险作业").tap()
            page.get_by_role("button", name="应急").tap()
            expect(held(page).get_by_role("heading")).to_have_text("出了什么事？")
            press(held(page), "着火")
            expect(held(page).get_by_role("heading")).to_have_text(titles_of(Sign.FIRE)[0])

    def test_one_voice_at_a_time(
        self, station: FakeStation, browser: Browser, tmp_path: Path
    ) -> None:
        port = free_port()
        screens = Screens(browser, port)
        put(station, "calling")
        with a_screen(station, port=port):
            page = showing(screens.open(), station)
            ready(page)
        away = held(page)
        press(away, "应急")
        with a_screen(station, port=port):
            showing(page, station)
            expect(page.locator(".beat[data-js-current]")).to_have_count(0)
            press(away, "没事")
            expect(page.locator(".beat.think[data-js-current]")).to_be_visible()
            screens.close()

    def test_other_content_is_held_after_a_while_and_the_same_is_not_fetched_again(
        self, station: FakeStation, browser: Browser, tmp_path: Path
    ) -> None:
        alone = Alone(browser, tmp_path)
        screens = Screens(browser, alone.port)
        with a_screen(station, port=alone.port, emergency=alone.file):
            page = screens.open()
            page.clock.install()
            page.reload()
            ready(page)
            asked: list[str] = []

            def note(each: Request) -> None:
                if is_page(each):
                    asked.append(f"{each.method} {urlsplit(each.url).path}")

            page.on("request", note)
            with page.expect_request("**/emergency.html"):
                page.clock.fast_forward(61_000)
            alone.write(tones(tmp_path, lasts_s=0.1))
            with page.expect_request(lambda each: is_page(each) and each.method == "GET"):
                page.clock.fast_forward(61_000)
            expect(page.locator("#away iframe")).to_have_count(1)
            ready(page)
            assert '"data":' in (frame_of(page).locator("#sounds").text_content() or "")
            assert asked == [*["HEAD /emergency.html"] * 2, "GET /emergency.html"]
            screens.close()
