"""What verifying found."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from kiosk.journal.log import Head

Progress = Callable[[str, int, int], None]
"""Called with what is being checked ("entries", "photos"), how many are done, and of how many."""


class Bad(msgspec.Struct, frozen=True):
    """The first thing wrong: the number of the entry it belongs to (0: the database as a whole),
    and why.
    """

    seq: int
    why: str


class Report(msgspec.Struct, frozen=True):
    """What was found right before anything was found wrong: entries, photos (each named file), and
    the last good head.
    """

    entries: int
    photos: int
    head: Head
    bad: Bad | None
    signed: int = 0
    """The entry up to which the station has signed; 0 for none."""
    confirmed: int = 0
    """The entry up to which a county has confirmed; 0 for none."""


def unheard(_what: str, _done: int, _total: int) -> None:
    """Ignore the progress."""
