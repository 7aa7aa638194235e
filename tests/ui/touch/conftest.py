"""What the tests of the touch screen over real HTTP stand on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.screen import Client, a_screen, the_picture
from tests.fakes.stages import the_door
from tests.fakes.station import FakeStation


@pytest.fixture
def station(tmp_path: Path) -> FakeStation:
    return FakeStation(the_door(), the_picture(tmp_path))


@pytest.fixture
def client(station: FakeStation) -> Iterator[Client]:
    with a_screen(station) as port, Client(port) as client:
        yield client
