"""The touch screen in a real browser: what it says, and how it shows what it is saying."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from devices.supervised import Offline
from devices.voice import simulated
from tests.fakes.chromium import WITH_LOUDSPEAKER, another_browser
from tests.fakes.pages import Screens, at, put, showing
from tests.fakes.screen import a_screen
from tests.fakes.stages import the_door
from tests.fakes.station import ALL_WELL, FakeStation
from tests.unit.ui.test_screens import TEXTS
from ui.touch.screens import screen

pytestmark = pytest.mark.browser


class TestTheVoice:
    def test_the_beats_follow_the_voice(
        self, station: FakeStation, screens: Screens, tmp_path: Path
    ) -> None:
        voice = simulated.open(simulated.Settings(cache_dir=str(tmp_path / "voice"), hanzi_s=0.08))
        station.clips = voice.clip
        put(station, "calling")
        voice.render(_spoken(station))
        page = screens.open()
        for beat in ("think", "look", "point", "call"):
            expect(page.locator(f".beat.{beat}[data-js-current]")).to_be_visible(timeout=15_000)
            expect(page.locator(f".says .{beat}")).to_be_visible()

    def test_clips_are_played_one_after_the_other(
        self, station: FakeStation, screens: Screens, tmp_path: Path
    ) -> None:
        voice = simulated.open(simulated.Settings(cache_dir=str(tmp_path / "voice"), hanzi_s=0.02))
        station.clips = voice.clip
        put(station, "listening")
        voice.render(_spoken(station))
        page = screens.open()
        played: list[str] = []
        page.on(
            "request", lambda asked: played.append(asked.url) if "/voice/" in asked.url else None
        )
        page.reload()
        expect(page.locator("[data-line][data-js-said]")).to_have_count(
            page.locator("[data-line]").count()
        )
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
        station.clips = voice.clip
        put(station, "calling")
        voice.render(_spoken(station))
        with a_screen(station) as port, another_browser(browser, WITH_LOUDSPEAKER) as strict:
            page = strict.new_page()
            # Whatever Playwright evaluates in a page counts as a gesture: so first the page has to
            # try on its own.
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


def _spoken(station: FakeStation) -> list[str]:
    return [utterance.text for utterance in screen(station.snapshot(), the_door(), TEXTS).speech]
