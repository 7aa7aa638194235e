"""The touch screen in a real browser: several tabs, fingers, pages, and a station that goes
away.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from kiosk.flow import touches as t
from tests.browser.touch.test_screens import wordy
from tests.fakes.pages import Screens, at, put, showing
from tests.fakes.screen import a_screen
from tests.fakes.stages import the_door
from tests.fakes.station import FakeDemo, FakeStation
from tests.fakes.waiting import until
from ui.touch.streams import MOST_STREAMS

pytestmark = pytest.mark.browser


def press(button: Locator) -> None:
    """Put a finger on it and take it off, without waiting for anything."""
    button.evaluate(
        """(button) => ["pointerdown", "pointerup"].forEach((kind) =>
        button.dispatchEvent(
            new PointerEvent(kind, { isPrimary: true, bubbles: true, pointerId: 1 })))"""
    )


def words(page: Page) -> str:
    return page.locator("main").inner_text()


class TestOneStateEverywhere:
    def test_a_second_tab_and_a_reload_show_the_same_at_once(
        self, station: FakeStation, screens: Screens
    ) -> None:
        put(station, "asking")
        first, second = screens.open(), screens.open()
        assert words(showing(first, station)) == words(showing(second, station))
        first.reload()
        assert words(showing(first, station)) == words(second)

    def test_without_scripts_the_first_paint_is_the_present_screen(
        self, station: FakeStation, screens: Screens
    ) -> None:
        put(station, "refused-expired")
        page = screens.open(java_script_enabled=False)
        expect(page.get_by_role("heading", name="不能上岗")).to_be_visible()
        expect(page.locator("#kiosk")).to_have_css("background-color", "rgb(157, 3, 18)")

    def test_a_touch_in_one_tab_moves_the_other(
        self, station: FakeStation, screens: Screens
    ) -> None:
        put(station, "choosing-works")
        first, second = screens.open(), screens.open()
        at(first, station).get_by_role("button", name="没有危险作业").tap()
        expect(second.locator("main.asking")).to_be_visible()

    def test_a_station_that_is_gone_shows_no_green(
        self, station: FakeStation, browser: Browser
    ) -> None:
        put(station, "passed")
        with a_screen(station) as port:
            screens = Screens(browser, port)
            page = showing(screens.open(), station)
            expect(page.locator("#kiosk")).to_have_css("background-color", "rgb(22, 196, 95)")
        expect(page.locator("#away")).to_be_visible()
        expect(page.locator("#away")).to_have_css("background-color", "rgb(13, 23, 34)")
        screens.close()

    def test_one_page_too_many_waits_for_its_place(
        self, station: FakeStation, screens: Screens
    ) -> None:
        pages = [showing(screens.open(), station) for _ in range(MOST_STREAMS)]
        late = screens.open()
        expect(late.locator("#away")).to_be_visible()
        pages[0].close()
        expect(late.locator("#away")).to_be_hidden(timeout=15_000)
        showing(late, station)


class TestFingers:
    def test_a_press_is_seen_before_it_is_answered(
        self, station: FakeStation, screens: Screens
    ) -> None:
        put(station, "choosing-works")
        page = at(screens.open(), station)
        button = page.get_by_role("button", name="没有危险作业")
        with station.held():
            press(button)
            expect(button).to_have_attribute("data-js-pressed", "")
            expect(button).not_to_have_css("filter", "none")

    def test_a_double_tap_counts_once(self, station: FakeStation, screens: Screens) -> None:
        put(station, "choosing-works")
        page = at(screens.open(), station)
        button = page.get_by_role("button", name="没有危险作业")
        button.evaluate(
            """(button) => { for (let tap = 0; tap < 3; tap++)
            button.dispatchEvent(
                new PointerEvent("pointerdown", { isPrimary: true, bubbles: true })); }"""
        )
        expect(page.locator("main.asking")).to_be_visible()
        assert station.touched == [t.Go()]

    def test_the_second_tap_does_not_land_on_the_next_screen(
        self, station: FakeStation, screens: Screens
    ) -> None:
        put(station, "answering")
        page = screens.open()
        page.clock.install()
        page.reload()
        at(page, station)
        page.clock.pause_at(page.evaluate("Date.now()") + 1_000)  # a busy machine taps too late
        press(page.get_by_role("button", name="符合", exact=True))
        expect(page.locator("main[data-phase=listening]")).to_be_visible()
        press(page.get_by_role("button", name="现在拍"))
        page.clock.resume()
        at(page, station)
        assert [type(touch) for touch in station.touched] == [t.Confirm]

    def test_a_palm_beside_the_finger_does_nothing(
        self, station: FakeStation, screens: Screens
    ) -> None:
        put(station, "choosing-works")
        page = at(screens.open(), station)
        button = page.get_by_role("button", name="没有危险作业")
        button.dispatch_event("pointerdown", {"isPrimary": False, "bubbles": True, "pointerId": 2})
        press(page.locator("main"))
        press(button)
        expect(page.locator("main.asking")).to_be_visible()
        assert station.touched == [t.Go()]

    def test_a_keyboard_does_what_a_finger_does(
        self, station: FakeStation, screens: Screens
    ) -> None:
        put(station, "choosing-works")
        page = at(screens.open(), station)
        page.get_by_role("button", name="没有危险作业").press("Enter")
        expect(page.locator("main.asking")).to_be_visible()

    @pytest.mark.parametrize("name", ["waiting", "calling", "signing", "passed", "stopping"])
    def test_emergency_is_one_touch_away(
        self, station: FakeStation, screens: Screens, name: str
    ) -> None:
        put(station, name)
        page = at(screens.open(), station)
        page.locator(".emergency-button").tap()
        expect(page.locator("main.emergency")).to_be_visible()


class TestPages:
    def test_more_is_turned_to_by_finger(self, station: FakeStation, screens: Screens) -> None:
        station.door = wordy(the_door())
        put(station, "emergency-card")
        page = at(screens.open((800, 480)), station)
        last = page.locator(".actions li").last
        expect(last).to_be_hidden()
        for _ in range(8):
            if not last.is_visible():
                page.locator(".card").tap()
        expect(last).to_be_visible()


class TestDemo:
    @pytest.mark.parametrize("size", [(1280, 800), (1024, 768), (800, 480), (720, 1280)])
    def test_the_drawer_lies_over_the_screen_and_takes_nothing_from_it(
        self, station: FakeStation, browser: Browser, size: tuple[int, int]
    ) -> None:
        with a_screen(station, FakeDemo()) as port:
            screens = Screens(browser, port)
            page = showing(screens.open(size), station)
            inside = page.locator(".drawer .inside")
            whole = {"x": 0, "y": 0, "width": size[0], "height": size[1]}
            for _ in range(2):
                assert page.locator("#kiosk").bounding_box() == whole
                out = inside.is_visible()
                page.locator(".handle").click()
                assert inside.is_visible() is not out
            if inside.is_visible():
                asked, drawer = page.locator("h1").bounding_box(), inside.bounding_box()
                assert asked
                assert drawer
                assert asked["x"] + asked["width"] <= drawer["x"]
            screens.close()

    def test_who_uses_the_screen_sees_all_of_it_and_the_handle_covers_nothing(
        self, station: FakeStation, browser: Browser
    ) -> None:
        with a_screen(station, FakeDemo()) as port:
            screens = Screens(browser, port)
            page = showing(screens.open((1280, 800)), station)
            inside = page.locator(".drawer .inside")
            expect(inside).to_be_visible()
            for name in ("choosing-works", "answering", "emergency", "passed"):
                put(station, name)
                expect(showing(page, station).locator(".drawer .inside")).to_be_hidden()
                handle = page.locator(".handle").bounding_box()
                assert handle
                for button in page.locator("#kiosk button").all():
                    box = button.bounding_box()
                    assert box is None or box["x"] + box["width"] <= handle["x"], name
            put(station, "waiting")
            showing(page, station)
            expect(inside).to_be_visible()
            screens.close()

    def test_a_card_is_tapped_in_the_drawer(self, station: FakeStation, browser: Browser) -> None:
        demo = FakeDemo()
        with a_screen(station, demo) as port:
            screens = Screens(browser, port)
            page = showing(screens.open((1400, 700)), station)
            page.get_by_role("button", name="孙七").click()
            until(lambda: demo.asked)
            expect(page.locator("[data-lamp=yellow]")).to_have_attribute("data-on", "")
            page.get_by_role("button", name="打开模拟硬件").click()
            expect(page.get_by_role("button", name="孙七")).to_be_hidden()
            screens.close()
        assert demo.asked == [("tap", "A005")]
        assert screens.complaints == []
