"""A whole station with its pages, and supervisors with browsers in front of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.office import SUPERVISOR, Office, an_office
from tests.ui.content.writer import Writer


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with an_office(tmp_path / "data") as office:
        yield office


@pytest.fixture
def writer(office: Office) -> Iterator[Writer]:
    with Writer(office.url) as writer:
        assert writer.sign_in(SUPERVISOR).status_code == 303
        yield writer
