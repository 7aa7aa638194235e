"""A step of the drill in a real browser: what it may show is there when it comes, at each level.

Motion is allowed here, as at the door: an animation must not hide what somebody waits for.
"""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from playwright.sync_api import Page

from kiosk.flow import stages as s
from kiosk.flow.door import DrillRules
from kiosk.model.levels import DrillLevel
from tests.fakes.pages import Screens, put, showing
from tests.fakes.stages import WELDER, the_door
from tests.fakes.station import FakeStation
from tests.fakes.visit import Visit

pytestmark = pytest.mark.browser

SIZES = ((800, 480), (1024, 600), (720, 1280))
AT_ONCE_MS = 300

NOTE = """(at_once_ms) => {
    const kiosk = document.getElementById("kiosk");
    const how = { opacityProperty: true, visibilityProperty: true };
    const now = () => [".beats", ".says p", ".target img"]
        .flatMap((what) => [...kiosk.querySelectorAll(what)])
        .filter((part) => part.checkVisibility(how))
        .map((part) => part.className || part.localName);
    window.seen = new Promise((done) => {
        const coming = new MutationObserver(() => {
            if (kiosk.dataset.template !== "calling") return;
            coming.disconnect();
            setTimeout(() => done(now()), at_once_ms);
        });
        coming.observe(kiosk, { attributeFilter: ["data-template"] });
    });
}"""
"""Notes what can be seen so soon after a step has come."""


def a_step(level: DrillLevel, index: int) -> Visit:
    """Return a visit that has come to a step of the drill at a level."""
    visit = Visit(replace(the_door(), drill=DrillRules(begins_at=level)))
    visit.badge(WELDER)
    visit.until(s.Calling)
    while isinstance(visit.state.stage, s.Calling | s.Called) and visit.state.stage.index < index:
        visit.go_on()
    return visit


def seen_at_once(page: Page, station: FakeStation, visit: Visit) -> list[str]:
    """Return what is seen of a step when it has just come."""
    put(station, "waiting")
    showing(page, station)
    page.evaluate(NOTE, AT_ONCE_MS)
    put(station, visit)
    found: list[str] = page.evaluate("window.seen")
    return found


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_a_step_shows_at_once_what_its_level_gives_away(
    station: FakeStation, screens: Screens, size: tuple[int, int]
) -> None:
    page = screens.open(size, reduced_motion="no-preference")
    for index in range(2):
        shown = {level: seen_at_once(page, station, a_step(level, index)) for level in DrillLevel}
        assert shown == {
            DrillLevel.FOLLOW: ["beats", "think", "img"],
            DrillLevel.HINT: ["beats", "think", "img"],
            DrillLevel.EXAM: ["beats", "asked", "img"],
        }


def test_only_a_camera_without_a_picture_waits_before_it_says_so(
    station: FakeStation, screens: Screens
) -> None:
    """Late is one sentence, and nothing else on any screen with a camera."""
    station.picture = None
    page = screens.open(reduced_motion="no-preference")
    for name in ("listening", "counting", "posing"):
        put(station, name)
        late = showing(page, station).evaluate(
            """() => [...document.querySelectorAll("#kiosk *")]
            .filter((part) => getComputedStyle(part).animationName === "late")
            .map((part) => part.textContent.trim())"""
        )
        assert late == ["看不到画面"], name
