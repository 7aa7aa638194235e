"""People with rare names on the supervisor's pages: drawn by fonts that have them."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from kiosk.model.people import Roster
from tests.browser.review.windows import OpenPage
from tests.fakes.chromium import fonts_of
from tests.fakes.desk import PEOPLE, Desk

pytestmark = pytest.mark.browser

RARE = "𠅤㴪𠁀"
EMPTY_IN_THE_USUAL_FONT = "℃ǎǐⅤⅩ"
PRIVATE = "\ue000"


def test_a_rare_name_is_drawn_by_fonts_that_have_it(desk: Desk, open_page: OpenPage) -> None:
    name = f"张{RARE}{EMPTY_IN_THE_USUAL_FONT}{PRIVATE}"
    desk.journal.change_roster(Roster((replace(PEOPLE[0], name=name),)), lambda card: card.number)
    page = open_page("/people/of/A001")
    assert name in page.inner_text("h1")
    assert fonts_of(page, "h1") == {
        "WenQuanYi Micro Hei": len("张" + PRIVATE),  # the box for a character of private use
        "HanaMinA": 2,
        "HanaMinB": 1,
        "DejaVu Sans": len(EMPTY_IN_THE_USUAL_FONT),
    }
