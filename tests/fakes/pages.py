"""The touch screen in a real Chromium."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser, Page

from tests.fakes.stages import SCREENS, the_door
from tests.fakes.station import ALL_WELL, FakeStation
from tests.fakes.visit import Visit

USUAL = (1024, 600)


class Screens:
    """Opens pages of one screen, each as another browser would; notes what a page complains of."""

    def __init__(self, browser: Browser, port: int) -> None:
        self._browser = browser
        self._port = port
        self.complaints: list[str] = []

    def open(self, size: tuple[int, int] = USUAL, **options: Any) -> Page:
        """Open the screen in a window of this size."""
        usual = {"reduced_motion": "reduce", "has_touch": True, "locale": "zh-CN"}
        viewport = {"width": size[0], "height": size[1]}
        page = self._browser.new_context(viewport=viewport, **(usual | options)).new_page()  # type: ignore[arg-type]
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.goto(f"http://127.0.0.1:{self._port}/")
        return page

    def close(self) -> None:
        """Close all pages."""
        for context in self._browser.contexts:
            context.close()


def showing(page: Page, station: FakeStation) -> Page:
    """Wait until the page shows the station's present screen."""
    version = station.snapshot().version
    page.locator(f'#kiosk[data-version="{version}"]').wait_for(state="attached")
    return page


def at(page: Page, station: FakeStation) -> Page:
    """Wait until the page shows the station's present screen and takes touches."""
    showing(page, station).locator("#kiosk[data-js-armed]").wait_for(state="attached")
    return page


def put(station: FakeStation, at_screen: str | Visit, **changes: object) -> None:
    """Bring the door to a screen, with nothing wrong around it but these changes."""
    visit = SCREENS[at_screen]() if isinstance(at_screen, str) else at_screen
    station.visit.__dict__.update(visit.__dict__)
    if visit.door is not the_door():
        station.door, station.lent = visit.door, station.lent or station.door
    elif station.lent is not None:
        station.door, station.lent = station.lent, None
    well = {"devices": ALL_WELL, "trouble": "", "clock_ok": True, "preparing": None}
    station.show(visit.state, **(well | changes))
