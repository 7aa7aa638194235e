"""One card, many numbers: the five documented cards, the forms that follow from each, and what is
refused.
"""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.card_reader import FORMS, Card, CardNumberError, parse, projections

# Each as documented by its vendor: cnblogs.com/beauty/p/1879901; 北京法高阳光; i-keys.de;
# betaflare.com.
CARDS = {
    "C1": {
        "10H": "01026F6C3A",
        "10D": "0040856634",
        "8D": "07302202",
        "3D.5D": "111,27706",
        "5D.5D": "00623,27706",
    },
    "C2": {
        "10H": "125533FFFF",
        "10D": "1429471231",
        "8D": "03407871",
        "3D.5D": "051,65535",
        "5D.5D": "21811,65535",
    },
    "C3": {
        "10H": "0102B0A5FD",
        "13D": "0004340098557",
        "10D": "0045131261",
        "8D": "11576829",
        "3D.5D": "176,42493",
        "5D.5D": "00688,42493",
    },
    "C4": {
        "10H": "06001259E3",
        "10D": "0001202659",
        "8D": "01202659",
        "3D.5D": "018,23011",
        "5D.5D": "00018,23011",
    },
}


def forms_of(card: Card) -> dict[str, str]:
    return {other.form: other.number for other in projections(card)}


@pytest.mark.parametrize("documented", CARDS.values(), ids=CARDS)
def test_every_documented_form_follows_from_the_whole_chip(documented: dict[str, str]) -> None:
    found = forms_of(Card("10H", documented["10H"]))
    assert found.items() >= documented.items()
    assert tuple(found) == FORMS


def test_a_mifare_uid_reads_forward_and_reversed() -> None:
    """Readers of one maker print it either way round."""
    found = forms_of(Card("8H", "2A83155E"))
    assert found["10D"] == "0713233758"
    assert found["8H-R"] == "5E15832A"
    assert found["10D-R"] == "1578468138"
    assert set(FORMS) - set(found) == {"10H", "13D"}


def test_a_reversed_reading_leads_back_to_the_same_card() -> None:
    assert forms_of(Card("10D-R", "1578468138"))["8H"] == "2A83155E"


@pytest.mark.parametrize(("form", "number"), [("8D", "07302202"), ("3D.5D", "111,27706")])
def test_from_24_bits_only_the_24_bit_forms_follow(form: str, number: str) -> None:
    assert forms_of(Card(form, number)) == {"8D": "07302202", "3D.5D": "111,27706"}


@given(st.sampled_from(FORMS), st.integers(0, 2**40 - 1))
def test_the_card_comes_first_no_form_twice_and_all_agree(form: str, chip: int) -> None:
    card = Card(form, forms_of(Card("10H", f"{chip:010X}"))[form])
    others = projections(card)
    assert others[0] == card
    assert len({other.form for other in others}) == len(others)
    whole = forms_of(Card("10H", f"{chip:010X}"))
    assert all(whole[other.form] == other.number for other in others)


@pytest.mark.parametrize(
    ("form", "text", "number"),
    [
        ("10H", " 01026f6c3a\r", "01026F6C3A"),
        ("8H", "02:6f:6c:3a", "026F6C3A"),
        ("8H", "02 6F 6C 3A", "026F6C3A"),
        ("3D.5D", "111.27706", "111,27706"),
        ("3D.5D", "11127706", "111,27706"),
        ("5D.5D", "00623 27706", "00623,27706"),
    ],
)
def test_looser_writing_is_read_as_the_same_number(form: str, text: str, number: str) -> None:
    assert parse(form, text) == Card(form, number)


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("10D", "40856634"),  # half a number is not a small number
        ("10D", "4294967296"),
        ("10D-R", "9999999999"),
        ("8D", "16777216"),
        ("13D", "1099511627776"),
        ("3D.5D", "256,00000"),
        ("3D.5D", "001,65536"),
        ("5D.5D", "65536,00000"),
        ("8D", "111,27706"),
        ("8H", "111 27706"),
        ("8H", "026F6C3G"),
        ("10D", "٠٠٤٠٨٥٦٦٣٤"),
        ("10D", ""),
        ("9D", "123456789"),
    ],
)
def test_what_is_no_number_of_the_form_is_refused_with_a_sentence(form: str, text: str) -> None:
    with pytest.raises(CardNumberError, match="卡号"):
        parse(form, text)


def test_a_card_is_canonical_also_when_it_comes_from_a_file() -> None:
    with pytest.raises(CardNumberError, match="01026F6C3A"):
        Card("10H", "01026f6c3a")
    with pytest.raises(msgspec.ValidationError, match="10 位数字"):
        msgspec.convert({"form": "10D", "number": "12"}, Card)
