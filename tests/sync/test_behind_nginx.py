"""The county as it stands on the Internet: the shipped nginx site in front, and no `public_url` in
the settings.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx2
import pytest

from sync.county.server import CountyServer
from sync.identity import Identity
from sync.signing import signed_headers
from tests.fakes.nginx import NGINX, WHY_NO_NGINX, Site, make_certificate, nginx
from tests.sync.stage import PASSWORD, STATION

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def site(county: CountyServer, tmp_path: Path) -> Iterator[Site]:
    if NGINX is None:
        pytest.skip(WHY_NO_NGINX)
    folder = tmp_path / "nginx"
    folder.mkdir()
    with nginx("banqian-county", folder, county.port, make_certificate(folder)) as site:
        yield site


def head(signed: str, sent: str, identity: Identity, **options: object) -> int:
    """Request the head with a signature over one address at another; return the status."""
    path = f"/v1/stations/{STATION}/head"
    headers = signed_headers("GET", signed + path, b"", identity, datetime.now(UTC))
    headers |= options.pop("headers", {})  # type: ignore[call-overload]
    with httpx2.Client(trust_env=False, **options) as client:  # type: ignore[arg-type]
        return client.get(sent + path, headers=headers).status_code


def test_a_station_signs_the_address_that_it_was_given(site: Site, identity: Identity) -> None:
    url = f"https://127.0.0.1:{site.port}"
    assert head(url, url, identity, verify=site.trust) == 200
    assert head("https://county.example", url, identity, verify=site.trust) == 401


def test_a_port_that_is_forwarded_to_another_is_not_part_of_the_address(
    county: CountyServer, identity: Identity
) -> None:
    """Stations call 443 and nginx listens on 8443: what the station wrote as its host is what
    counts.
    """
    forwarded = {
        "Host": "county.example",
        "X-Forwarded-For": "192.0.2.7",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-Host": "county.example",
        "X-Forwarded-Port": "8443",
    }
    url = f"http://127.0.0.1:{county.port}"
    assert head("https://county.example", url, identity, headers=forwarded) == 200


def test_only_the_proxy_on_this_machine_says_how_a_request_came(
    county: CountyServer, identity: Identity
) -> None:
    """127.0.0.2 stands for a neighbour: it, too, is this machine, but not where nginx connects
    from.
    """
    url = f"http://127.0.0.1:{county.port}"
    said = {"X-Forwarded-Proto": "https"}
    neighbour = httpx2.HTTPTransport(local_address="127.0.0.2")
    secure = f"https://127.0.0.1:{county.port}"
    assert head(secure, url, identity, headers=said, transport=neighbour) == 401


def test_who_guesses_keeps_nobody_else_out(county: CountyServer) -> None:
    """The proxy names the address; what visitors say of themselves nginx does not pass on
    (tests/unit/test_nginx.py).
    """
    url = f"http://127.0.0.1:{county.port}/"

    def look(password: str, address: str) -> httpx2.Response:
        return httpx2.get(
            url,
            auth=("", password),
            headers={"X-Forwarded-For": address},
            trust_env=False,
            timeout=30,
        )

    for guess in range(10):
        assert look(f"guess {guess}", "192.0.2.66").status_code == 401
    blocked = look(PASSWORD, "192.0.2.66")
    assert (blocked.status_code, "一分钟" in blocked.text) == (429, True)
    assert look(PASSWORD, "192.0.2.7").status_code == 200
    assert look(PASSWORD, "192.0.2.66").status_code == 429, "that others are in helps no guesser"
