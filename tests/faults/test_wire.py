"""What comes down the reader's wire of a running station that is no card: nobody is let in by it,
and the next card counts.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.supervised import Offline, Online
from kiosk.demo.cards import rdm6300_frame
from kiosk.demo.tty import ReaderTty
from kiosk.flow.stages import ChoosingWorks, Waiting
from kiosk.flow.state import Check
from kiosk.journal.entries import Entry
from kiosk.journal.verify import verify
from kiosk.model.people import CardNumber, Roster
from kiosk.records.checks.facts import CheckOpened
from kiosk.records.reader import Reading
from kiosk.station.loop import Station
from tests.fakes.content import a_worker
from tests.fakes.running import a_running_station
from tests.fakes.waiting import until
from ui.texts import load_texts
from ui.touch.screens import screen

MISREAD = "没读到，请再刷一次"
BUSY = "有人正在检查，请稍等"
CARDS = {"A001": "5A0000A001", "A002": "5A0000A002", "A007": "5A0000A007"}
ROSTER = Roster(
    (a_worker("A001"), a_worker("A002", name="李四"), a_worker("A007", blocked="转岗培训没有完成")),
    tuple(CardNumber(worker, "10H", number) for worker, number in CARDS.items()),
)
FRAMES = {worker: rdm6300_frame(number) for worker, number in CARDS.items()}
TEXTS = load_texts(Path("config/texts/zh.toml"))


class Wire:
    """A running station, the wire to its reader, and what is seen and recorded."""

    def __init__(self, station: Station, reader: ReaderTty, data: Path) -> None:
        self.station = station
        self.reader = reader
        self._data = data

    def send(self, data: bytes) -> None:
        """Send bytes, no more at once than a port takes."""
        for start in range(0, len(data), 1024):
            assert self.reader.write(data[start : start + 1024])

    @property
    def check(self) -> Check | None:
        return self.station.snapshot().state.check

    @property
    def turn(self) -> int:
        return self.station.snapshot().state.turn

    def notice(self) -> str:
        """Return the sentence about the last input, as the screen shows it."""
        return screen(self.station.snapshot(), self.station.door, TEXTS).notice

    def headline(self) -> str:
        return screen(self.station.snapshot(), self.station.door, TEXTS).headline

    def opened(self) -> list[str]:
        """Return the workers of all checks, oldest first."""
        facts = [entry.fact for entry in self._entries()]
        return [fact.worker for fact in facts if isinstance(fact, CheckOpened)]

    def kinds(self) -> list[str]:
        """Return the kinds of all that is recorded."""
        return [entry.kind for entry in self._entries()]

    def _entries(self) -> list[Entry]:
        with Reading.open(self._data) as reading:
            return reading.entries()

    def begins(self, worker: str) -> None:
        """Wait until this worker's check has begun, and see that it is the only one."""
        until(lambda: isinstance(self.station.snapshot().state.stage, ChoosingWorks))
        assert self.opened() == [worker]

    def unplug(self) -> None:
        self.reader.unplug()
        until(lambda: isinstance(self.station.snapshot().devices["card_reader"], Offline))

    def plug(self) -> None:
        self.reader.plug()
        self.online()

    def online(self) -> None:
        until(lambda: isinstance(self.station.snapshot().devices["card_reader"], Online))


@pytest.fixture
def wire(tmp_path: Path) -> Iterator[Wire]:
    reader = ReaderTty(tmp_path / "reader")
    data = tmp_path / "data"
    with a_running_station(
        data,
        roster=ROSTER,
        card_reader={"driver": "serial", "port": str(reader.path)},
    ) as running:
        wire = Wire(running.station, reader, data)
        wire.online()
        yield wire
    reader.unplug()
    assert verify(data, "test-0001").bad is None


GARBAGE = random.Random(20261124)
NONSENSE = {
    "noise": bytes(GARBAGE.randrange(256) for _ in range(3000)),
    "noise without marks": bytes(GARBAGE.randrange(4, 256) for _ in range(3000)),
    "half a frame": FRAMES["A001"][:7],
    "the other half": FRAMES["A001"][7:],
    "an oversized frame": b"\x02" + b"5A" * 2500 + b"\x03",
    "an endless line": b"0123456789" * 400,
    "a wrong checksum": FRAMES["A001"][:-3] + b"00\x03",
    "letters that are no hex": b"\x02GHIJKLMNOPQR\x03",
    "another reader's dialect": FRAMES["A001"][1:-1] + b"\r\n",
}
nonsense = pytest.mark.parametrize("nonsense", NONSENSE.values(), ids=NONSENSE)


@nonsense
def test_nonsense_asks_for_the_card_once_more(wire: Wire, nonsense: bytes) -> None:
    wire.send(nonsense)
    until(lambda: wire.notice() == MISREAD)
    assert isinstance(wire.station.snapshot().state.stage, Waiting)
    assert wire.opened() == []
    wire.send(FRAMES["A001"])
    wire.begins("A001")
    assert wire.notice() == ""


@nonsense
def test_a_card_right_behind_nonsense_counts(wire: Wire, nonsense: bytes) -> None:
    wire.send(nonsense + FRAMES["A002"])
    wire.begins("A002")


@nonsense
def test_nonsense_during_a_check_leaves_it_as_it_is(wire: Wire, nonsense: bytes) -> None:
    wire.send(FRAMES["A001"])
    wire.begins("A001")
    before, turn = wire.check, wire.turn
    wire.send(nonsense)
    wire.send(FRAMES["A002"])
    until(lambda: wire.notice() == BUSY)
    assert (wire.check, wire.turn) == (before, turn)


def test_a_card_that_is_held_counts_once(wire: Wire) -> None:
    wire.send(FRAMES["A001"] * 40)
    wire.begins("A001")
    turn = wire.turn
    wire.send(FRAMES["A001"] + FRAMES["A001"][:5] + FRAMES["A001"])
    wire.send(FRAMES["A002"])
    until(lambda: wire.notice() == BUSY)
    assert wire.turn == turn, "only the other card was news, and no new turn"
    assert wire.opened() == ["A001"]


def test_a_refused_card_that_is_held_is_refused_once(wire: Wire) -> None:
    wire.send(FRAMES["A007"] * 40)
    wire.send(FRAMES["A001"])
    wire.begins("A001")
    assert wire.kinds().count("check.refused") == 1


def test_a_card_in_pieces_counts(wire: Wire) -> None:
    for byte in FRAMES["A001"]:
        wire.send(bytes([byte]))
    wire.begins("A001")


@pytest.mark.parametrize(("first", "second"), [("A001", "A002"), ("A002", "A001")])
def test_of_two_cards_at_the_same_moment_the_first_has_the_door(
    wire: Wire, first: str, second: str
) -> None:
    wire.send(FRAMES[first] + FRAMES[second])
    until(lambda: wire.notice() == BUSY)
    wire.begins(first)


@pytest.mark.parametrize("order", [("A001", "A007"), ("A007", "A001")])
def test_a_refused_card_takes_nobodys_place(wire: Wire, order: tuple[str, str]) -> None:
    wire.send(FRAMES[order[0]] + FRAMES[order[1]])
    wire.begins("A001")


def test_a_thousand_frames_of_many_cards_are_one_check(wire: Wire) -> None:
    chance = random.Random(7)
    wire.send(FRAMES["A001"])
    wire.begins("A001")
    before = wire.check
    wire.send(b"".join(chance.choice(list(FRAMES.values())) for _ in range(1000)))
    until(lambda: wire.notice() == BUSY)
    assert wire.check == before
    assert wire.opened() == ["A001"]


def test_pulled_out_in_the_middle_of_a_card(wire: Wire) -> None:
    wire.send(FRAMES["A001"][:7])
    wire.unplug()
    assert wire.headline() == "暂时不能刷卡"
    wire.plug()
    assert wire.headline() == "请刷卡"
    wire.send(FRAMES["A001"][7:])
    until(lambda: wire.notice() == MISREAD)
    assert wire.opened() == []
    wire.send(FRAMES["A001"])
    wire.begins("A001")


def test_pulled_out_during_a_check(wire: Wire) -> None:
    """The check goes on without a reader; the corner of the screen says what is missing."""
    wire.send(FRAMES["A001"])
    wire.begins("A001")
    before = wire.check
    wire.unplug()
    lamps = screen(wire.station.snapshot(), wire.station.door, TEXTS).frame.lamps
    assert "读卡器断开" in [lamp.words for lamp in lamps]
    assert wire.check == before
    wire.plug()
    wire.send(FRAMES["A002"])
    until(lambda: wire.notice() == BUSY)


def test_a_loose_plug(wire: Wire) -> None:
    for _ in range(5):
        wire.reader.unplug()
        wire.reader.plug()
    # Which of the ports is open is known only from a card that was read: a port is flushed when it
    # is opened.
    until(lambda: wire.reader.write(FRAMES["A001"]) and wire.opened())
    wire.begins("A001")
