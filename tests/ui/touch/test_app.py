"""The touch screen over real HTTP: events, touches, and who may not ask."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from kiosk.flow.door import OnSite
from kiosk.flow.stages import Asking, Calling
from kiosk.flow.touches import Emergency, Go
from tests.fakes.screen import Client, a_screen
from tests.fakes.stages import WELDER, the_door
from tests.fakes.station import FakeStation
from tests.fakes.waiting import until
from ui.touch.streams import MOST_STREAMS

GO = {"type": "go"}


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

    def test_a_page_from_a_file_learns_that_it_is_there_and_nothing_else(
        self, client: Client
    ) -> None:
        resources = {
            path: client.ask("GET", path)[1]["Cross-Origin-Resource-Policy"]
            for path in ("/healthz", "/", "/emergency.html", "/static/main.js")
        }
        assert {path for path, who in resources.items() if who != "same-origin"} == {"/healthz"}


class TestTheEmergencyPage:
    def test_only_the_live_page_may_hold_it(self, client: Client) -> None:
        status, headers, body = client.ask("GET", "/emergency.html")
        assert (status, headers["Content-Type"]) == (200, "text/html; charset=utf-8")
        assert "frame-ancestors 'self'" in headers["Content-Security-Policy"]
        assert "流血断指" in body.decode()

    def test_the_file_goes_before_what_is_drawn(self, station: FakeStation, tmp_path: Path) -> None:
        file = tmp_path / "emergency.html"
        with a_screen(station, emergency=file) as port, Client(port) as client:
            drawn = client.ask("GET", "/emergency.html")
            file.write_bytes(b"a page with sound")
            written = client.ask("GET", "/emergency.html")
            assert b"<template" in drawn[2]
            assert written[2] == b"a page with sound"
            assert drawn[1]["ETag"] != written[1]["ETag"]

    @pytest.mark.parametrize("lies_ready", [True, False])
    def test_what_the_browser_has_is_not_sent_again(
        self, station: FakeStation, tmp_path: Path, lies_ready: bool
    ) -> None:
        file = tmp_path / "emergency.html"
        if lies_ready:
            file.write_bytes(b"a page with sound")
        with a_screen(station, emergency=file) as port, Client(port) as client:
            _, headers, _ = client.ask("GET", "/emergency.html")
            assert headers["Cache-Control"] == "no-cache"
            assert client.ask("HEAD", "/emergency.html")[1]["ETag"] == headers["ETag"]
            again = client.ask("GET", "/emergency.html", If_None_Match=headers["ETag"])
            assert (again[0], again[2]) == (304, b"")

    def test_other_content_is_another_page(self, client: Client, station: FakeStation) -> None:
        before = client.ask("GET", "/emergency.html")[1]["ETag"]
        station.door = replace(the_door(), on_site=OnSite("6121"))
        _, headers, body = client.ask("GET", "/emergency.html")
        assert headers["ETag"] != before
        assert b"6121" in body


class TestEvents:
    def test_the_first_one_is_the_present_screen(
        self, client: Client, station: FakeStation
    ) -> None:
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

    def test_a_page_that_connects_again_misses_nothing(
        self, client: Client, station: FakeStation
    ) -> None:
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
    def test_a_touch_is_answered_with_the_screen_after_it(
        self, client: Client, station: FakeStation
    ) -> None:
        badge(station)
        status, after = client.touch(station.snapshot().state.turn, GO)
        assert status == 200
        assert isinstance(station.snapshot().state.stage, Asking)
        assert after == client.listen().next()

    def test_a_touch_on_an_older_screen_changes_nothing(
        self, client: Client, station: FakeStation
    ) -> None:
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
        status, after = client.touch(
            station.snapshot().state.turn, {"type": "confirm", "answer": "ok"}
        )
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


def test_a_check_goes_through_over_http_alone(client: Client, station: FakeStation) -> None:
    badge(station)
    client.touch(station.snapshot().state.turn, GO)
    assert station.touched == [Go()]
    station.do(lambda visit: visit.until(Calling))
    assert client.listen().next()["template"] == "calling"
