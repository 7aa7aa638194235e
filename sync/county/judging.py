"""What to do with a batch of entries, given what is held: pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

import msgspec

from kiosk.journal.entries import Entry, digest, genesis
from sync.protocol import DIGEST, Held
from sync.sentences import say

_FORMS = {
    "id": re.compile(r"[!-~]{1,64}"),
    "kind": re.compile(r"(?=.{1,64}$)[a-z]+(\.[a-z_]+)+"),
    "at": re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"),
    "boot": re.compile(r"[!-~]{1,64}"),
    "body": re.compile(r"\{[^\n\x00]*\}"),
    "prev": DIGEST,
    "hash": DIGEST,
}


class Fresh(msgspec.Struct, frozen=True):
    """The batch continues the chain: append these entries (none where all were known)."""

    entries: tuple[Entry, ...]


class Gap(msgspec.Struct, frozen=True):
    """The batch begins at `seq`, after an entry that is not held."""

    seq: int


class Fork(msgspec.Struct, frozen=True):
    """Entry `seq` is not the one that is held: the journal was rewritten."""

    seq: int


class Unfit(msgspec.Struct, frozen=True):
    """Entry `seq` is no entry of this journal; `why` is a Chinese sentence."""

    seq: int
    why: str


Verdict = Fresh | Gap | Fork | Unfit


def judge(station: str, held: Held, entries: Sequence[Entry], known: Mapping[int, str]) -> Verdict:
    """Judge a batch.

    `known` holds the hashes of entries that are held, at least of those that the batch repeats.
    """
    for entry in entries:
        if (why := _unfit(entry)) is not None:
            return Unfit(entry.seq, why)
    if (unfit := _disorder(entries)) is not None:
        return unfit
    if entries[0].seq == 1 and entries[0].prev != genesis(station):
        return Unfit(1, say("entry_station"))
    for entry in entries:
        if entry.seq <= held.seq and known[entry.seq] != entry.hash:
            return Fork(entry.seq)
    fresh = tuple(entry for entry in entries if entry.seq > held.seq)
    if not fresh:
        return Fresh(())
    if fresh[0].seq > held.seq + 1:
        return Gap(fresh[0].seq)
    if fresh[0].prev != held.hash:
        return Fork(fresh[0].seq)
    return Fresh(fresh)


def _unfit(entry: Entry) -> str | None:
    for field, form in _FORMS.items():
        if form.fullmatch(getattr(entry, field)) is None:
            return say("entry_form", field=field)
    if not (1 <= entry.seq < 2**63 and 0 <= entry.mono_ns < 2**63):
        return say("entry_form", field="seq, mono_ns")
    if entry.hash != digest(entry):
        return say("entry_changed")
    return None


def _disorder(entries: Sequence[Entry]) -> Unfit | None:
    for before, entry in pairwise(entries):
        if entry.seq != before.seq + 1:
            return Unfit(entry.seq, say("entry_order"))
        if entry.prev != before.hash:
            return Unfit(entry.seq, say("entry_link"))
    return None
