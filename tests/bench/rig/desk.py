"""`kiosk review` as it runs in earnest, and a supervisor who looks at checks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kiosk.demo.services import ports_from
from kiosk.paths import Place
from kiosk.processes.review import access_of
from kiosk.records.reader import Reading
from tests.bench.rig.process import process, until_page
from tests.bench.rig.station import SUPERVISOR
from tests.fakes.visitor import Visitor


class Desk:
    """A supervisor who has signed in."""

    def __init__(self, pid: int, visitor: Visitor, data: Path) -> None:
        self.pid = pid
        self._visitor = visitor
        self._data = data

    def look(self, at_most: int) -> None:
        """Look at today's list, and at the newest checks with their photos."""
        self._see("/")
        with Reading.open(self._data) as reading:
            checks = [reading.check(row.id) for row in reading.checks(limit=at_most)]
        for check in filter(None, checks):
            self._see(f"/checks/{check.row.id}")
            for photo in check.photos:
                self._see(f"/photos/{photo.photo}")

    def _see(self, path: str) -> None:
        self._visitor.get(path).raise_for_status()


@contextmanager
def a_desk(settings: Path, data: Path) -> Iterator[Desk]:
    """Run the supervisor's pages until the block ends; the supervisor must be known already."""
    password = access_of(Place(settings.parent, data)).create_first(SUPERVISOR)
    port = ports_from(0).review
    arguments = ("-m", "kiosk", "review", "--config", settings, "--data", data, "--port", port)
    with process(*arguments) as running:
        until_page(running, port, "/sign-in")
        with Visitor(f"http://127.0.0.1:{port}") as visitor:
            visitor.sign_in(SUPERVISOR, password)
            yield Desk(running.pid, visitor, data)
