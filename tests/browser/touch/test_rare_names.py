"""A name with rare characters at the door: drawn by fonts that have them, never as a box."""

from __future__ import annotations

import pytest

from kiosk.flow import inputs as i
from tests.fakes.chromium import fonts_of
from tests.fakes.pages import Screens, put, showing
from tests.fakes.stages import SCREENS
from tests.fakes.station import FakeStation

pytestmark = pytest.mark.browser

RARE = "𠅤㴪𠁀"


def test_a_rare_name_is_drawn_by_fonts_that_have_it(station: FakeStation, screens: Screens) -> None:
    visit = SCREENS["waiting"]()
    visit.put(i.EnrolmentBegun(visit.now_s, "e1", "wanted", f"张{RARE}"))
    put(station, visit)
    page = showing(screens.open(), station)
    said = ".advice span"
    text = page.inner_text(said)
    assert f"张{RARE}，" in text
    assert fonts_of(page, said) == {
        "WenQuanYi Micro Hei": len(text) - len(RARE),
        "HanaMinA": 2,
        "HanaMinB": 1,
    }
