"""The envelope: any change to any byte of any field changes the hash."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from kiosk.journal.entries import Entry, check_link, digest, genesis, seal
from kiosk.journal.errors import BrokenChainError
from kiosk.model.fact import kind_of
from kiosk.records import facts as f
from tests.fakes.facts import MOMENT, STATION, one_of_each_kind

_FIELDS = [field for field in Entry.__struct_fields__ if field != "hash"]


def sealed(fact: f.AnyFact) -> Entry:
    return seal(7, "01a20d2c-cc5e-7b06-b1f0-bd9f4a90d6be", MOMENT, fact, genesis(STATION))


def variants(value: Any) -> list[Any]:
    """Return every value that differs in one bit of one character, or one step of a number."""
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int):
        return [value ^ (1 << bit) for bit in range(value.bit_length())]
    return [
        f"{value[:at]}{chr(ord(value[at]) ^ 1 << bit)}{value[at + 1 :]}"
        for at in range(len(value))
        for bit in range(7)
    ]


@pytest.mark.parametrize("fact", one_of_each_kind()[:9], ids=kind_of)
@pytest.mark.parametrize("field", _FIELDS)
def test_every_bit_of_every_field_counts(fact: f.AnyFact, field: str) -> None:
    entry = sealed(fact)
    for value in variants(getattr(entry, field)):
        assert digest(replace(entry, **{field: value})) != entry.hash, (field, value)


@given(st.text(), st.text(), st.integers(0, 2**62))
def test_a_line_break_in_a_fact_cannot_move_a_field_into_another(
    reason: str, text: str, mono_ns: int
) -> None:
    fact = f.DangerFound("d", "c", reason, text)
    entry = seal(1, "id", replace(MOMENT, mono_ns=mono_ns), fact, "00")
    assert "\n" not in entry.body
    assert entry.fact == fact
    check_link(entry, 1, "00")


def test_an_entry_knows_its_kind_and_gives_back_its_fact() -> None:
    for fact in one_of_each_kind():
        entry = sealed(fact)
        assert entry.kind == kind_of(fact)
        assert entry.fact == fact


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"seq": 8}, "entry 7 expected entry 7, found entry 8"),
        ({"prev": "00"}, "entry 7 does not follow the entry before it"),
        ({"clock_ok": False}, "entry 7 was changed after it was written"),
    ],
)
def test_a_link_that_does_not_fit_says_why(change: dict[str, Any], why: str) -> None:
    entry = replace(sealed(f.WorkerChanged("1001")), **change)
    with pytest.raises(BrokenChainError, match=why):
        check_link(entry, 7, genesis(STATION))


def test_two_stations_begin_differently() -> None:
    assert genesis("st-0001") != genesis("st-0002")
