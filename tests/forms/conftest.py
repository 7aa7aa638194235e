from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.forms.printing import printed
from kiosk.forms.records import annex2_of, names_of
from kiosk.forms.source import Source
from kiosk.records.reader import Reading
from tests.fakes.desk import Desk
from tests.fakes.forms import a_source
from tests.fakes.paper import Paper

Printing = Callable[[str], Paper]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    yield desk
    desk.close()


@pytest.fixture
def source(desk: Desk) -> Source:
    return a_source(desk.door)


@pytest.fixture
def print_check(desk: Desk) -> Printing:
    """Print Annex 2 of a check, as it stands in the journal now."""

    def print_one(check: str) -> Paper:
        with Reading.open(desk.folder) as reading:
            detail = reading.check(check)
            assert detail is not None
            names = names_of(reading)
            return Paper(printed([annex2_of(detail, reading, desk.photos, a_source(desk.door, **names))]))

    return print_one
