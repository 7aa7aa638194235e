"""The serial driver beyond the contract: how readers behave on a wire, and how ports come and
go.
"""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import devices
from devices.card_reader import Card, CardReader, CardSeen, Event, FrameRejected
from devices.supervised import Offline, Online
from kiosk.demo.tty import ReaderTty
from tests.fakes.waiting import until

FRAME, OTHER = b"\x0262E3086CED08\x03", b"\x020500207B326C\x03"
SEEN, OTHER_SEEN = CardSeen(Card("10H", "62E3086CED")), CardSeen(Card("10H", "0500207B32"))
Open = Callable[[], CardReader]


@pytest.fixture
def tty(tmp_path: Path) -> Iterator[ReaderTty]:
    fake = ReaderTty(tmp_path / "reader")
    yield fake
    fake.unplug()


@pytest.fixture
def events() -> queue.SimpleQueue[Event]:
    return queue.SimpleQueue()


@pytest.fixture
def opened(tty: ReaderTty, events: queue.SimpleQueue[Event]) -> Iterator[Open]:
    readers: list[CardReader] = []

    def open_reader() -> CardReader:
        settings = {"driver": "serial", "port": str(tty.path)}
        readers.append(devices.open("card_reader", settings, emit=events.put))
        return readers[-1]

    yield open_reader
    for reader in readers:
        reader.close()


def online(reader: CardReader) -> None:
    until(lambda: isinstance(reader.state, Online))


def test_a_card_that_is_held_is_one_card(
    opened: Open, tty: ReaderTty, events: queue.SimpleQueue[Event]
) -> None:
    online(opened())
    for _ in range(20):
        tty.write(FRAME)
    tty.write(OTHER)
    assert [events.get(timeout=30), events.get(timeout=30)] == [SEEN, OTHER_SEEN]
    assert events.empty()


def test_a_port_that_is_missing_at_the_start_is_found_when_it_comes(
    opened: Open, tty: ReaderTty, events: queue.SimpleQueue[Event]
) -> None:
    tty.unplug()
    reader = opened()
    until(lambda: isinstance(reader.state, Offline) and "没有找到" in reader.state.reason)
    tty.plug()
    online(reader)
    tty.write(FRAME)
    assert events.get(timeout=30) == SEEN


def test_half_a_frame_before_the_plug_was_pulled_does_not_spoil_the_first_one_after(
    opened: Open, tty: ReaderTty, events: queue.SimpleQueue[Event]
) -> None:
    reader = opened()
    online(reader)
    tty.write(FRAME[:7])
    tty.unplug()
    until(lambda: isinstance(reader.state, Offline))
    tty.plug()
    online(reader)
    tty.write(FRAME[7:])
    assert events.get(timeout=30) == FrameRejected("无法识别")
    tty.write(OTHER)
    assert events.get(timeout=30) == OTHER_SEEN


def test_a_port_in_use_is_a_reason_and_free_again_after_close(opened: Open) -> None:
    first, second = opened(), None
    online(first)
    second = opened()
    until(lambda: isinstance(second.state, Offline) and "正被其他程序占用" in second.state.reason)
    first.close()
    online(second)
