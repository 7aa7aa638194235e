"""The nginx sites in systemd/nginx, run by a real nginx in front of a small server, with generated certificates."""

from __future__ import annotations

import http.client
import json
import re
import shutil
import socket
import ssl
import subprocess
import threading
import tomllib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from sync.county.settings import CountySettings
from tests.fakes.waiting import until

ROOT = Path(__file__).parents[2]
SITES = ROOT / "systemd" / "nginx"
NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")
pytestmark = pytest.mark.skipif(NGINX is None, reason="nginx (Debian: nginx-light) is not installed")

MAIN = """
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


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
        """Say nothing."""

    def _answer(self) -> None:
        body = json.dumps(dict(self.headers.items())).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class Site:
    """A running site."""

    def __init__(self, port: int, certificate: Path) -> None:
        self.port = port
        self._trust = ssl.create_default_context(cafile=str(certificate))

    def connect(self) -> http.client.HTTPSConnection:
        return http.client.HTTPSConnection("127.0.0.1", self.port, timeout=10, context=self._trust)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("tls")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "banqian test")])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (folder / "crt").write_bytes(signed.public_bytes(pem))
    unencrypted = serialization.NoEncryption()
    (folder / "key").write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, unencrypted))
    return folder / "crt", folder / "key"


@pytest.fixture
def serve(tmp_path: Path, certificate: tuple[Path, Path]) -> Iterator[Callable[[str], Site]]:
    """Run a site of this name; only its addresses and paths are changed."""
    behind = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    behind.daemon_threads = True
    Pages.released = threading.Event()
    threading.Thread(target=behind.serve_forever, daemon=True).start()
    started: list[subprocess.Popen[bytes]] = []

    def serve_(name: str) -> Site:
        port = _free_port()
        text = (SITES / f"{name}.conf").read_text(encoding="utf-8")
        text = re.sub(r"listen (\d+) ", f"listen 127.0.0.1:{port} ", text)
        text = re.sub(
            r"proxy_pass http://127\.0\.0\.1:\d+;", f"proxy_pass http://127.0.0.1:{behind.server_port};", text
        )
        text = re.sub(r"/etc/banqian/tls/\w+\.crt", str(certificate[0]), text)
        text = re.sub(r"/etc/banqian/tls/\w+\.key", str(certificate[1]), text)
        (tmp_path / "site.conf").write_text(text, encoding="utf-8")
        (tmp_path / "nginx.conf").write_text(MAIN.format(folder=tmp_path), encoding="utf-8")
        command = [
            str(NGINX),
            "-p",
            str(tmp_path),
            "-e",
            f"{tmp_path}/error.log",
            "-c",
            f"{tmp_path}/nginx.conf",
        ]
        tested = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
        assert tested.returncode == 0, tested.stderr
        started.append(subprocess.Popen(command, stderr=subprocess.DEVNULL))
        until(lambda: _accepts(port))
        return Site(port, certificate[0])

    yield serve_
    Pages.released.set()
    for process in started:
        process.terminate()
        process.wait(timeout=10)
    behind.shutdown()
    behind.server_close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _accepts(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _proxied_port(name: str) -> int:
    (port,) = re.findall(
        r"proxy_pass http://127\.0\.0\.1:(\d+);", (SITES / f"{name}.conf").read_text(encoding="utf-8")
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
    forged = {"X-Forwarded-For": "10.0.0.1", "X-Forwarded-Proto": "http", "Forwarded": "for=10.0.0.1"}
    connection.request("GET", "/", headers=forged)
    seen = json.load(connection.getresponse())
    connection.close()
    assert (seen["X-Forwarded-For"], seen["X-Forwarded-Proto"]) == ("127.0.0.1", "https")
    assert "Forwarded" not in seen
    assert seen["Host"] == f"127.0.0.1:{site.port}"


def test_an_address_typed_without_https_leads_to_it(serve: Callable[[str], Site]) -> None:
    site = serve("banqian-lan")
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=10)
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
