"""The touch screen over real HTTP: events, touches, and who may not ask."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from devices.voice import simulated
from kiosk.flow.inputs import Emergency, Go
from kiosk.flow.state import Asking, Calling
from tests.fakes.screen import Client, a_screen, the_picture
from tests.fakes.stages import CONFIG, WELDER, the_door
from tests.fakes.station import FakeDemo, FakeStation
from tests.fakes.waiting import until
from ui.texts import load_texts
from ui.touch.screens import every_sentence
from ui.touch.streams import MOST_STREAMS

GO = {"type": "go"}


@pytest.fixture
def station(tmp_path: Path) -> FakeStation:
    return FakeStation(the_door(), the_picture(tmp_path))


@pytest.fixture
def client(station: FakeStation) -> Iterator[Client]:
    with a_screen(station) as port, Client(port) as client:
        yield client


def badge(station: FakeStation) -> None:
    station.do(lambda visit: visit.badge(WELDER))


class TestThePage:
    def test_it_shows_the_present_screen_before_any_script_runs(
        self, client: Client, station: FakeStation
    ) -> None:
        badge(station)
        status, headers, body = client.ask("GET", "/")
        assert status == 200
        page = body.decode()
        assert "今天有危险作业吗？" in page
        assert f'data-turn="{station.snapshot().state.turn}"' in page
        assert headers["Cache-Control"] == "no-store"

    def test_it_may_load_nothing_from_elsewhere(self, client: Client) -> None:
        _, headers, body = client.ask("GET", "/")
        policy = headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'self'")
        assert "frame-ancestors 'none'" in policy
        assert b"style=" not in body
        assert b"http://" not in body.replace(b"http://www.w3.org/", b"")

    def test_every_file_it_names_is_there(self, client: Client) -> None:
        _, _, body = client.ask("GET", "/")
        words = body.decode().replace("'", '"').split('"')
        files = [word for word in words if word.startswith("/static/")]
        assert len(files) > 8
        assert {client.ask("GET", file)[0] for file in files} == {200}

    def test_it_says_that_it_is_well(self, client: Client, station: FakeStation) -> None:
        status, _, body = client.ask("GET", "/healthz")
        told = json.loads(body)
        assert (status, told["ok"], told["version"]) == (200, True, station.snapshot().version)
        assert told["devices"]["card_reader"] == {"type": "online", "since_s": 0.0, "detail": ""}


class TestEvents:
    def test_the_first_one_is_the_present_screen(self, client: Client, station: FakeStation) -> None:
        badge(station)
        events = client.listen()
        assert events.answer.getheader("Content-Type", "").startswith("text/event-stream")
        first = events.next()
        assert first["version"] == station.snapshot().version
        assert "今天有危险作业吗？" in first["html"]
        events.close()

    def test_every_change_arrives_at_every_page(self, client: Client, station: FakeStation) -> None:
        pages = [client.listen(), client.listen()]
        assert [page.next()["template"] for page in pages] == ["waiting", "waiting"]
        badge(station)
        arrived = [page.next() for page in pages]
        assert arrived[0] == arrived[1]
        assert arrived[0]["template"] == "choosing"
        assert arrived[0]["tone"] == "card"

    def test_a_page_that_connects_again_misses_nothing(self, client: Client, station: FakeStation) -> None:
        page = client.listen()
        page.next()
        page.close()
        badge(station)
        assert client.listen().next()["template"] == "choosing"

    def test_more_pages_than_there_are_places_are_asked_to_come_back(
        self, client: Client, station: FakeStation
    ) -> None:
        pages = [client.listen() for _ in range(MOST_STREAMS)]
        for page in pages:
            page.next()
        status, headers, body = client.ask("GET", "/events")
        assert status == 503
        assert int(headers["Retry-After"]) > 0
        assert "页面太多" in json.loads(body)["error"]

    def test_a_closed_tab_leaves_its_place(self, client: Client) -> None:
        pages = [client.listen() for _ in range(MOST_STREAMS)]
        for page in pages:
            page.next()
            page.close()

        def first_event() -> dict[str, Any] | None:
            again = client.listen()
            if again.answer.status == 200:
                return again.next()
            again.close()
            return None

        event = until(first_event)
        assert event is not None
        assert event["template"] == "waiting"

    def test_they_end_with_the_station(self, station: FakeStation) -> None:
        with Client(0) as client:
            with a_screen(station) as client.port:
                events = client.listen()
                events.next()
            assert events.ended()


class TestTouches:
    def test_a_touch_is_answered_with_the_screen_after_it(self, client: Client, station: FakeStation) -> None:
        badge(station)
        status, after = client.touch(station.snapshot().state.turn, GO)
        assert status == 200
        assert isinstance(station.snapshot().state.stage, Asking)
        assert after == client.listen().next()

    def test_a_touch_on_an_older_screen_changes_nothing(self, client: Client, station: FakeStation) -> None:
        badge(station)
        turn = station.snapshot().state.turn
        client.touch(turn, GO)
        before = station.snapshot()
        status, after = client.touch(turn, GO)
        assert status == 200
        assert after["version"] == before.version
        assert station.snapshot() is before

    def test_a_touch_that_does_not_fit_is_answered_with_the_present_screen(
        self, client: Client, station: FakeStation
    ) -> None:
        status, after = client.touch(station.snapshot().state.turn, {"type": "confirm", "answer": "ok"})
        assert (status, after["template"]) == (200, "waiting")

    @pytest.mark.parametrize(
        "body",
        [
            b"",
            b"{",
            b"null",
            b"\xff\xfe",
            b'{"turn": 0}',
            b'{"turn": "0", "touch": {"type": "go"}}',
            b'{"turn": -1, "touch": {"type": "go"}}',
            b'{"turn": 0, "touch": {"type": "dance"}}',
            b'{"turn": 0, "touch": {"type": "go", "fast": true}}',
            b'{"turn": 0, "touch": {"type": "sign", "strokes": [["a"]]}}',
            b'{"turn": 0, "touch": {"type": "go"}, "more": 1}',
        ],
    )
    def test_what_is_no_touch_gets_one_sentence(
        self, client: Client, station: FakeStation, body: bytes
    ) -> None:
        status, _, answer = client.ask("POST", "/touch", body)
        assert status == 400
        assert json.loads(answer) == {"error": "这次触摸无法识别，请再按一次"}
        assert station.touched == []

    def test_an_endless_signature_is_refused(self, client: Client, station: FakeStation) -> None:
        status, _, answer = client.ask("POST", "/touch", b" " * 500_000)
        assert status == 413
        assert json.loads(answer) == {"error": "提交的内容太大"}
        assert station.touched == []


class TestStrangers:
    @pytest.mark.parametrize(
        "host", ["evil.example", "evil.example:8080", "127.0.0.1.evil.example", "", "[::1"]
    )
    @pytest.mark.parametrize("path", ["/", "/events", "/preview.jpg", "/healthz"])
    def test_a_foreign_host_name_reads_nothing(self, client: Client, host: str, path: str) -> None:
        status, _, body = client.ask("GET", path, Host=host)
        assert status == 403
        assert json.loads(body) == {"error": "只能在班前站的屏幕上操作"}

    @pytest.mark.parametrize(
        "headers",
        [
            {"Origin": "https://evil.example"},
            {"Origin": "null"},
            {"Sec_Fetch_Site": "cross-site"},
            {"Sec_Fetch_Site": "same-site", "Origin": "http://localhost:9"},
        ],
    )
    def test_a_page_from_elsewhere_presses_no_button(
        self, client: Client, station: FakeStation, headers: dict[str, str]
    ) -> None:
        status, answer = client.touch(0, {"type": "emergency"}, **headers)
        assert status == 403
        assert answer == {"error": "只能在班前站的屏幕上操作"}
        assert station.touched == []

    def test_the_screen_itself_does(self, client: Client, station: FakeStation) -> None:
        own = {"Origin": f"http://127.0.0.1:{client.port}", "Sec_Fetch_Site": "same-origin"}
        status, after = client.touch(station.snapshot().state.turn, {"type": "emergency"}, **own)
        assert (status, after["template"]) == (200, "emergency")
        assert station.touched == [Emergency()]

    @pytest.mark.parametrize("host", ["localhost:{}", "127.0.0.1:{}", "127.0.0.1", "[::1]:{}"])
    def test_this_machine_has_several_names(self, client: Client, host: str) -> None:
        assert client.ask("GET", "/healthz", Host=host.format(client.port))[0] == 200


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
                photos = {step.target.photo for step in post.drill.steps if step.target}
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

    def test_without_a_clip_a_sentence_lasts_as_long_as_it_would_take_to_say(self, client: Client) -> None:
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


def test_a_check_goes_through_over_http_alone(client: Client, station: FakeStation) -> None:
    badge(station)
    client.touch(station.snapshot().state.turn, GO)
    assert station.touched == [Go()]
    station.do(lambda visit: visit.until(Calling))
    assert client.listen().next()["template"] == "calling"
