"""An entry: one fact in its envelope, chained to the one before by its hash.

The hash covers stored bytes, never a re-serialisation, so that an entry can be checked anywhere and
for ever. Its layout is `banqian-entry-1`, then each field on a line of its own, the body last (it
may hold any character but is JSON on one line).
"""

from __future__ import annotations

import hashlib

import msgspec

from kiosk.journal.errors import BrokenChainError
from kiosk.model.fact import kind_of
from kiosk.records.facts import AnyFact

# Keeps these hashes apart from hashes of anything else, and names the layout.
_DOMAIN = b"banqian-entry-1"
_encoder = msgspec.json.Encoder()
_decoder: msgspec.json.Decoder[AnyFact] = msgspec.json.Decoder(AnyFact)


class Moment(msgspec.Struct, frozen=True):
    """When something was recorded.

    `boot` and `mono_ns` give the order when the wall clock jumps; `at` is for people.
    """

    at: str
    """UTC, ISO 8601 with milliseconds and Z."""
    boot: str
    """The kernel's boot id."""
    mono_ns: int
    """Nanoseconds since that boot (CLOCK_BOOTTIME)."""
    clock_ok: bool
    """Whether the wall clock was synchronised."""


class Entry(msgspec.Struct, frozen=True):
    """One line of the journal, as stored and as sent.

    `prev` and `hash` are hex, `body` is JSON text exactly as hashed.
    """

    seq: int
    id: str
    kind: str
    at: str
    boot: str
    mono_ns: int
    clock_ok: bool
    body: str
    prev: str
    hash: str

    @property
    def fact(self) -> AnyFact:
        """Decode the body.

        Raise msgspec.ValidationError for a fact of a kind this version does not know.
        """
        return _decoder.decode(self.body)


def genesis(station: str) -> str:
    """Return the `prev` of a station's first entry, so that two stations' journals can never be
    mixed.
    """
    return hashlib.sha256(b"banqian-journal-1\n" + station.encode()).hexdigest()


def seal(seq: int, entry_id: str, moment: Moment, fact: AnyFact, prev: str) -> Entry:
    """Make the entry that records `fact` after the entry whose hash is `prev`."""
    body = _encoder.encode(fact).decode()
    kind = kind_of(fact)
    unhashed = Entry(
        seq,
        entry_id,
        kind,
        moment.at,
        moment.boot,
        moment.mono_ns,
        moment.clock_ok,
        body,
        prev,
        hash="",
    )
    return msgspec.structs.replace(unhashed, hash=digest(unhashed))


def digest(entry: Entry) -> str:
    """Compute the hash that the entry must carry."""
    fields = (
        str(entry.seq),
        entry.id,
        entry.kind,
        entry.at,
        entry.boot,
        str(entry.mono_ns),
        "1" if entry.clock_ok else "0",
        entry.prev,
        entry.body,
    )
    return hashlib.sha256(b"\n".join((_DOMAIN, *(field.encode() for field in fields)))).hexdigest()


def check_link(entry: Entry, seq: int, prev: str) -> None:
    """Check that `entry` is the one with number `seq` that follows hash `prev`.

    Raise BrokenChainError, which names the entry and what is wrong with it.
    """
    if entry.seq != seq:
        raise BrokenChainError(seq, f"expected entry {seq}, found entry {entry.seq}")
    if entry.prev != prev:
        raise BrokenChainError(seq, "does not follow the entry before it")
    if entry.hash != digest(entry):
        raise BrokenChainError(seq, "was changed after it was written")
