"""Chromium, and somebody who signs in with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, sync_playwright

PROGRAM = "/usr/bin/chromium-headless-shell"
"""The same engine as the screen's Chromium without its window, which takes half of the processor's
time of a test.
"""
ARGUMENTS = (
    *("--no-sandbox", "--disable-gpu", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
MAY_SPEAK = "--autoplay-policy=no-user-gesture-required"
WITH_LOUDSPEAKER = "--use-fake-device-for-media-stream"


@contextmanager
def a_browser(*more_arguments: str) -> Iterator[Browser]:
    """Start a browser for the block."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=PROGRAM, args=[*ARGUMENTS, *more_arguments]
        )
        yield browser
        browser.close()


@contextmanager
def another_browser(like: Browser, *more_arguments: str) -> Iterator[Browser]:
    """Start one more browser beside a running one, with other arguments."""
    browser = like.browser_type.launch(executable_path=PROGRAM, args=[*ARGUMENTS, *more_arguments])
    yield browser
    browser.close()


def sign_in(page: Page, url: str, worker: str, password: str) -> None:
    """Sign in to the supervisor's pages at this address."""
    page.goto(f"{url}/sign-in")
    page.fill("[name=worker]", worker)
    page.fill("[name=password]", password)
    page.press("[name=password]", "Enter")
    page.wait_for_url(f"{url}/")


def fonts_of(page: Page, selector: str) -> dict[str, int]:
    """Return how many glyphs of an element's text came from which family, as the browser says."""
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    node = session.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
    fonts = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    session.detach()
    return {font["familyName"]: int(font["glyphCount"]) for font in fonts}
