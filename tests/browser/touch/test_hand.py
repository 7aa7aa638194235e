"""The touch screen in a real browser: pointing at a target, being photographed, signing."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route, expect

from devices.supervised import Offline
from kiosk.flow import stages as s
from kiosk.flow import touches as t
from kiosk.records.checks.facts import CheckSigned
from tests.fakes import stages
from tests.fakes.pages import Screens, at, put, showing
from tests.fakes.stages import SCREENS, the_door
from tests.fakes.station import ALL_WELL, FakeStation
from tests.fakes.waiting import until

pytestmark = pytest.mark.browser


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
        assert isinstance(point, t.Point)
        check = SCREENS["calling-ready"]().state.check
        assert check is not None
        target = the_door().posts[check.post].drill.steps[1].target
        assert target is not None
        assert (point.x, point.y) == pytest.approx((target.x, target.y), abs=0.01)
        showing(page, station)
        assert station.snapshot().state.check != check

    def test_no_spot_is_shown_before_its_picture(
        self, station: FakeStation, screens: Screens
    ) -> None:
        """A finger on it would not count: where it lies is only known with the picture."""
        page = screens.open()
        held: list[Route] = []
        page.route("**/target/**", lambda route: held.append(route))
        put(station, "calling-ready")
        showing(page, station)
        until(lambda: page.evaluate("true") and held)
        expect(page.locator(".target")).to_be_visible()
        expect(page.locator(".spot")).to_be_hidden()
        held[0].continue_()
        expect(page.locator(".spot")).to_be_visible()

    def test_beside_the_target_is_said_and_asked_again(
        self, station: FakeStation, screens: Screens
    ) -> None:
        put(station, "calling-ready")
        page = at(screens.open(), station)
        box = page.locator(".target").bounding_box()
        assert box is not None
        page.touchscreen.tap(box["x"] + box["width"] * 0.9, box["y"] + box["height"] * 0.5)
        expect(page.locator(".notice")).to_have_text("没指准，请再指一次")

    def test_the_spot_shows_only_after_the_dwell(
        self, station: FakeStation, screens: Screens
    ) -> None:
        put(station, "calling")
        page = showing(screens.open(), station)
        expect(page.locator(".spot")).to_be_hidden()
        page.clock.install()
        page.reload()
        showing(page, station)
        page.clock.fast_forward(5500)
        expect(page.locator(".spot")).to_be_hidden()
        stage = station.snapshot().state.stage
        assert isinstance(stage, s.Calling)
        page.clock.fast_forward(
            round((stage.ready_s - station.snapshot().now_s - 5.5) * 1000) + 500
        )
        expect(page.locator(".spot")).to_be_visible()


class TestTyping:
    def test_a_number_is_typed_on_the_screen_and_handed_in_as_a_whole(
        self, station: FakeStation, screens: Screens
    ) -> None:
        put(station, "permit-number")
        page = at(screens.open(), station)
        for key in "2026-119":
            page.locator(f'[data-key="{key}"]').tap()
        page.locator("[data-key-back]").tap()
        page.locator('[data-key="8"]').tap()
        expect(page.locator("[data-number]")).to_have_text("2026-118")
        page.locator("[data-key-done]").tap()
        until(lambda: station.touched)
        assert station.touched == [t.EnterNumber("2026-118")]

    def test_without_a_number_it_says_what_to_do(
        self, station: FakeStation, screens: Screens
    ) -> None:
        put(station, "permit-number")
        page = at(screens.open(), station)
        page.locator("[data-key-done]").tap()
        expect(page.locator(".notice")).to_have_text("请先按票号")

    def test_what_was_typed_stays_when_something_else_changes(
        self, station: FakeStation, screens: Screens
    ) -> None:
        put(station, "permit-number")
        page = at(screens.open(), station)
        page.locator('[data-key="7"]').tap()
        station.change(preparing=(3, 9))
        expect(showing(page, station).locator("[data-number]")).to_have_text("7")


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

    def test_a_camera_without_a_picture_is_told(
        self, station: FakeStation, screens: Screens
    ) -> None:
        station.picture = None
        put(station, "listening")
        page = screens.open()
        expect(page.locator(".no-photo")).to_be_visible()
        expect(page.locator(".preview")).to_be_hidden()


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

    def test_strokes_with_times_are_the_record(
        self, station: FakeStation, screens: Screens
    ) -> None:
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

    def test_who_only_dots_is_told_to_write_and_goes_on_writing(
        self, station: FakeStation, screens: Screens
    ) -> None:
        put(station, "signing")
        page = at(screens.open(), station)
        for _ in range(8):
            page.locator("#signature").click(position={"x": 200, "y": 60})
        page.get_by_role("button", name="签好了").tap()
        expect(page.get_by_text("写大一点")).to_be_visible()
        assert not isinstance(station.visit.state.stage, s.Closed)
        self.sign(at(page, station))
        page.get_by_role("button", name="签好了").tap()
        expect(page.locator("main.passed")).to_be_visible()

    def test_what_is_half_written_survives_a_change_around_it(
        self, station: FakeStation, screens: Screens
    ) -> None:
        put(station, "signing")
        page = at(screens.open(), station)
        self.sign(page)
        ink = (
            "(sheet) => sheet.getContext('2d')."
            "getImageData(0, 0, sheet.width, sheet.height).data.some(Boolean)"
        )
        assert page.locator("#signature").evaluate(ink)
        station.change(devices={**ALL_WELL, "camera": Offline("已断开", 0.0)})
        showing(page, station)
        assert page.locator("#signature").evaluate(ink)
        at(page, station).get_by_role("button", name="重写").tap()
        assert not page.locator("#signature").evaluate(ink)

    def test_the_next_worker_gets_a_clean_sheet(
        self, station: FakeStation, screens: Screens
    ) -> None:
        put(station, "signing")
        page = at(screens.open(), station)
        self.sign(page)
        put(station, "waiting")
        showing(page, station)
        put(station, "signing")
        at(page, station).get_by_role("button", name="签好了").tap()
        assert station.touched == []


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
