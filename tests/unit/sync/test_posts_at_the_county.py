"""A county has no content: a check's post goes by the title that the station sent, or by its id when that station is older."""

from __future__ import annotations

import pytest

from kiosk.journal.entries import genesis, seal
from kiosk.records.checks.facts import PostChosen
from sync.county.projecting import Posted, changes
from tests.fakes.facts import MOMENT


@pytest.mark.parametrize(("title", "shown"), [("电焊工", "电焊工"), ("", "welder")])
def test_the_title_is_shown_where_there_is_one(title: str, shown: str) -> None:
    chosen = PostChosen("check-1", "welder", "demo", "1", post_title=title)
    made = list(changes([seal(1, "id-1", MOMENT, chosen, genesis("st-0001"))]))
    assert [each for each in made if isinstance(each, Posted)] == [Posted("check-1", shown)]
