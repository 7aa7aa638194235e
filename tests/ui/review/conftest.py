"""A desk with its pages served, and people with browsers in front of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.desk import Desk, a_desk
from tests.fakes.visitor import Visitor


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with a_desk(tmp_path, page_size=3) as desk:
        yield desk


@pytest.fixture
def anybody(desk: Desk) -> Iterator[Visitor]:
    with Visitor(desk.url) as visitor:
        yield visitor


@pytest.fixture
def supervisor(anybody: Visitor) -> Visitor:
    assert anybody.sign_in().status_code == 303
    return anybody
