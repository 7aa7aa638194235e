"""The nginx sites in systemd/nginx, run by a real nginx in front of a small server, with generated
certificates.
"""

from __future__ import annotations

import http.client
import json
import re
import threading
import tomllib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from sync.county.settings import CountySettings
from tests.fakes.nginx import NGINX, SITES, WHY_NO_NGINX, Site, make_certificate, nginx

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(NGINX is None, reason=WHY_NO_NGINX)


class Pages(BaseHTTPRequestHandler):
    """Answers with the headers it was sent; /events sends one event and then waits."""

    protocol_version = "HTTP/1.1"
    released = threading.Event()

    def do_GET(self) -> None:
        if self.path != "/events":
            self._answer()
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(b"data: now\n\n")
        self.wfile.flush()
        self.released.wait(10)

    def do_PUT(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self._answer()

    def log_message(self, *_: object) -> None:
        """Log nothing."""

    def _answer(self) -> None:
        body = json.dumps(dict(self.headers.items())).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return make_certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def serve(tmp_path: Path, certificate: tuple[Path, Path]) -> Iterator[Callable[[str], Site]]:
    """Run a site of this name before a small server."""
    behind = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    behind.daemon_threads = True
    Pages.released = threading.Event()
    threading.Thread(target=behind.serve_forever, daemon=True).start()
    with ExitStack() as sites:
        yield lambda name: sites.enter_context(
            nginx(name, tmp_path, behind.server_port, certificate)
        )
        Pages.released.set()
    behind.shutdown()
    behind.server_close()


def _proxied_port(name: str) -> int:
    (port,) = re.findall(
        r"proxy_pass http://127\.0\.0\.1:(\d+);",
        (SITES / f"{name}.conf").read_text(encoding="utf-8"),
    )
    return int(port)


def test_the_sites_lead_to_the_ports_that_the_settings_give() -> None:
    station = tomllib.loads((ROOT / "config" / "kiosk.toml").read_text(encoding="utf-8"))
    assert _proxied_port("banqian-lan") == station["review"]["port"]
    assert _proxied_port("banqian-county") == CountySettings.__struct_defaults__[1]


def test_an_event_arrives_while_the_stream_goes_on(serve: Callable[[str], Site]) -> None:
    connection = serve("banqian-lan").connect()
    connection.request("GET", "/events")
    answer = connection.getresponse()
    assert answer.readline() == b"data: now\n"
    assert not Pages.released.is_set()
    connection.close()


@pytest.mark.parametrize("name", ["banqian-lan", "banqian-county"])
def test_a_visitor_cannot_say_who_he_is(serve: Callable[[str], Site], name: str) -> None:
    site = serve(name)
    connection = site.connect()
    forged = {
        "X-Forwarded-For": "10.0.0.1",
        "X-Forwarded-Proto": "http",
        "Forwarded": "for=10.0.0.1",
    }
    connection.request("GET", "/", headers=forged)
    seen = json.load(connection.getresponse())
    connection.close()
    assert (seen["X-Forwarded-For"], seen["X-Forwarded-Proto"]) == ("127.0.0.1", "https")
    assert "Forwarded" not in seen
    assert seen["Host"] == f"127.0.0.1:{site.port}"


def test_an_address_typed_without_https_leads_to_it(serve: Callable[[str], Site]) -> None:
    site = serve("banqian-lan")
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=30)
    connection.request("GET", "/checks?day=today")
    answer = connection.getresponse()
    connection.close()
    assert answer.status == 301
    assert answer.headers["Location"] == f"https://127.0.0.1:{site.port}/checks?day=today"


@pytest.mark.parametrize(
    ("name", "fits_mb", "too_large_mb"), [("banqian-lan", 9, 11), ("banqian-county", 15, 17)]
)
def test_what_is_too_large_is_refused_before_it_reaches_the_pages(
    serve: Callable[[str], Site], name: str, fits_mb: int, too_large_mb: int
) -> None:
    site = serve(name)
    connection = site.connect()
    connection.request("PUT", "/", body=bytes(fits_mb << 20))
    assert connection.getresponse().status == 200
    connection.close()
    connection = site.connect()
    connection.putrequest("PUT", "/")
    connection.putheader("Content-Length", str(too_large_mb << 20))
    connection.endheaders()
    assert connection.getresponse().status == 413
    connection.close()


def test_a_flood_from_one_browser_is_told_to_wait(serve: Callable[[str], Site]) -> None:
    connection = serve("banqian-lan").connect()

    def status() -> int:
        connection.request("GET", "/")
        answer = connection.getresponse()
        answer.read()
        return answer.status

    seen = [status() for _ in range(400)]
    connection.close()
    assert seen[:100] == [200] * 100
    assert 429 in seen
