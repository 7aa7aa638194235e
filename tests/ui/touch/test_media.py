"""Pictures, sounds and the demo's drawer of the touch screen, over real HTTP."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.voice import simulated
from tests.fakes.screen import Client, a_screen
from tests.fakes.stages import CONFIG, the_door
from tests.fakes.station import FakeDemo, FakeStation
from ui.texts import load_texts
from ui.touch.screens import every_sentence


class TestMedia:
    def test_what_the_camera_sees(self, client: Client, station: FakeStation) -> None:
        status, headers, body = client.ask("GET", "/preview.jpg")
        assert (status, headers["Content-Type"]) == (200, "image/jpeg")
        assert body[:2] == b"\xff\xd8"
        station.picture = None
        assert client.ask("GET", "/preview.jpg")[0] == 503

    def test_photos_of_people_are_never_cached(self, client: Client) -> None:
        status, headers, _ = client.ask("GET", f"/photo/{'ab' * 32}.jpg")
        assert (status, headers["Cache-Control"]) == (200, "no-store")

    def test_the_target_of_each_step_is_there(self, client: Client, station: FakeStation) -> None:
        for pack in the_door().packs:
            for post in pack.posts:
                due = the_door().steps(post.id, tuple(the_door().works))
                photos = {each.step.target.photo for each in due if each.step.target}
                assert photos
                for photo in photos:
                    assert client.ask("GET", f"/target/{pack.id}/{photo}")[0] == 200, photo

    @pytest.mark.parametrize(
        "path",
        [
            "/target/henan-small-factory/../pack.toml",
            "/target/henan-small-factory/%2e%2e/%2e%2e/%2e%2e/kiosk.toml",
            "/target/../kiosk.toml",
            "/target/henan-small-factory/none.svg",
            "/voice/none.wav",
            "/none",
            "/demo/lamps",
        ],
    )
    def test_nothing_else_is(self, client: Client, path: str) -> None:
        status, _, body = client.ask("GET", path)
        assert status == 404
        assert json.loads(body) == {"error": "没有这个内容"}

    def test_a_sentence_is_spoken_from_its_clip_once_it_is_rendered(
        self, client: Client, station: FakeStation, tmp_path: Path
    ) -> None:
        voice = simulated.open(simulated.Settings(cache_dir=str(tmp_path / "voice")))
        voice.render(["请刷卡"])
        station.clips = voice.clip
        (spoken,) = client.listen().next()["speech"]
        status, headers, body = client.ask("GET", spoken["url"])
        assert (status, headers["Content-Type"], body[:4]) == (200, "audio/wav", b"RIFF")
        assert "immutable" in headers["Cache-Control"]
        assert spoken["duration_s"] == pytest.approx(0.75, abs=0.1)

    def test_without_a_clip_a_sentence_lasts_as_long_as_it_would_take_to_say(
        self, client: Client
    ) -> None:
        (spoken,) = client.listen().next()["speech"]
        assert "url" not in spoken
        assert 1 < spoken["duration_s"] < 4

    def test_a_clip_is_found_by_its_key_after_the_station_was_started_again(
        self, client: Client, station: FakeStation, tmp_path: Path
    ) -> None:
        voice = simulated.open(simulated.Settings(cache_dir=str(tmp_path / "voice")))
        sentences = every_sentence(the_door(), load_texts(CONFIG / "texts" / "zh.toml"))
        voice.render(sentences[-1:])
        station.clips = voice.clip
        clip = voice.clip(sentences[-1])
        assert clip is not None
        assert client.ask("GET", f"/voice/{clip.key}.wav")[0] == 200


class TestDemo:
    @pytest.fixture
    def demo(self) -> FakeDemo:
        return FakeDemo()

    @pytest.fixture
    def drawer(self, station: FakeStation, demo: FakeDemo) -> Iterator[Client]:
        with a_screen(station, demo) as port, Client(port) as client:
            yield client

    def test_it_moves_the_simulated_hardware(self, drawer: Client, demo: FakeDemo) -> None:
        orders = [
            ("tap", "A001"),
            ("scene", "dark"),
            ("unplug", "camera"),
            ("plug", "camera"),
            ("press", "confirm"),
        ]
        for action, word in orders:
            assert drawer.ask("POST", f"/demo/{action}", word.encode())[0] == 204
        assert demo.asked == orders

    def test_it_sends_raw_bytes(self, drawer: Client, demo: FakeDemo) -> None:
        assert drawer.ask("POST", "/demo/tap_raw", b"02ff03")[0] == 204
        assert demo.asked == [("send", b"\x02\xff\x03")]
        assert drawer.ask("POST", "/demo/tap_raw", b"xyz")[0] == 400

    def test_it_shows_people_and_lamps(self, drawer: Client) -> None:
        page = drawer.ask("GET", "/")[2].decode()
        assert drawer.ask("GET", "/demo/demo.js")[0] == 200
        assert "孙七" in page
        assert "证已过期" in page
        assert json.loads(drawer.ask("GET", "/demo/lamps")[2])["yellow"] is True

    def test_a_page_from_elsewhere_moves_nothing(self, drawer: Client, demo: FakeDemo) -> None:
        assert drawer.ask("POST", "/demo/tap", b"A001", Origin="https://evil.example")[0] == 403
        assert demo.asked == []

    @pytest.mark.parametrize("path", ["/demo/lamps", "/demo/tap", "/demo/demo.js"])
    @pytest.mark.parametrize("method", ["GET", "POST"])
    def test_it_does_not_exist_in_production(self, client: Client, path: str, method: str) -> None:
        assert client.ask(method, path, b"A001" if method == "POST" else None)[0] == 404
        assert "drawer" not in client.ask("GET", "/")[2].decode()
