"""Bytes into cards: the documented frames, whatever the pieces they come in, and the way back after
garbage.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.card_reader import Card, CardSeen, Event, FrameRejected
from devices.card_reader.framing import Framing
from devices.card_reader.framing.em18 import Em18
from devices.card_reader.framing.line import Lines, UnterminatedLines
from devices.card_reader.framing.merg import Merg
from devices.card_reader.framing.stx_etx import StxEtx

# Sources: Seeed wiki (A1, A2); HB-UNI-Sen-RFID-RC issue 3 (A3); BruceDevices/firmware issue 2014
# (A4, A5); JMRI tests (A6, B2, B3, B4); RFID_NODE.ino of lomassubedi/rfid_attendance (A7); esphome
# issue 13753 (B1).
A1 = bytes.fromhex("02 36 32 45 33 30 38 36 43 45 44 30 38 03")
A2 = bytes.fromhex("02 30 31 30 30 30 37 33 34 45 30 44 32 03")
A3 = bytes.fromhex("02 31 46 30 30 36 34 34 42 42 36 38 36 03")
A4 = bytes.fromhex("02 30 30 30 34 31 34 43 44 37 45 41 33 03")
A5 = bytes.fromhex("02 30 31 43 38 46 30 30 38 30 30 33 31 03")
A6 = bytes.fromhex("37 38 30 30 36 35 36 45 42 36 43 35")
A7 = b"\x022E00AF0EC9B4\x03"
B1 = bytes.fromhex("02 30 35 30 30 32 30 37 42 33 32 36 43 0D 0A 03")
B2 = b"\x0204171F04FEF6\r\n\x03"
B3 = b"\x0204171F04FEF7\r\n\x03"
B4 = b"A04171F04FEF6\r\n>"

Make = Callable[[], Framing]
READ: dict[str, tuple[Make, bytes, str]] = {
    "A1": (StxEtx, A1, "62E3086CED"),
    "A2": (StxEtx, A2, "01000734E0"),
    "A3": (StxEtx, A3, "1F00644BB6"),
    "A4": (StxEtx, A4, "000414CD7E"),
    "A5": (StxEtx, A5, "01C8F00800"),
    "A6": (Em18, A6, "7800656EB6"),
    "A7": (lambda: StxEtx("sum"), A7, "2E00AF0EC9"),
    "B1": (StxEtx, B1, "0500207B32"),
    "B2": (StxEtx, B2, "04171F04FE"),
    "B4": (Merg, B4, "04171F04FE"),
    "lower case": (StxEtx, A1.lower(), "62E3086CED"),
}


def burst(framing: Framing, *pieces: bytes) -> list[Event]:
    return [event for piece in pieces for event in framing.feed(piece)] + framing.idle()


def cards(events: list[Event]) -> list[str]:
    return [event.card.number for event in events if isinstance(event, CardSeen)]


@pytest.mark.parametrize(("make", "frame", "number"), READ.values(), ids=READ)
def test_a_documented_frame_is_its_card(make: Make, frame: bytes, number: str) -> None:
    assert burst(make(), frame) == [CardSeen(Card("10H", number))]


@pytest.mark.parametrize("vector", sorted(READ.keys() - {"A6"}))
def test_a_frame_with_an_end_needs_no_silence(vector: str) -> None:
    make, frame, number = READ[vector]
    framing = make()
    assert framing.feed(frame) == [CardSeen(Card("10H", number))]
    assert framing.idle() == []


REFUSED: dict[str, tuple[Make, bytes, str]] = {
    "A7 is a sum": (StxEtx, A7, "校验错误"),
    "B3": (StxEtx, B3, "校验错误"),
    "A6 with a flipped digit": (Em18, A6.replace(b"7", b"6"), "校验错误"),
    "B4 with a flipped digit": (Merg, B4.replace(b"7", b"6"), "校验错误"),
    "half": (StxEtx, A1[:9], "数据不完整"),
    "EM-18 half": (Em18, A6[:9], "数据不完整"),
    "a digit lost": (StxEtx, A1[:5] + A1[6:], "数据不完整"),
    "wrong speed": (StxEtx, b"\x80\xf8\x00\xfe\x1c\xc0", "无法识别"),
    "EM-18 wrong speed": (Em18, b"\x80\xf8\x00\xfe\x1c\xc0", "无法识别"),
    "no hex": (StxEtx, b"\x0262E3086CEX08\x03", "无法识别"),
    "MERG without its port": (Merg, B4[1:], "无法识别"),
    "oversized": (StxEtx, b"\x02" + b"A" * 500, "数据过长"),
    "line oversized": (lambda: Lines("10D"), b"4" * 500 + b"\r", "数据过长"),
}


@pytest.mark.parametrize(("make", "frame", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_card_is_rejected_once_with_a_reason(
    make: Make, frame: bytes, reason: str
) -> None:
    framing = make()
    assert burst(framing, frame) == [FrameRejected(reason)]
    assert framing.idle() == []


def test_a_burst_of_bad_frames_is_rejected_once() -> None:
    assert burst(StxEtx(), B3 * 5, A7, A1[:9]) == [FrameRejected("校验错误")]


def test_a_good_frame_among_bad_ones_is_the_card_and_nothing_else() -> None:
    assert burst(StxEtx(), B3, A1[:6], A1, b"\x03\x03", A1[4:]) == [
        CardSeen(Card("10H", "62E3086CED"))
    ]


def test_a_stray_byte_or_three_bother_nobody() -> None:
    for framing in (StxEtx(), Em18(), Lines("10D"), UnterminatedLines("10D"), Merg()):
        assert burst(framing, b"\x00\xff\xfe") == []


def test_an_em18_that_lost_a_digit_never_shifts_into_another_card() -> None:
    framing = Em18()
    assert burst(framing, A6[1:] + A6) == [FrameRejected("无法识别")]
    assert cards(burst(framing, A6)) == ["7800656EB6"]


@pytest.mark.parametrize(
    ("form", "line", "number"),
    [
        ("10D", b"0040856634\r\n", "0040856634"),
        ("10D", b"0001202659\r", "0001202659"),
        ("3D.5D", b"111,27706\r\n", "111,27706"),
        ("8H", b"026F6C3A\r\n", "026F6C3A"),
        ("10H", b"01026F6C3A\x03", "01026F6C3A"),
        ("8D", b"07302202\r\n", "07302202"),
        ("5D.5D", b"00623,27706\n", "00623,27706"),
        ("13D", b"0004340098557\r\n", "0004340098557"),
        ("10D-R", b"\x021578468138\r\n\x03", "1578468138"),
        ("8H-R", b"5e15832a\r\n", "5E15832A"),
    ],
)
def test_a_line_is_read_in_the_form_of_the_settings(form: str, line: bytes, number: str) -> None:
    assert burst(Lines(form), line) == [CardSeen(Card(form, number))]


@pytest.mark.parametrize(
    ("line", "form"),
    [
        (b"01026F6C3A\r", "10H"),
        (b"026F6C3A\r", "8H"),
        (b"0004340098557\r", "13D"),
        (b"111,27706\r", "3D.5D"),
        (b"00623,27706\r", "5D.5D"),
    ],
)
def test_auto_takes_what_can_be_read_in_one_way(line: bytes, form: str) -> None:
    assert burst(Lines("auto"), line) == [CardSeen(Card(form, line.strip().decode()))]


@pytest.mark.parametrize("line", [b"0040856634\r\n", b"07302202\r\n", b"02026012\r\n"])
def test_auto_asks_for_the_form_where_digits_have_two_readings(line: bytes) -> None:
    assert burst(Lines("auto"), line) == [FrameRejected("卡号格式未设置")]


def test_without_a_line_end_the_silence_ends_the_number_where_that_is_configured() -> None:
    framing = UnterminatedLines("10D")
    assert framing.feed(b"00408") == []
    assert framing.feed(b"56634") == []
    assert framing.idle() == [CardSeen(Card("10D", "0040856634"))]
    assert burst(Lines("10D"), b"0040856634") == [FrameRejected("数据不完整")]
    assert burst(UnterminatedLines("10D"), b"00408566") == [FrameRejected("无法识别")]


STREAMS = {
    "stx_etx": (StxEtx, [A1, A2, A3, A4, A5, B1, B2]),
    "em18": (Em18, [A6 + b"\r\n", b"62E3086CED08\r\n", b"01000734E0D2\r\n"]),
    "merg": (Merg, [B4, b"B62E3086CED08\r\n>"]),
    "line": (
        lambda: Lines("10D"),
        [b"0040856634\r\n", b"0001202659\r", b"0045131261\n", b"1429471231\x03"],
    ),
    "auto": (lambda: Lines("auto"), [b"01026F6C3A\r\n", b"111,27706\r", b"00623,27706\n"]),
}


@pytest.mark.parametrize(("make", "frames"), STREAMS.values(), ids=STREAMS)
@given(data=st.data())
def test_any_cut_of_a_stream_gives_the_same_cards(
    make: Make, frames: list[bytes], data: st.DataObject
) -> None:
    sent = data.draw(st.lists(st.sampled_from(frames), min_size=1, max_size=8))
    stream = b"".join(sent)
    cuts = sorted(data.draw(st.sets(st.integers(0, len(stream)), max_size=20)) | {0, len(stream)})
    pieces = [stream[begin:end] for begin, end in pairwise(cuts)]
    expected = [card for frame in sent for card in cards(make().feed(frame))]
    assert len(expected) == len(sent)
    assert cards(burst(make(), *pieces)) == expected


@pytest.mark.parametrize(("make", "frames"), STREAMS.values(), ids=STREAMS)
@given(garbage=st.lists(st.binary(max_size=200), max_size=6))
def test_garbage_never_raises_and_the_next_burst_is_read(
    make: Make, frames: list[bytes], garbage: list[bytes]
) -> None:
    framing = make()
    rejected = [event for event in burst(framing, *garbage) if isinstance(event, FrameRejected)]
    assert len(rejected) <= 1
    assert cards(burst(framing, frames[0])) == cards(burst(make(), frames[0]))


@given(st.binary(max_size=300))
def test_a_start_byte_finds_the_frame_right_behind_garbage(garbage: bytes) -> None:
    assert cards(burst(StxEtx(), garbage, A1))[-1:] == ["62E3086CED"]
