"""A whole station with its touch screen and the supervisor's pages, on shipped content: what
publishing is tried on.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from devices.supervised import Online
from kiosk.commands.protocol import send
from kiosk.flow.stages import Calling, Closed, Waiting
from kiosk.flow.touches import AnyTouch, Propose
from kiosk.model.content import Pack
from kiosk.model.people import Roster
from kiosk.paths import Place
from kiosk.processes.content_in_use import load_door
from kiosk.processes.review import pages, review_db
from kiosk.processes.station import running
from kiosk.records.people.commands import ChangeRoster
from kiosk.records.reader import Reading
from kiosk.records.scenarios.rows import ProposalRow
from tests.fakes.desk import PASSWORD
from tests.fakes.hashing import CHEAP
from tests.fakes.running import CARDS, ROSTER, Running, settings
from tests.fakes.waiting import until
from ui.review.access.store import Access
from ui.review.server import make_server
from ui.serving import served

SUPERVISOR = "S001"
QUICK = {"dwell_s": 0.0, "syllable_s": 0.0, "listen_s": 0.05, "countdown_s": 0.05, "passed_s": 30.0}


class Office(Running):
    """The station (`station`), its screen (`touch_url`) and the pages (`url`)."""

    def __init__(self, running: Running, place: Place, touch_url: str, url: str) -> None:
        super().__init__(running.station)
        self.place = place
        self.touch_url = touch_url
        self.url = url

    def assign(self, worker_id: str, *posts: str) -> None:
        """Assign a worker to these posts."""
        worker = next(worker for worker in ROSTER.workers if worker.id == worker_id)
        self.station.command(ChangeRoster(Roster((msgspec.structs.replace(worker, posts=posts),))))

    def touch_until_calling(self) -> None:
        """Bring the worker at the door to the first step of the drill."""
        self.go_to(Calling)

    def finish(self) -> None:
        """Do all that comes after the drill."""
        self.go_to(Closed)

    def go_to_waiting(self) -> None:
        """Leave the finished check, back to the waiting screen."""
        self.go_to(Waiting)

    def propose(self, post: str, *touches: AnyTouch) -> str:
        """Pass a check at a post and tell of a danger there; return its id.

        `touches` are those after the first.
        """
        self.assign("A001", post)
        self.tap("A001")
        self.finish()
        for touch in (Propose(), *touches):
            self.touch(touch)
        self.go_to_waiting()
        with Reading.open(self.place.data) as reading:
            return reading.proposals()[0].id

    def proposal(self, proposal: str) -> ProposalRow:
        """Return a proposed scene as it stands in the journal."""
        with Reading.open(self.place.data) as reading:
            row = reading.proposal(proposal)
        assert row
        return row

    def packs(self) -> tuple[Pack, ...]:
        """Return the content as it is published."""
        return load_door(settings(timings=QUICK), self.place).packs

    def published(self) -> list[tuple[str, str]]:
        """Return packs and versions that were published, oldest first."""
        with Reading.open(self.place.data) as reading:
            return [(row.pack, row.version) for row in reading.published()]


@contextmanager
def an_office(data: Path, config: Path = Path("config"), **changes: Any) -> Iterator[Office]:
    """Run everything until the block ends; `changes` replace tables of its settings."""
    place = Place(config, data)
    told = settings(timings=QUICK, **changes)
    with running(told, place, 0) as (ready, port):
        loop = threading.Thread(target=ready.run, name="loop")
        loop.start()
        try:
            ready.command(ChangeRoster(ROSTER))
            if told.camera["driver"] == "simulated":
                until(lambda: isinstance(ready.devices.camera.state, Online))
            access = Access(review_db(place), hasher=CHEAP)
            access.set_password(SUPERVISOR, PASSWORD)
            access.set_password("A001", PASSWORD)
            app = pages(told, place, access, lambda command: send(place.commands, command))
            with served(make_server(app, 0, 4)) as review_port:
                urls = (f"http://127.0.0.1:{port}", f"http://127.0.0.1:{review_port}")
                yield Office(Running(ready), place, *urls)
        finally:
            ready.stop()
            loop.join()


__all__ = ["CARDS", "PASSWORD", "SUPERVISOR", "Office", "an_office"]
