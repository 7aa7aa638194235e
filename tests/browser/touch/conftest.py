"""What the tests of the touch screen in a real browser stand on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.fakes.pages import Screens
from tests.fakes.screen import a_screen, the_picture
from tests.fakes.stages import the_door
from tests.fakes.station import FakeStation


@pytest.fixture
def station(tmp_path: Path) -> FakeStation:
    return FakeStation(the_door(), the_picture(tmp_path))


@pytest.fixture
def screens(browser: Browser, station: FakeStation) -> Iterator[Screens]:
    with a_screen(station) as port:
        screens = Screens(browser, port)
        yield screens
        screens.close()
    assert screens.complaints == []
