"""The county's address, as settings give it."""

from __future__ import annotations

from pathlib import Path

import pytest

from sync.errors import CountyUrlError
from sync.identity import open_identity
from sync.link import Link, LinkSettings


@pytest.mark.parametrize(
    ("given", "signed"),
    [
        ("https://county.example", "https://county.example"),
        ("https://County.Example:443/", "https://county.example"),
        ("http://127.0.0.1:8300/", "http://127.0.0.1:8300"),
    ],
)
def test_an_address_is_signed_as_it_is_sent(tmp_path: Path, given: str, signed: str) -> None:
    with Link(LinkSettings(given), open_identity(tmp_path, "station-01")) as link:
        assert link.url == signed


@pytest.mark.parametrize(
    "given",
    [
        "",
        "county.example",
        "ftp://county.example",
        "https://",
        "https://county.example/path",
        "https://[",
        "http://a:b",
    ],
)
def test_an_address_that_is_none_is_said_at_once(tmp_path: Path, given: str) -> None:
    with pytest.raises(CountyUrlError, match="county url"):
        Link(LinkSettings(given), open_identity(tmp_path, "station-01"))
