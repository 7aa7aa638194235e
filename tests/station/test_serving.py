"""The station's pages as they are really served, with the settings that were made for them."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.paths import Place
from kiosk.processes.station import running
from tests.fakes.running import settings
from tests.fakes.stages import CONFIG


@pytest.fixture
def page(tmp_path: Path) -> Iterator[http.client.HTTPConnection]:
    with running(settings(touch={"reader_at": "left"}), Place(CONFIG, tmp_path), 0) as (
        ready,
        port,
    ):
        loop = threading.Thread(target=ready.run)
        loop.start()
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        yield connection
        connection.close()
        ready.stop()
        loop.join()


def test_the_arrow_points_to_where_the_reader_is(page: http.client.HTTPConnection) -> None:
    page.request("GET", "/")
    assert 'data-place="left"' in page.getresponse().read().decode()


def test_a_huge_body_is_refused_before_it_is_sent(page: http.client.HTTPConnection) -> None:
    page.putrequest("POST", "/touch")
    page.putheader("Content-Length", str(100 << 20))
    page.endheaders()
    assert page.getresponse().status == 413
