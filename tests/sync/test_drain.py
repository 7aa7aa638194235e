"""A drain to a real county: everything arrives, once, and again costs nothing."""

from __future__ import annotations

import threading
from datetime import date

from kiosk.model.content import Part
from kiosk.model.outcome import Answer
from kiosk.records.paper.facts import PaperAnswer, PaperCause, PaperEntered
from sync.county.enrolling import enrol
from sync.county.projecting import Photos
from sync.county.server import CountyServer
from sync.outcomes import End, Events
from sync.protocol import Held, State
from sync.uploader import ask_state
from tests.fakes.flaky_proxy import FlakyProxy
from tests.fakes.source import FakeSource
from tests.sync.stage import STATION, Station, everything_is_there


def test_a_journal_with_its_photos_arrives(
    county: CountyServer, station: Station, source: FakeSource
) -> None:
    for _ in range(3):
        source.check()
    outcome = station.drain(county.port)
    assert outcome.complete, outcome
    assert outcome.held == Held(*source.head(), photos_missing=0)
    assert (outcome.entries_sent, outcome.photos_sent) == (42, 24)
    everything_is_there(county, source)


def test_a_paper_form_entered_later_arrives_and_is_no_check(
    county: CountyServer, station: Station, source: FakeSource
) -> None:
    answers = tuple(PaperAnswer(part, Answer.OK) for part in Part)
    what = ("p1", "S001", "A001", "welder", ("hot-work",), date(2026, 11, 24), "白班", answers, "A001")
    source.record(PaperEntered(*what, PaperCause.POWER, "三号柜"))
    source.check()
    assert station.drain(county.port).complete
    everything_is_there(county, source)
    (row,) = county.store.checks(STATION, 1000, 10)
    assert row.opened_seq == 2


def test_a_second_drain_sends_only_what_is_new(
    county: CountyServer, station: Station, source: FakeSource
) -> None:
    source.check()
    station.drain(county.port)
    assert station.drain(county.port).entries_sent == 0
    source.check()
    outcome = station.drain(county.port)
    assert (outcome.entries_sent, outcome.photos_sent) == (14, 8)
    everything_is_there(county, source)


def test_an_empty_journal_is_complete(county: CountyServer, station: Station) -> None:
    outcome = station.drain(county.port)
    assert outcome.complete
    assert outcome.entries_sent == 0


def test_progress_counts_entries_then_photos(
    county: CountyServer, station: Station, source: FakeSource
) -> None:
    for _ in range(15):
        source.check()
    heard: list[tuple[int, int, str]] = []
    station.drain(county.port, Events(moved=lambda *step: heard.append(step)))
    assert [step for step in heard if step[2] == "记录"] == [
        (0, 210, "记录"),
        (200, 210, "记录"),
        (210, 210, "记录"),
    ]
    assert heard[-1] == (120, 120, "照片")


def test_the_head_is_signed_first_and_shown_at_the_county(
    county: CountyServer, station: Station, source: FakeSource
) -> None:
    source.check()

    def sign_head() -> None:
        source.sign_head(station.identity)

    outcome = station.drain(county.port, Events(sign_head=sign_head))
    assert outcome.complete
    with station.link(county.port) as link:
        state = ask_state(link)
    assert isinstance(state, State)
    assert (state.signed_seq, state.alarm) == (14, "")
    assert state.held == Held(15, source.journal[-1].hash)
    assert state.photos_held == 8


def test_a_stopped_drain_goes_on_where_it_was(
    county: CountyServer, station: Station, source: FakeSource
) -> None:
    for _ in range(15):
        source.check()
    stop = threading.Event()

    def stop_in_the_photos(done: int, total: int, what: str) -> None:
        if (done, what) == (30, "照片"):
            stop.set()

    outcome = station.drain(county.port, Events(moved=stop_in_the_photos, stop=stop))
    assert (outcome.end, outcome.entries_sent, outcome.photos_sent) == (End.STOPPED, 210, 30)
    outcome = station.drain(county.port)
    assert (outcome.complete, outcome.entries_sent, outcome.photos_sent) == (True, 0, 90)
    everything_is_there(county, source)


def test_one_keep_alive_connection_carries_a_drain(
    county: CountyServer, station: Station, source: FakeSource
) -> None:
    source.check()
    with FlakyProxy(county.port) as proxy:
        assert station.drain(proxy.port).complete
        assert proxy.connections == 1


def test_only_the_photos_that_the_county_wants_are_sent(
    county: CountyServer, station: Station, source: FakeSource
) -> None:
    source.check()
    for photos, sent in ((Photos.NONE, 0), (Photos.THUMBNAILS, 4), (Photos.ALL, 4)):
        enrol(county.store, STATION, "一车间班前站", station.identity.public_key, photos)
        outcome = station.drain(county.port)
        assert (outcome.complete, outcome.photos_sent) == (True, sent)
    everything_is_there(county, source)


def test_a_lost_and_a_damaged_photo_hold_nobody_up(
    county: CountyServer, station: Station, source: FakeSource
) -> None:
    source.check()
    lost, damaged, *_ = source.files
    kept = source.files.pop(lost)
    source.files[damaged] = b"rotten"
    outcome = station.drain(county.port)
    assert outcome.end is End.DONE
    assert not outcome.complete
    assert outcome.photos_sent == 6
    assert sorted(outcome.photo_troubles) == sorted(
        [f"{lost}: 本站没有这张照片", f"{damaged}: 本站的照片文件已损坏"]
    )
    assert outcome.held == Held(*source.head(), photos_missing=2)
    source.files[lost] = kept
    assert station.drain(county.port).photos_sent == 1


def test_receipts_say_what_the_county_confirmed(
    county: CountyServer, station: Station, source: FakeSource
) -> None:
    source.check()
    station.drain(county.port)
    with station.progress() as progress:
        standing = progress.standing()
        assert progress.receipts() == [Held(*source.head(), photos_missing=0)]
    assert (standing.seq, standing.photos_missing, standing.failures, standing.trouble) == (14, 0, 0, "")
