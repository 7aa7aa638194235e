"""Entries written by released versions stay readable, byte for byte, for ever.

`old_entries.jsonl` only ever grows: a new kind of fact adds a line (and a step to `kiosk.journal.migrations`).
"""

from __future__ import annotations

import typing
from pathlib import Path

import msgspec

from kiosk.journal.entries import Entry, check_link, genesis
from kiosk.model.fact import kind_of
from kiosk.records.facts import AnyFact

_LINES = Path(__file__).with_name("old_entries.jsonl").read_text().splitlines()
_ENTRIES = [msgspec.json.decode(line, type=Entry) for line in _LINES]


def test_the_chain_still_holds() -> None:
    prev = genesis("st-0001")
    for seq, entry in enumerate(_ENTRIES, start=1):
        check_link(entry, seq, prev)
        prev = entry.hash


def test_every_fact_still_says_what_it_said() -> None:
    for entry in _ENTRIES:
        assert kind_of(entry.fact) == entry.kind
        assert msgspec.json.encode(entry.fact).decode() == entry.body


def test_every_kind_is_among_them() -> None:
    kinds = {kind.__struct_config__.tag for kind in typing.get_args(AnyFact)}
    assert {entry.kind for entry in _ENTRIES} == kinds
