"""Whether the chain is the one that was signed, and the one that the county confirmed.

Somebody who rewrites entries can recompute every hash; what they cannot make are the station's
signatures, without its key, and the county's copy.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable

import msgspec

from kiosk.journal.errors import BrokenChainError
from kiosk.journal.log import Head
from kiosk.records.station.facts import HeadSigned


class Witnesses(msgspec.Struct, frozen=True):
    """Those outside the journal who can tell whether it is still the one they saw."""

    genuine: Callable[[HeadSigned], bool]
    """Returns whether a signed head carries a right signature by this station's key."""
    receipts: Callable[[], Iterable[Head]]
    """Returns the heads that a county confirmed."""


NO_WITNESSES = Witnesses(genuine=lambda _head: True, receipts=tuple)
"""The journal is held against itself alone."""


def check_signed_head(
    journal: sqlite3.Connection, seq: int, head: HeadSigned, witnesses: Witnesses
) -> None:
    """Check the signed head that entry `seq` holds; the entries before it are checked.

    Raise BrokenChainError.
    """
    if head.seq >= seq or _hash_at(journal, head.seq) != head.hash:
        raise BrokenChainError(
            seq, f"signs entry {head.seq} as it is not: what lies before was rewritten"
        )
    if not witnesses.genuine(head):
        raise BrokenChainError(seq, f"signs entry {head.seq}, but not with this station's key")


def check_receipt(journal: sqlite3.Connection, receipt: Head) -> None:
    """Check that the county confirmed this chain.

    Raise BrokenChainError, also for an entry that was cut off since.
    """
    stored = _hash_at(journal, receipt.seq)
    if stored is None:
        raise BrokenChainError(receipt.seq, "was confirmed by the county and is missing")
    if stored != receipt.hash:
        raise BrokenChainError(
            receipt.seq,
            "is not the one that the county confirmed: it, or one before, was rewritten",
        )


def _hash_at(journal: sqlite3.Connection, seq: int) -> object:
    row = journal.execute("SELECT hash FROM entry WHERE seq = ?", (seq,)).fetchone()
    return row and row[0]
