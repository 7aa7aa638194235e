"""What every card reader keeps: a card in, a card out; a pulled plug is a state; nothing after
close.
"""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator, Mapping
from functools import reduce
from operator import xor
from pathlib import Path

import pytest

import devices
from devices.card_reader import Card, CardReader, CardSeen, Event, FrameRejected, projections
from devices.card_reader.simulated import SimulatedReader
from devices.supervised import Offline, Online, State
from kiosk.demo.tty import ReaderTty
from tests.fakes.waiting import until

ZHANG, LI = Card("10H", "62E3086CED"), Card("10H", "0500207B32")


class Rig:
    """A driver with the hands that hold cards to it."""

    form = "10H"

    def __init__(self, driver: str, options: Mapping[str, object]) -> None:
        self.events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self.states: queue.SimpleQueue[State] = queue.SimpleQueue()
        settings = {"driver": driver, **options}
        self.reader: CardReader = devices.open(
            "card_reader", settings, emit=self.events.put, watch=self.states.put
        )

    def online(self) -> None:
        until(lambda: isinstance(self.reader.state, Online))

    def next(self) -> Event:
        return self.events.get(timeout=30)

    def seen(self, card: Card) -> CardSeen:
        """Return what the reader makes of `card` in its own form."""
        return CardSeen(next(other for other in projections(card) if other.form == self.form))

    def tap(self, card: Card) -> None:
        raise NotImplementedError

    def tap_badly(self) -> None:
        raise NotImplementedError

    def unplug(self) -> None:
        raise NotImplementedError

    def plug(self) -> None:
        raise NotImplementedError

    def close(self) -> None:
        self.reader.close()


class SerialRig(Rig):
    """The serial driver on a pseudo-terminal."""

    def __init__(
        self, folder: Path, prints: str, frame: Callable[[Card], bytes], **options: object
    ) -> None:
        self.tty = ReaderTty(folder / "reader")
        self.form = prints
        self.frame = frame
        super().__init__("serial", {"port": str(self.tty.path), **options})

    def tap(self, card: Card) -> None:
        self.tty.write(self.frame(self.seen(card).card))

    def tap_badly(self) -> None:
        card = self.seen(ZHANG).card
        self.tty.write(self.frame(card).replace(card.number[-2:].encode(), b"??"))

    def unplug(self) -> None:
        self.tty.unplug()

    def plug(self) -> None:
        self.tty.plug()

    def close(self) -> None:
        super().close()
        self.tty.unplug()


class SimulatedRig(Rig):
    """The simulated driver."""

    def __init__(self) -> None:
        super().__init__("simulated", {})

    def tap(self, card: Card) -> None:
        self._simulated().tap(card.form, card.number)

    def tap_badly(self) -> None:
        self._simulated().tap("10H", "62E3")

    def unplug(self) -> None:
        self._simulated().unplug()

    def plug(self) -> None:
        self._simulated().plug()

    def _simulated(self) -> SimulatedReader:
        assert isinstance(self.reader, SimulatedReader)
        return self.reader


def twelve(card: Card) -> bytes:
    return f"{card.number}{reduce(xor, bytes.fromhex(card.number)):02X}".encode()


def rdm6300(card: Card) -> bytes:
    return b"\x02" + twelve(card) + b"\x03"


def id20la(card: Card) -> bytes:
    return b"\x02" + twelve(card) + b"\r\n\x03"


def merg(card: Card) -> bytes:
    return b"A" + twelve(card) + b"\r\n>"


def line(card: Card) -> bytes:
    return card.number.encode() + b"\r\n"


def bare(card: Card) -> bytes:
    return card.number.encode()


RIGS: dict[str, Callable[[Path], Rig]] = {
    "rdm6300": lambda folder: SerialRig(folder, "10H", rdm6300),
    "id20la": lambda folder: SerialRig(folder, "10H", id20la),
    "em18": lambda folder: SerialRig(folder, "10H", twelve, framing="em18"),
    "merg": lambda folder: SerialRig(folder, "10H", merg, framing="merg"),
    "line 10D": lambda folder: SerialRig(folder, "10D", line, framing="line", form="10D"),
    "line 3D.5D": lambda folder: SerialRig(folder, "3D.5D", line, framing="line", form="auto"),
    "line without end": lambda folder: SerialRig(
        folder, "8H", bare, framing="line", form="8H", idle_flush_ms=30
    ),
    "simulated": lambda folder: SimulatedRig(),
}


@pytest.fixture(params=list(RIGS))
def rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    made = RIGS[request.param](tmp_path)
    yield made
    made.close()


def test_a_card_is_seen_and_so_is_the_next(rig: Rig) -> None:
    rig.online()
    rig.tap(ZHANG)
    assert rig.next() == rig.seen(ZHANG)
    rig.tap(LI)
    assert rig.next() == rig.seen(LI)


def test_what_cannot_be_read_is_one_rejection_and_the_card_after_it_is_seen(rig: Rig) -> None:
    rig.online()
    rig.tap_badly()
    rejected = rig.next()
    assert isinstance(rejected, FrameRejected)
    assert rejected.reason in ("无法识别", "校验错误", "数据不完整")
    rig.tap(ZHANG)
    assert rig.next() == rig.seen(ZHANG)
    assert rig.events.empty()


def test_a_pulled_plug_is_a_state_and_heals_by_itself(rig: Rig) -> None:
    rig.online()
    rig.unplug()
    until(lambda: isinstance(rig.reader.state, Offline))
    assert isinstance(rig.reader.state, Offline)
    assert "拔出" in rig.reader.state.reason or "已断开" in rig.reader.state.reason
    rig.plug()
    rig.online()
    rig.tap(LI)
    assert rig.next() == rig.seen(LI)


def test_the_watcher_hears_it_come_go_and_come(rig: Rig) -> None:
    heard = [rig.states.get(timeout=30)]
    rig.unplug()
    heard.append(rig.states.get(timeout=30))
    rig.plug()
    rig.online()
    until(lambda: not rig.states.empty())
    while not rig.states.empty():
        heard.append(rig.states.get())
    kinds = [type(state) for state in heard]
    assert kinds[:2] == [Online, Offline]
    assert kinds[-1] is Online


def test_closing_is_no_news_may_be_repeated_and_leaves_it_offline(rig: Rig) -> None:
    rig.online()
    until(lambda: not rig.states.empty())
    rig.states.get()
    rig.reader.close()
    rig.reader.close()
    assert isinstance(rig.reader.state, Offline)
    assert rig.states.empty()


def test_after_closing_no_card_comes(rig: Rig) -> None:
    rig.online()
    rig.reader.close()
    rig.tap(ZHANG)
    rig.unplug()
    rig.plug()
    rig.tap(ZHANG)
    assert rig.events.empty()


ABSENT: dict[str, tuple[dict[str, object], str]] = {
    "disabled": ({"driver": "disabled"}, "已在设置中停用"),
    "serial, no port": ({"driver": "serial", "port": "/dev/no-such-reader"}, "没有找到"),
    "serial, no tty": ({"driver": "serial", "port": "/dev/null"}, "不是串口"),
    "keyboard, no node": (
        {"driver": "keyboard", "device": "/dev/input/by-id/none*", "form": "10D"},
        "没有找到",
    ),
    "keyboard, no input device": (
        {"driver": "keyboard", "device": "/dev/null", "form": "10D"},
        "不是这种设备",
    ),
}


@pytest.mark.parametrize(("settings", "reason"), ABSENT.values(), ids=ABSENT)
def test_an_absent_reader_is_a_state_with_its_reason(
    settings: dict[str, object], reason: str
) -> None:
    reader: CardReader = devices.open("card_reader", settings, emit=lambda event: None)
    try:
        until(lambda: isinstance(reader.state, Offline) and reason in reader.state.reason)
    finally:
        reader.close()


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"driver": "serial"}, "port"),
        ({"driver": "serial", "port": "/dev/x", "baud": 9601}, "baud"),
        ({"driver": "serial", "port": "/dev/x", "bauds": 9600}, "bauds"),
        ({"driver": "serial", "port": "/dev/x", "framing": "line", "form": "9D"}, "form"),
        ({"driver": "serial", "port": "/dev/x", "form": "8D"}, "form '8D' needs framing"),
        ({"driver": "serial", "port": "/dev/x", "idle_flush_ms": 30}, "idle_flush_ms"),
        ({"driver": "keyboard", "device": "/dev/x"}, "form"),
        ({"driver": "simulated", "port": "/dev/x"}, "port"),
    ],
)
def test_a_wrong_setting_is_named(settings: dict[str, object], message: str) -> None:
    with pytest.raises(devices.SettingsError, match=message):
        devices.open("card_reader", settings, emit=lambda event: None)
