"""The touch screen in a real browser, at every size it is sold for: can it be read, and can it be
touched?
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from playwright.sync_api import Page, expect

from kiosk.flow.door import Door
from kiosk.model import content as c
from tests.fakes.pages import Screens, put, showing
from tests.fakes.stages import CIRCUMSTANCES, SCREENS, the_door
from tests.fakes.station import FakeStation

pytestmark = pytest.mark.browser

SIZES = (
    *((800, 480), (1024, 600), (1280, 800), (1920, 1080)),
    *((800, 600), (1024, 768), (1280, 1024), (720, 1280), (600, 1024)),
)
LOOK = (Path(__file__).parent / "looking.js").read_text(encoding="utf-8")


def complaints(page: Page) -> list[str]:
    found: list[str] = page.locator("#kiosk").evaluate(LOOK)
    return found


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_every_screen_can_be_read_and_touched(
    station: FakeStation, screens: Screens, size: tuple[int, int]
) -> None:
    page = screens.open(size)
    page.clock.install()  # a busy machine takes its time, and a green that is overdue is taken away
    page.clock.pause_at(page.evaluate("Date.now()") + 10_000)
    page.reload()
    found: dict[str, list[str]] = {}
    for name in SCREENS:
        put(station, name)
        showing(page, station)
        found |= {f"{name} {beat}": complaints(page) for beat in beats(page)}
    everything = {
        key: value for changes in CIRCUMSTANCES.values() for key, value in changes.items()
    }
    for name, changes in {**CIRCUMSTANCES, "everything": everything}.items():
        for screen in ("waiting", "calling", "answering", "signing"):
            put(station, screen, **changes)
            found[f"{screen} {name}"] = complaints(showing(page, station))
    assert "\n".join(f"{name}: {what}" for name, each in found.items() for what in each) == ""


def beats(page: Page) -> Iterator[str]:
    """Go through the beats of a drill step, as the voice does; other screens are looked at once."""
    drill = page.locator(".drill")
    for beat in ("think", "look", "point", "call") if drill.count() else ("",):
        if beat:
            drill.evaluate("(drill, beat) => { drill.dataset.jsBeat = beat; }", beat)
        yield beat


LONGEST = "长" * 29 + "，" + "句" * 29 + "。"


def wordy(door: Door, choices: int = 4) -> Door:
    """Return the door with every sentence as long as a pack may make it, and as many lines as it
    may have.
    """

    def step(old: c.Step) -> c.Step:
        return replace(old, think=LONGEST, look=LONGEST, point=LONGEST, call=LONGEST)

    def post(old: c.Post) -> c.Post:
        return replace(
            old,
            drill=replace(old.drill, steps=tuple(step(each) for each in old.drill.steps)),
            questions=tuple(
                replace(each, text=LONGEST, choices=(LONGEST,) * choices) for each in old.questions
            ),
            emergency=tuple(
                replace(each, title="十二个字的应急处置卡标题", actions=(LONGEST,) * 8)
                for each in old.emergency
            ),
            lines=c.Lines(
                *(tuple(f"{number}{LONGEST[1:]}" for number in range(6)) for _ in c.Part)
            ),
        )

    packs = tuple(
        replace(pack, posts=tuple(post(each) for each in pack.posts)) for pack in door.packs
    )
    return replace(door, packs=packs)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_the_longest_content_shrinks_and_turns_pages_rather_than_spill(
    station: FakeStation, screens: Screens, size: tuple[int, int]
) -> None:
    station.door = wordy(the_door())
    page = screens.open(size)
    for name in (
        "asking",
        "asking-wrong",
        "asking",
        "calling-ready",
        "listening-hot",
        "answering",
        "emergency-during",
    ):
        put(station, name)
        showing(page, station)
        for _ in beats(page):
            found = complaints(page)
            assert [what for what in found if "outside" in what or "scrolls" in what] == [], name


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("count", [2, 3, 4])
def test_the_longest_choices_can_all_be_read_and_touched(
    station: FakeStation, screens: Screens, size: tuple[int, int], count: int
) -> None:
    """A page at a time where they do not fit, each whole."""
    station.door = wordy(the_door(), count)
    page = screens.open(size)
    put(station, "asking")
    showing(page, station)
    read: set[str | None] = set()
    more = page.get_by_role("button", name="更多")
    for _ in range(count):
        expect(page.locator("[data-js-pressed]")).to_have_count(0)
        whole = [
            what
            for what in complaints(page)
            if "button" in what or "too tall" in what or "outside" in what
        ]
        assert whole == []
        read |= {
            each.get_attribute("data-touch")
            for each in page.locator(".tile .button").all()
            if each.is_visible()
        }
        if len(read) < count:
            more.tap()
    assert len(read) == count


def test_the_photo_is_shown_while_its_reason_is_chosen(
    station: FakeStation, screens: Screens
) -> None:
    page = screens.open((800, 480))
    for name in ("asking", "reasoning-not-ok", "reasoning-not-applicable"):
        put(station, name)
        showing(page, station)
        photo = page.locator(".photo-taken")
        if name == "asking":
            assert photo.count() == 0
        else:
            expect(photo).to_have_js_property("complete", True)
            box = photo.bounding_box()
            assert box
            assert box["width"] >= 180
            expect(page.get_by_role("button", name="返回")).to_be_visible()
