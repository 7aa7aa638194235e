"""Readers that pretend to be a keyboard: what their key events type, and which of their nodes is
read.
"""

from __future__ import annotations

import os
import queue
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.card_reader import Card, CardSeen, Event, FrameRejected
from devices.card_reader.keyboard import EVENT, read_cards
from devices.card_reader.keys import EV_KEY, KeyDecoder, choose
from devices.supervised import Link, Supervised

DOWN, UP, HELD = 1, 0, 2
ENTER, KEYPAD_ENTER = 28, 96
LEFT_CTRL, LEFT_SHIFT, LEFT_ALT, NUM_LOCK = 29, 42, 56, 69
# kevwe.com/blog/usb-rfid-reader: 2 to 10 are 1 to 9, 11 is 0, 28 is Enter.
G1 = (11, 11, 11, 2, 3, 11, 3, 7, 6, 10, ENTER)


def strokes(codes: Iterable[int]) -> list[tuple[int, int]]:
    return [(code, value) for code in codes for value in (DOWN, UP)]


def typed(events: Iterable[tuple[int, int]]) -> str:
    keys = KeyDecoder()
    return "".join(keys.feed(EV_KEY, code, value) for code, value in events)


def test_digits_and_enter() -> None:
    assert typed(strokes(G1)) == "0001202659\r"
    assert typed(strokes([82, 79, 80, KEYPAD_ENTER])) == "012\r"


def test_modifiers_type_nothing_and_ctrl_j_ends_the_line() -> None:
    assert typed([(LEFT_CTRL, DOWN), (LEFT_SHIFT, DOWN), (36, DOWN), (36, UP)]) == "\n"
    assert typed([(LEFT_SHIFT, DOWN), (30, DOWN), (30, UP), (LEFT_SHIFT, UP), (30, DOWN)]) == "aa"


def test_a_character_typed_by_its_number_on_the_keypad() -> None:
    """stackoverflow, "evdev usb barcode reader how to decode": 052 is "4", 056 is "8"."""
    lock = strokes([NUM_LOCK])
    four = [(LEFT_ALT, DOWN), *strokes([82, 76, 80]), (LEFT_ALT, UP)]
    eight = [(LEFT_ALT, DOWN), *strokes([82, 76, 77]), (LEFT_ALT, UP)]
    assert typed([*lock, *four, *lock, *eight]) == "48"


def test_repeated_keys_and_other_kinds_of_events_type_nothing() -> None:
    keys = KeyDecoder()
    assert keys.feed(EV_KEY, 2, DOWN) == "1"
    assert keys.feed(EV_KEY, 2, HELD) == ""
    assert keys.feed(0, 0, 0) == ""
    assert keys.feed(4, 4, 30) == ""


def bits(*codes: int) -> bytes:
    return sum(1 << code for code in codes).to_bytes(96, "little")


def test_of_two_nodes_the_one_with_the_number_keys_is_read() -> None:
    mouse = bits(272, 273, 274)
    keyboard = bits(*range(1, 120))
    nodes = {
        "/dev/input/by-id/reader-event-if01": keyboard,
        "/dev/input/by-id/reader-event-kbd": mouse,
    }
    assert choose(nodes) == "/dev/input/by-id/reader-event-if01"
    assert choose({"/dev/input/event0": mouse}) is None
    assert choose({}) is None


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 800), st.integers(-1, 3)), max_size=80))
def test_no_key_event_raises_or_types_what_is_no_ascii(events: list[tuple[int, int, int]]) -> None:
    keys = KeyDecoder()
    assert "".join(keys.feed(*event) for event in events).isascii()


def records(codes: Iterable[int]) -> bytes:
    """Return key events as the kernel hands them over, with its end-of-report records between."""
    return b"".join(
        EVENT.pack(0, 0, EV_KEY, code, value) + EVENT.pack(0, 0, 0, 0, 0)
        for code, value in strokes(codes)
    )


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (records(G1), [CardSeen(Card("10D", "0001202659"))]),
        (records(G1[:5]), [FrameRejected("数据不完整")]),
        (records((30, *G1)), [FrameRejected("无法识别")]),
        (
            records((59, *G1)),
            [FrameRejected("无法识别")],
        ),  # F1: no digit may be read past a strange key
    ],
    ids=["card", "half typed, then silence", "a letter too much", "a strange key"],
)
def test_what_the_kernel_hands_over_becomes_events(sent: bytes, expected: list[Event]) -> None:
    read_end, write_end = os.pipe()
    events: queue.SimpleQueue[Event] = queue.SimpleQueue()

    def session(link: Link) -> None:
        for event in read_cards(read_end, link, "10D"):
            events.put(event)

    os.write(write_end, sent[:100])
    os.write(write_end, sent[100:])
    reader = Supervised("键盘", session)
    try:
        assert [events.get(timeout=30) for _ in expected] == expected
        assert events.empty()
    finally:
        reader.close()
        os.close(write_end)
        os.close(read_end)
