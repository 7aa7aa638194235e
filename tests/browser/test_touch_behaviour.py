"""The touch screen in a real browser: fingers, voices, several tabs, and a station that goes away and comes back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from devices.supervised import Offline
from devices.voice import simulated
from kiosk.flow import inputs as i
from kiosk.flow import state as s
from kiosk.model.facts import CheckSigned
from tests.fakes import stages
from tests.fakes.pages import (
    MAY_SPEAK,
    WITH_LOUDSPEAKER,
    Screens,
    a_browser,
    another_browser,
    at,
    put,
    showing,
)
from tests.fakes.screen import a_screen, the_picture
from tests.fakes.stages import SCREENS, the_door
from tests.fakes.station import ALL_WELL, FakeDemo, FakeStation
from tests.fakes.waiting import until
from tests.unit.ui.test_screens import TEXTS
from ui.touch.screens import every_sentence
from ui.touch.streams import MOST_STREAMS

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with a_browser(MAY_SPEAK) as browser:
        yield browser


@pytest.fixture
def station(tmp_path: Path) -> FakeStation:
    return FakeStation(the_door(), the_picture(tmp_path))


@pytest.fixture
def screens(browser: Browser, station: FakeStation) -> Iterator[Screens]:
    with a_screen(station) as port:
        screens = Screens(browser, port)
        yield screens
        screens.close()
    assert screens.complaints == []


def press(button: Locator) -> None:
    """Put a finger on it and take it off, without waiting for anything."""
    button.evaluate(
        """(button) => ["pointerdown", "pointerup"].forEach((kind) =>
        button.dispatchEvent(new PointerEvent(kind, { isPrimary: true, bubbles: true, pointerId: 1 })))"""
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

    def test_a_touch_in_one_tab_moves_the_other(self, station: FakeStation, screens: Screens) -> None:
        put(station, "choosing-works")
        first, second = screens.open(), screens.open()
        at(first, station).get_by_role("button", name="没有危险作业").tap()
        expect(second.locator("main.asking")).to_be_visible()

    def test_a_station_that_is_gone_shows_no_green(self, station: FakeStation, browser: Browser) -> None:
        put(station, "passed")
        with a_screen(station) as port:
            screens = Screens(browser, port)
            page = showing(screens.open(), station)
            expect(page.locator("#kiosk")).to_have_css("background-color", "rgb(22, 196, 95)")
        expect(page.locator("#away")).to_be_visible()
        expect(page.locator("#away")).to_have_css("background-color", "rgb(13, 23, 34)")
        screens.close()

    def test_one_page_too_many_waits_for_its_place(self, station: FakeStation, screens: Screens) -> None:
        pages = [showing(screens.open(), station) for _ in range(MOST_STREAMS)]
        late = screens.open()
        expect(late.locator("#away")).to_be_visible()
        pages[0].close()
        expect(late.locator("#away")).to_be_hidden(timeout=15_000)
        showing(late, station)


class TestFingers:
    def test_a_press_is_seen_before_it_is_answered(self, station: FakeStation, screens: Screens) -> None:
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
            button.dispatchEvent(new PointerEvent("pointerdown", { isPrimary: true, bubbles: true })); }"""
        )
        expect(page.locator("main.asking")).to_be_visible()
        assert station.touched == [i.Go()]

    def test_the_second_tap_does_not_land_on_the_next_screen(
        self, station: FakeStation, screens: Screens
    ) -> None:
        put(station, "answering")
        page = at(screens.open(), station)
        press(page.get_by_role("button", name="符合", exact=True))
        expect(page.locator("main[data-phase=listening]")).to_be_visible()
        press(page.get_by_role("button", name="现在拍"))
        until(lambda: len(station.touched) == 1)
        at(page, station)
        assert [type(touch) for touch in station.touched] == [i.Confirm]

    def test_a_palm_beside_the_finger_does_nothing(self, station: FakeStation, screens: Screens) -> None:
        put(station, "choosing-works")
        page = at(screens.open(), station)
        button = page.get_by_role("button", name="没有危险作业")
        button.dispatch_event("pointerdown", {"isPrimary": False, "bubbles": True, "pointerId": 2})
        press(page.locator("main"))
        press(button)
        expect(page.locator("main.asking")).to_be_visible()
        assert station.touched == [i.Go()]

    def test_a_keyboard_does_what_a_finger_does(self, station: FakeStation, screens: Screens) -> None:
        put(station, "choosing-works")
        page = at(screens.open(), station)
        page.get_by_role("button", name="没有危险作业").press("Enter")
        expect(page.locator("main.asking")).to_be_visible()

    @pytest.mark.parametrize("name", ["waiting", "calling", "signing", "passed", "stopping"])
    def test_emergency_is_one_touch_away(self, station: FakeStation, screens: Screens, name: str) -> None:
        put(station, name)
        page = at(screens.open(), station)
        page.locator(".emergency-button").tap()
        expect(page.locator("main.emergency")).to_be_visible()


class TestPointing:
    @pytest.mark.parametrize("size", [(1024, 600), (720, 1280)], ids=["landscape", "portrait"])
    def test_a_touch_is_measured_on_the_picture(
        self, station: FakeStation, screens: Screens, size: tuple[int, int]
    ) -> None:
        put(station, "calling-ready")
        page = at(screens.open(size), station)
        spot = page.locator(".spot")
        expect(spot).to_be_visible()
        spot.evaluate("(spot) => { spot.style.pointerEvents = 'auto'; }")
        box = spot.bounding_box()
        assert box is not None
        page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        until(lambda: station.touched)
        (point,) = station.touched
        assert isinstance(point, i.Point)
        check = SCREENS["calling-ready"]().state.check
        assert check is not None
        target = the_door().posts[check.post].drill.steps[1].target
        assert target is not None
        assert (point.x, point.y) == pytest.approx((target.x, target.y), abs=0.01)
        showing(page, station)
        assert station.snapshot().state.check != check

    def test_beside_the_target_is_said_and_asked_again(self, station: FakeStation, screens: Screens) -> None:
        put(station, "calling-ready")
        page = at(screens.open(), station)
        box = page.locator(".target").bounding_box()
        assert box is not None
        page.touchscreen.tap(box["x"] + box["width"] * 0.9, box["y"] + box["height"] * 0.5)
        expect(page.locator(".notice")).to_have_text("没指准，请再指一次")

    def test_the_spot_shows_only_after_the_dwell(self, station: FakeStation, screens: Screens) -> None:
        put(station, "calling")
        page = showing(screens.open(), station)
        expect(page.locator(".spot")).to_be_hidden()
        page.clock.install()
        page.reload()
        showing(page, station)
        page.clock.fast_forward(5500)
        expect(page.locator(".spot")).to_be_visible()


class TestTheVoice:
    def test_the_beats_follow_the_voice(self, station: FakeStation, screens: Screens, tmp_path: Path) -> None:
        voice = simulated.open(simulated.Settings(cache_dir=str(tmp_path / "voice"), hanzi_s=0.08))
        voice.render(every_sentence(the_door(), TEXTS))
        station.clips = voice.clip
        put(station, "calling")
        page = screens.open()
        for beat in ("think", "look", "point", "call"):
            expect(page.locator(f".beat.{beat}[data-js-current]")).to_be_visible(timeout=15_000)
            expect(page.locator(f".says .{beat}")).to_be_visible()

    def test_clips_are_played_one_after_the_other(
        self, station: FakeStation, screens: Screens, tmp_path: Path
    ) -> None:
        voice = simulated.open(simulated.Settings(cache_dir=str(tmp_path / "voice"), hanzi_s=0.02))
        voice.render(every_sentence(the_door(), TEXTS))
        station.clips = voice.clip
        put(station, "listening")
        page = screens.open()
        played: list[str] = []
        page.on("request", lambda asked: played.append(asked.url) if "/voice/" in asked.url else None)
        page.reload()
        expect(page.locator("[data-line][data-js-said]")).to_have_count(page.locator("[data-line]").count())
        keys = [clip.key for each in _spoken(station) if (clip := voice.clip(each))]
        order = list(dict.fromkeys(url.rpartition("/")[2].removesuffix(".wav") for url in played))
        assert order == keys

    def test_the_speaker_says_it_again(self, station: FakeStation, screens: Screens) -> None:
        put(station, "calling")
        page = screens.open()
        expect(page.locator(".beat.look[data-js-current]")).to_be_visible(timeout=15_000)
        at(page, station).locator(".replay").tap()
        expect(page.locator(".beat.think[data-js-current]")).to_be_visible()
        assert station.touched == []

    def test_a_change_of_the_same_scene_does_not_begin_again(
        self, station: FakeStation, screens: Screens
    ) -> None:
        put(station, "calling")
        page = screens.open()
        expect(page.locator(".beat.look[data-js-current]")).to_be_visible(timeout=15_000)
        station.change(devices={**ALL_WELL, "camera": Offline("已断开", 0.0)})
        expect(showing(page, station).locator("#lamp-camera")).to_have_text("摄像头断开")
        expect(page.locator(".beat.look[data-js-current]")).to_be_visible()

    def test_a_browser_that_may_not_speak_asks_for_one_touch(
        self, station: FakeStation, browser: Browser, tmp_path: Path
    ) -> None:
        voice = simulated.open(simulated.Settings(cache_dir=str(tmp_path / "voice")))
        voice.render(every_sentence(the_door(), TEXTS))
        station.clips = voice.clip
        put(station, "calling")
        with a_screen(station) as port, another_browser(browser, WITH_LOUDSPEAKER) as strict:
            page = strict.new_page()
            # Whatever Playwright evaluates in a page counts as a gesture: so first the page has to try on its own.
            with page.expect_request("**/voice/*.wav"):
                page.goto(f"http://127.0.0.1:{port}/")
            expect(page.locator("#sound")).to_have_text("点击屏幕开启声音")
            page.locator("main").click()
            expect(page.locator("#sound")).to_be_hidden()

    def test_a_machine_without_a_loudspeaker_says_so_quietly(
        self, station: FakeStation, screens: Screens
    ) -> None:
        page = showing(screens.open(), station)
        expect(page.locator("#sound")).to_have_text("未检测到扬声器")


class TestSigning:
    def sign(self, page: Page) -> None:
        box = page.locator("#signature").bounding_box()
        assert box is not None
        for start in (0.2, 0.5):
            page.mouse.move(box["x"] + box["width"] * start, box["y"] + box["height"] * 0.3)
            page.mouse.down()
            for step in range(12):
                across = start + 0.02 * step
                page.mouse.move(box["x"] + box["width"] * across, box["y"] + box["height"] * 0.6)
            page.mouse.up()

    def test_strokes_with_times_are_the_record(self, station: FakeStation, screens: Screens) -> None:
        put(station, "signing")
        page = at(screens.open(), station)
        done = page.get_by_role("button", name="签好了")
        done.tap()
        assert station.touched == []
        self.sign(page)
        done.tap()
        expect(page.locator("main.passed")).to_be_visible()
        (signed,) = (fact for fact in station.visit.facts if isinstance(fact, CheckSigned))
        first, second = signed.strokes
        assert first[0] == pytest.approx(200, abs=8)
        assert first[1] == pytest.approx(120, abs=8)
        assert second[0] == pytest.approx(500, abs=8)
        times = [*first[2::3], *second[2::3]]
        assert times == sorted(times)
        assert times[0] == 0

    def test_what_is_half_written_survives_a_change_around_it(
        self, station: FakeStation, screens: Screens
    ) -> None:
        put(station, "signing")
        page = at(screens.open(), station)
        self.sign(page)
        ink = "(sheet) => sheet.getContext('2d').getImageData(0, 0, sheet.width, sheet.height).data.some(Boolean)"
        assert page.locator("#signature").evaluate(ink)
        station.change(devices={**ALL_WELL, "camera": Offline("已断开", 0.0)})
        showing(page, station)
        assert page.locator("#signature").evaluate(ink)
        at(page, station).get_by_role("button", name="重写").tap()
        assert not page.locator("#signature").evaluate(ink)

    def test_the_next_worker_gets_a_clean_sheet(self, station: FakeStation, screens: Screens) -> None:
        put(station, "signing")
        page = at(screens.open(), station)
        self.sign(page)
        put(station, "waiting")
        showing(page, station)
        put(station, "signing")
        at(page, station).get_by_role("button", name="签好了").tap()
        assert station.touched == []


class TestPictures:
    def test_what_the_camera_sees_moves_and_the_photo_stays(
        self, station: FakeStation, screens: Screens
    ) -> None:
        put(station, "listening")
        page = screens.open()
        expect(page.locator(".preview[data-js-seen]")).to_be_visible()
        first = page.locator(".preview").get_attribute("src")
        expect(page.locator(".preview")).not_to_have_attribute("src", first or "")
        put(station, "answering")
        expect(showing(page, station).locator(".photo")).to_have_js_property("complete", True)
        assert page.locator(".photo").evaluate("(photo) => photo.naturalWidth") == 640

    def test_a_camera_without_a_picture_is_told(self, station: FakeStation, screens: Screens) -> None:
        station.picture = None
        put(station, "listening")
        page = screens.open()
        expect(page.locator(".blind")).to_be_visible()
        expect(page.locator(".preview")).to_be_hidden()


class TestPages:
    def test_more_is_turned_to_by_finger(self, station: FakeStation, screens: Screens) -> None:
        put(station, "emergency")
        page = at(screens.open((800, 480)), station)
        last = page.locator(".actions li").last
        expect(last).to_be_hidden()
        for _ in range(3):
            if not last.is_visible():
                page.locator(".card").tap()
        expect(last).to_be_visible()


class TestDemo:
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


def _spoken(station: FakeStation) -> list[str]:
    from ui.touch.screens import screen

    return [utterance.text for utterance in screen(station.snapshot(), the_door(), TEXTS).speech]


def test_a_whole_check_by_finger(station: FakeStation, screens: Screens) -> None:
    page = screens.open()
    station.do(lambda visit: visit.badge(stages.WELDER))
    at(page, station).get_by_role("button", name="没有危险作业").tap()
    expect(page.locator("main.asking")).to_be_visible()
    station.do(lambda visit: visit.until(s.Signing))
    at(page, station)
    TestSigning().sign(page)
    page.get_by_role("button", name="签好了").tap()
    expect(page.get_by_text("可以上岗")).to_be_visible()
