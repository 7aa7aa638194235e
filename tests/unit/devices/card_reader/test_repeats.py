"""A card held to the reader is one card; times are turned by hand."""

from __future__ import annotations

from devices.card_reader import Card, CardSeen, FrameRejected
from devices.card_reader.repeats import Repeats

ZHANG = CardSeen(Card("10D", "0040856634"))
LI = CardSeen(Card("10D", "0001202659"))
SLIP = FrameRejected("校验错误")


def test_a_held_card_passes_once_however_long_it_is_held() -> None:
    repeats = Repeats()
    passed = [repeats.fresh(ZHANG, tenth / 10) for tenth in range(600)]
    assert passed == [True] + [False] * 599


def test_the_same_card_passes_again_after_700_ms_without_it() -> None:
    repeats = Repeats()
    assert repeats.fresh(ZHANG, 10.0)
    assert not repeats.fresh(ZHANG, 10.69)
    assert repeats.fresh(ZHANG, 11.39)


def test_another_card_passes_at_once_and_two_held_together_pass_once_each() -> None:
    repeats = Repeats()
    assert [
        repeats.fresh(card, at_s) for at_s, card in ((0, ZHANG), (0.1, LI), (0.2, ZHANG), (0.3, LI))
    ] == [
        True,
        True,
        False,
        False,
    ]


def test_a_slip_while_a_card_is_held_is_no_news() -> None:
    repeats = Repeats()
    assert repeats.fresh(ZHANG, 0.0)
    assert not repeats.fresh(SLIP, 0.1)
    assert not repeats.fresh(ZHANG, 0.2)


def test_after_a_slip_the_card_itself_passes_at_once() -> None:
    repeats = Repeats()
    assert repeats.fresh(SLIP, 0.0)
    assert not repeats.fresh(SLIP, 0.1)
    assert repeats.fresh(ZHANG, 0.2)
