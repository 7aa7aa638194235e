"""A crew of eight at a real station: cards on a real terminal, fingers in a real browser, every
fact on a real disk.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from msgspec.structs import replace
from playwright.sync_api import Browser, Page, expect

from kiosk.demo.cards import rdm6300_frame
from kiosk.demo.tty import ReaderTty
from kiosk.flow.crew_stages import CrewEnded, Gathering, OfferingCrew, SigningOff
from kiosk.flow.stages import Closed
from kiosk.model.outcome import Outcome
from kiosk.model.people import CardNumber, Roster, Worker
from kiosk.records.crews.facts import SignedBy
from kiosk.records.reader import Reading
from kiosk.station.loop import Station
from tests.fakes.content import a_door
from tests.fakes.crews import a_crew, with_crews
from tests.fakes.running import QUICK, SIMULATED, Running, a_running_station
from tests.fakes.stages import CONFIG
from tests.fakes.waiting import until
from ui.serving import served
from ui.texts import load_texts
from ui.touch.app import create_app

pytestmark = pytest.mark.browser

EIGHT = a_crew(8)
BLOCKED = replace(a_crew(9)[8], blocked="转岗培训没有完成")
PEOPLE = (*EIGHT, BLOCKED)
NUMBERS = {worker.id: f"5A0000C{index:03}" for index, worker in enumerate(PEOPLE)}
ROSTER = Roster(
    PEOPLE, tuple(CardNumber(worker, "10H", number) for worker, number in NUMBERS.items())
)
QUIET = replace(QUICK, failed_s=60.0, warn_s=120.0, abandon_s=180.0)


@contextmanager
def a_page(browser: Browser, station: Station) -> Iterator[Page]:
    """Serve a station's screen, and look at it."""
    import waitress

    stop = threading.Event()
    texts = load_texts(CONFIG / "texts" / "zh.toml")
    app = create_app(station, texts, targets=CONFIG / "packs", stop=stop)
    server = waitress.create_server(
        app, host="127.0.0.1", port=0, threads=8, channel_request_lookahead=1
    )
    with served(server) as port:
        context = browser.new_context(viewport={"width": 1024, "height": 600}, has_touch=True)
        page = context.new_page()
        page.goto(f"http://127.0.0.1:{port}/")
        try:
            yield page
        finally:
            context.close()
            stop.set()


class Crew:
    """Eight people in front of the door."""

    def __init__(self, running: Running, reader: ReaderTty, page: Page) -> None:
        self.running = running
        self.reader = reader
        self.page = page

    def tap(self, worker: Worker) -> None:
        """Hold a card to the reader: bytes on the terminal; wait until the door has taken note."""
        before = self.running.station.snapshot().state
        assert self.reader.write(rdm6300_frame(NUMBERS[worker.id]))
        until(lambda: self.running.station.snapshot().state is not before)

    def press(self, name: str) -> None:
        self.page.locator("#kiosk[data-js-armed]").wait_for(state="attached")
        self.page.get_by_role("button", name=name).tap()

    def sign(self, worker: Worker) -> None:
        """Touch one's own tile and write."""
        self.press(worker.name)
        canvas = self.page.locator("[data-sign]")
        expect(canvas).to_be_visible()
        box = canvas.bounding_box()
        assert box
        self.page.mouse.move(box["x"] + box["width"] * 0.2, box["y"] + box["height"] * 0.5)
        self.page.mouse.down()
        for step in range(1, 16):
            down = 0.3 if step % 2 else 0.7
            self.page.mouse.move(
                box["x"] + box["width"] * (0.2 + 0.04 * step), box["y"] + box["height"] * down
            )
        self.page.mouse.up()
        self.press("签好了")
        until(lambda: worker.name in self.tiles("signed"))

    def tiles(self, state: str) -> list[str]:
        return self.page.locator(f".member.is-{state} b").all_inner_texts()


def test_a_crew_of_eight_goes_through_and_the_drawn_one_goes_alone(
    browser: Browser, tmp_path: Path
) -> None:
    reader = ReaderTty(tmp_path / "reader")
    port = {"driver": "serial", "port": str(reader.path), "framing": "stx_etx"}
    door = with_crews(a_door(QUIET), window_s=300.0)
    with (
        a_running_station(
            tmp_path / "data", door, ROSTER, card_reader=port, camera=SIMULATED
        ) as running,
        a_page(browser, running.station) as page,
    ):
        until(lambda: running.station.devices.card_reader.state.__class__.__name__ == "Online", 20)
        crew = Crew(running, reader, page)
        crew.tap(EIGHT[0])
        running.wait_for(OfferingCrew)
        crew.press("全班一起")
        running.wait_for(Gathering)
        for worker in EIGHT[1:]:
            crew.tap(worker)
        crew.tap(BLOCKED)
        expect(page.locator(".member.is-in")).to_have_count(8)
        expect(page.locator(".notice")).to_contain_text("你已被暂停上岗")
        assert crew.tiles("out") == [BLOCKED.name]
        crew.press("人齐了，开始")
        running.go_to(SigningOff)
        expect(page.locator(".member.is-drawn")).to_have_count(1)
        drawn = next(worker for worker in EIGHT if worker.name in crew.tiles("drawn"))
        others = [worker for worker in EIGHT if worker is not drawn]
        crew.sign(others[0])
        for worker in others[1:-1]:
            crew.tap(worker)
        assert page.locator("#kiosk").get_attribute("data-signal") == "working"
        crew.tap(others[-1])
        running.wait_for(CrewEnded)
        expect(page.locator('#kiosk[data-signal="passed"]')).to_be_visible()
        expect(page.locator(".left-over").first).to_contain_text(drawn.name)
        crew.tap(drawn)
        if isinstance(running.stage, OfferingCrew):
            crew.press("一个人")
        running.go_to(Closed)
    with Reading.open(tmp_path / "data") as reading:
        rows = reading.checks()
        members = [row for row in rows if row.crew_check]
        assert sum(row.outcome is Outcome.PASSED for row in members) == 7
        assert [row.worker for row in members if row.reasons == ("drawn",)] == [drawn.id]
        assert (rows[0].worker, rows[0].outcome, rows[0].crew_check) == (
            drawn.id,
            Outcome.PASSED,
            "",
        )
        details = {row.worker: reading.check(row.id) for row in members}
        by = {worker: detail.signed_by for worker, detail in details.items() if detail}
        assert by[others[0].id] is SignedBy.STROKES
        assert by[others[1].id] is SignedBy.CARD
        assert all(len(row.thumbnails) == 4 for row in members)
