"""What the tests of sync share: a county that runs, a station that drains, and what must be true at
the end.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import httpx2

from sync.county.server import CountyServer
from sync.county.settings import CountySettings
from sync.county.verifying import verify_station
from sync.county.wording import NO_WORDS, Wording
from sync.identity import Identity
from sync.link import Link, LinkSettings
from sync.outcomes import Events, Outcome
from sync.progress import Progress
from sync.signing import signed_headers
from sync.times import utc_now
from sync.uploader import drain
from tests.fakes.source import FakeSource

STATION = "station-01"
PASSWORD = "a password for tests"


@contextmanager
def running(
    settings: CountySettings,
    now: Callable[[], datetime] = utc_now,
    words: Wording = NO_WORDS,
) -> Iterator[CountyServer]:
    """Serve a county from a thread; `now` is its clock, `words` are its words for ids."""
    server = CountyServer(settings, now, words)
    thread = threading.Thread(target=server.run, name="county", daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.close()
        thread.join(10)
        assert not thread.is_alive()


class Station:
    """A station that drains its journal to what listens on a port."""

    def __init__(self, folder: Path, identity: Identity, source: FakeSource) -> None:
        self.folder = folder
        self.identity = identity
        self.source = source

    def link(self, port: int, answer_s: float = 20) -> Link:
        """Open a line to a port."""
        return Link(LinkSettings(f"http://127.0.0.1:{port}", answer_s=answer_s), self.identity)

    def progress(self, county: str = "county") -> Progress:
        """Open sync.db."""
        return Progress.open(self.folder, county)

    def drain(self, port: int, events: Events | None = None) -> Outcome:
        """Drain once, with a connection and a sync.db opened for it."""
        with self.link(port) as link, self.progress() as progress:
            return drain(self.source, link, progress, events or Events())


def everything_is_there(county: CountyServer, source: FakeSource) -> None:
    """Compare the county's copy with the journal, entry by entry and photo by photo."""
    assert county.store.entries(STATION, 0, 100_000) == source.journal
    report = verify_station(county.store, county.objects, STATION)
    assert report.sound, report
    assert (report.entries, report.hash) == source.head()
    assert (report.photos_held, report.photos_missing) == (len(source.files), 0)


def raw(
    county: CountyServer, method: str, path: str, body: bytes, identity: Identity
) -> httpx2.Response:
    """Send a signed request with any body."""
    url = f"http://127.0.0.1:{county.port}{path}"
    headers = signed_headers(method, url, body, identity, datetime.now(UTC))
    return httpx2.request(method, url, content=body, headers=headers, trust_env=False, verify=False)
