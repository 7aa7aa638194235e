"""Half-sent requests, more than a server takes connections: a new client is answered soon, and a
stream that says little stays.
"""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

import httpx2
import pytest

from kiosk.processes.station import make_server as touch_server
from sync.county.access import hash_password
from sync.county.settings import CountySettings
from tests.sync.stage import running
from ui.review.server import make_server as review_server
from ui.serving import served

SILENT_S = 1
LIMIT = 100
SOON_S = 8.0


def page(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
    start("200 OK", [("Content-Type", "text/plain")])
    return [b"a page"]


@contextlib.contextmanager
def half_sent(port: int, count: int) -> Iterator[None]:
    """Hold so many connections on which a request was begun."""
    with contextlib.ExitStack() as stack:
        for number in range(count):
            line = stack.enter_context(socket.create_connection(("127.0.0.1", port)))
            begun = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            post = b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 900\r\n\r\nhalf"
            line.sendall(post if number % 2 else begun)
        yield


def answered(port: int) -> int:
    return httpx2.get(
        f"http://127.0.0.1:{port}/", timeout=SOON_S, trust_env=False, verify=False
    ).status_code


@pytest.mark.parametrize("make", [touch_server, review_server], ids=["touch", "review"])
def test_a_new_client_is_answered(make: Callable[..., Any]) -> None:
    with served(make(page, 0, 4, SILENT_S)) as port, half_sent(port, LIMIT + 10):
        assert answered(port) == 200


def test_a_new_client_of_the_county_is_answered(tmp_path: Path) -> None:
    settings = CountySettings(
        port=0,
        database=f"sqlite:///{tmp_path}/county.db",
        objects=str(tmp_path / "objects"),
        password_hash=hash_password("a password for tests"),
        connections=LIMIT,
        channel_timeout_s=SILENT_S,
    )
    with running(settings) as county, half_sent(county.port, LIMIT + 10):
        assert answered(county.port) == 401


def test_a_stream_that_says_little_stays() -> None:
    """It is answered all the time, however seldom something is sent."""
    goes_on = threading.Event()

    def stream(environ: WSGIEnvironment, start: StartResponse) -> Iterator[bytes]:
        start("200 OK", [("Content-Type", "text/event-stream")])
        yield b"data: 1\n\n"
        goes_on.wait(SOON_S)
        yield b"data: 2\n\n"

    def app(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        return stream(environ, start) if environ["PATH_INFO"] == "/events" else page(environ, start)

    with (
        served(touch_server(app, 0, 4, SILENT_S)) as port,
        httpx2.stream(
            "GET", f"http://127.0.0.1:{port}/events", trust_env=False, verify=False
        ) as events,
    ):
        said = events.iter_raw()
        assert next(said) == b"data: 1\n\n"
        with half_sent(port, LIMIT + 10):
            assert answered(port) == 200  # so the others were closed: that long it was silent
        goes_on.set()
        assert next(said) == b"data: 2\n\n"
