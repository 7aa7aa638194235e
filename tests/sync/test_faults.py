"""Faults between station and county: whatever breaks, the county ends with exactly one copy of
everything.
"""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import msgspec
import pytest
import sqlalchemy

from sync.county.enrolling import enrol
from sync.county.server import CountyServer
from sync.county.settings import CountySettings
from sync.county.store import Store
from sync.errors import AlreadyRunningError
from sync.identity import open_identity
from sync.outcomes import End, Events, Outcome
from sync.protocol import next_batch
from sync.uploader import drain_for
from tests.fakes.flaky_proxy import FlakyProxy
from tests.fakes.source import FakeSource
from tests.fakes.waiting import until
from tests.sync.stage import PASSWORD, STATION, Station, everything_is_there, running

SERVE = """
import sys, msgspec
from sync.county.server import CountyServer
from sync.county.settings import CountySettings
server = CountyServer(msgspec.json.decode(sys.argv[1], type=CountySettings))
print(server.port, flush=True)
server.run()
"""


def drain_until_done(station: Station, port: int, most: int = 20) -> Outcome:
    """Drain as often as needed."""
    for _ in range(most):
        outcome = station.drain(port)
        if outcome.end is End.DONE:
            return outcome
        assert outcome.end is End.TRY_AGAIN, outcome
    raise AssertionError(f"not done after {most} drains: {outcome}")


@contextmanager
def county_process(settings: CountySettings) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Serve a county from a process of its own, which can be killed; yield it and its port."""
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE, msgspec.json.encode(settings).decode()],
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdout is not None
        yield process, int(process.stdout.readline())
        process.kill()


@pytest.fixture
def enrolled(settings: CountySettings, station: Station) -> CountySettings:
    """The settings of a county that knows the station and does not run yet."""
    store = Store.open(settings.database)
    enrol(store, STATION, "一车间班前站", station.identity.public_key)
    store.close()
    return settings


@pytest.fixture(scope="module")
def drain_size(tmp_path_factory: pytest.TempPathFactory, password_hash: str) -> dict[str, int]:
    """Return how many bytes go up and come down while one check is drained without a fault."""
    folder = tmp_path_factory.mktemp("whole")
    source = FakeSource(STATION)
    source.check()
    identity = open_identity(folder, STATION)
    settings = CountySettings(
        port=0,
        database=f"sqlite:///{folder}/c.db",
        objects=str(folder / "o"),
        password_hash=password_hash,
    )
    with running(settings) as county, FlakyProxy(county.port) as proxy:
        enrol(county.store, STATION, "一车间班前站", identity.public_key)
        assert Station(folder, identity, source).drain(proxy.port).complete
        return {"up": proxy.up, "down": proxy.down}


@pytest.mark.parametrize("tenth", range(1, 10))
@pytest.mark.parametrize("direction", ["up", "down"])
def test_the_line_is_cut_anywhere(
    county: CountyServer,
    station: Station,
    source: FakeSource,
    drain_size: dict[str, int],
    direction: str,
    tenth: int,
) -> None:
    """Cut at nine places spread over all the bytes that a drain sends, or is sent: it connects
    again and goes on.
    """
    source.check()
    with FlakyProxy(county.port) as proxy:
        setattr(proxy, f"cut_{direction}_at", drain_size[direction] * tenth // 10)
        assert station.drain(proxy.port).complete
        assert proxy.connections == 2, "the place of the cut was never reached"
    everything_is_there(county, source)


@pytest.mark.parametrize("what", ["记录", "照片"])
def test_the_answer_is_lost(
    county: CountyServer, station: Station, source: FakeSource, what: str
) -> None:
    """What the county took without the station hearing of it is not taken again."""
    source.check()
    with FlakyProxy(county.port) as proxy:

        def mute(done: int, total: int, counted: str) -> None:
            proxy.mute = counted == what

        outcome = station.drain(proxy.port, Events(moved=mute))
        assert (outcome.end, outcome.why) == (End.TRY_AGAIN, "连不上县级系统：连接中断")
        assert county.store.held(STATION).seq == 14, "the county heard it"
        proxy.mute = False
        outcome = drain_until_done(station, proxy.port)
    assert (outcome.complete, outcome.entries_sent) == (True, 0)
    everything_is_there(county, source)


def test_the_county_is_off_and_comes_back(
    county: CountyServer, station: Station, source: FakeSource
) -> None:
    """A failure is remembered with the time of the next try; a drain with a window waits for it and
    goes on.
    """
    source.check()
    with FlakyProxy(target=1) as proxy:
        for failures in (1, 2):
            assert station.drain(proxy.port, Events(chance=lambda: 0.5)).end is End.TRY_AGAIN
            with station.progress() as progress:
                assert progress.standing().failures == failures

        def county_comes_back() -> float:
            proxy.target = county.port
            return 0.0

        events = Events(chance=county_comes_back, sign_head=lambda: _sign(source, station))
        with station.link(proxy.port) as link, station.progress() as progress:
            outcome = drain_for(60, source, link, progress, events)
            assert outcome.complete
            assert progress.standing().failures == 0
    assert [entry.kind for entry in source.journal].count("head.signed") == 1, (
        "once, not at every try"
    )
    everything_is_there(county, source)


def _sign(source: FakeSource, station: Station) -> None:
    source.sign_head(station.identity)


def test_a_window_ends_before_the_next_try(station: Station, source: FakeSource) -> None:
    source.check()
    with (
        FlakyProxy(target=1) as proxy,
        station.link(proxy.port) as link,
        station.progress() as progress,
    ):
        outcome = drain_for(1.0, source, link, progress, Events(chance=lambda: 0.99))
    assert (outcome.end, outcome.why) == (End.TRY_AGAIN, "连不上县级系统：连接中断")


def test_the_county_is_killed_while_it_takes_a_batch(
    enrolled: CountySettings, station: Station, source: FakeSource
) -> None:
    """It has the whole batch and stands before a lock inside its transaction: nothing of the batch
    may remain.
    """
    for _ in range(10):
        source.check()
    batch_size = len(msgspec.json.encode(next_batch(source.journal)))
    with county_process(enrolled) as (process, port), FlakyProxy(port) as proxy:
        head_size = 0

        def note_head(done: int, total: int, what: str) -> None:
            nonlocal head_size
            head_size = head_size or proxy.up

        with _locked(enrolled.database) as waits:
            drained: list[Outcome] = []
            thread = threading.Thread(
                target=lambda: drained.append(station.drain(proxy.port, Events(moved=note_head)))
            )
            thread.start()
            until(lambda: head_size and proxy.up > head_size + batch_size and waits())
            process.kill()
            thread.join(30)
        assert drained[0].end is End.TRY_AGAIN
    with running(enrolled) as county:
        assert county.store.held(STATION).seq == 0
        assert county.store.entries(STATION, 0, 10) == []
        assert station.drain(county.port).complete
        everything_is_there(county, source)


@contextmanager
def _locked(database: str) -> Iterator[Callable[[], bool]]:
    """Hold a lock that a batch needs; yield a function that returns whether a session waits for it,
    as far as the engine says.
    """
    engine = sqlalchemy.create_engine(database)
    with engine.connect() as db, engine.connect() as other:
        if engine.dialect.name == "sqlite":
            db.exec_driver_sql("BEGIN IMMEDIATE")
            yield lambda: True
        else:
            db.exec_driver_sql("LOCK TABLE checks IN EXCLUSIVE MODE")
            query = "SELECT count(*) FROM pg_locks WHERE NOT granted"
            yield lambda: other.exec_driver_sql(query).scalar_one() > 0
        db.rollback()
    engine.dispose()


def test_the_county_is_killed_again_and_again(
    enrolled: CountySettings, station: Station, source: FakeSource
) -> None:
    """Every sixth answer is its last word, and is not heard."""
    source.check()
    outcome: Outcome | None = None
    kills = 0
    with FlakyProxy(target=1) as proxy:
        while outcome is None or outcome.end is not End.DONE:
            with county_process(enrolled) as (process, port):
                answers = 0

                def answered(process: subprocess.Popen[str] = process) -> None:
                    nonlocal answers, kills
                    answers += 1
                    if answers == 6:
                        process.kill()
                        proxy.mute = True
                        kills += 1

                proxy.target, proxy.mute, proxy.before_answer = port, False, answered
                outcome = station.drain(proxy.port)
    assert outcome.complete
    assert kills >= 2
    with running(enrolled) as county:
        everything_is_there(county, source)


def test_the_county_cannot_write(
    county: CountyServer, settings: CountySettings, station: Station, source: FakeSource
) -> None:
    """Where the folder of photos should be there is a file: the photos wait, and come when it is
    gone.
    """
    source.check()
    obstacle = Path(settings.objects) / STATION
    obstacle.write_text("in the way")
    outcome = station.drain(county.port)
    assert (outcome.end, outcome.why) == (End.TRY_AGAIN, "县级系统暂时不能存储，请稍后再试")
    assert outcome.held is not None
    assert (outcome.held.seq, outcome.held.photos_missing) == (14, 8)
    obstacle.unlink()
    assert station.drain(county.port).complete
    everything_is_there(county, source)


def test_the_countys_database_fails(
    county: CountyServer, settings: CountySettings, station: Station, source: FakeSource
) -> None:
    """A table is missing for a while: the batch waits as a whole, and the page says so."""
    source.check()
    page = f"http://127.0.0.1:{county.port}/stations/{STATION}"
    rename(settings.database, "check_entries", "elsewhere")
    rename(settings.database, "checks", "gone")
    outcome = station.drain(county.port)
    assert (outcome.end, outcome.why) == (End.TRY_AGAIN, "县级系统暂时不能存储，请稍后再试")
    response = httpx2.get(page, auth=("", PASSWORD), trust_env=False, verify=False)
    assert response.status_code == 503
    assert "数据库或照片库暂时不能读取" in response.text
    assert county.store.held(STATION).seq == 0
    rename(settings.database, "elsewhere", "check_entries")
    rename(settings.database, "gone", "checks")
    assert station.drain(county.port).complete
    everything_is_there(county, source)


def rename(database: str, table: str, name: str) -> None:
    """Rename a table behind the county's back."""
    engine = sqlalchemy.create_engine(database)
    with engine.begin() as db:
        db.exec_driver_sql(f"ALTER TABLE {table} RENAME TO {name}")
    engine.dispose()


def test_two_drains_at_once_are_refused(station: Station) -> None:
    with station.progress(), pytest.raises(AlreadyRunningError), station.progress():
        pass
