"""The parameters of a drain, and how it ends."""

from __future__ import annotations

import enum
import random
import threading
import time
from collections.abc import Callable
from datetime import datetime

import msgspec

from sync.protocol import Held
from sync.times import utc_now


class End(enum.StrEnum):
    """How a drain ended."""

    DONE = "done"
    """The county was offered everything."""
    STOPPED = "stopped"
    """The stop event was set; go on any time."""
    TRY_AGAIN = "try_again"
    """It may work later; sync.db knows when to try."""
    GAVE_UP = "gave_up"
    """It will not work until somebody does what `why` says."""


class Outcome(msgspec.Struct, frozen=True):
    """What a drain did.

    `held` is the last that the county confirmed; `photo_troubles` says which photos did not go, and
    why.
    """

    end: End
    why: str = ""
    held: Held | None = None
    entries_sent: int = 0
    photos_sent: int = 0
    photo_troubles: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """Return whether the county holds all entries and all the photos it wants."""
        return self.end is End.DONE and self.held is not None and self.held.photos_missing == 0


def _ignore(done: int, total: int, what: str) -> None:
    pass


class Events(msgspec.Struct, frozen=True):
    """What a drain calls and is stopped by while it runs, and its clocks."""

    moved: Callable[[int, int, str], None] = _ignore
    """Called with (done, total, what is counted) after each step."""
    stop: threading.Event = msgspec.field(default_factory=threading.Event)
    sign_head: Callable[[], None] | None = None
    """Asks the station to sign the chain's head, before anything is read."""
    now: Callable[[], datetime] = utc_now
    monotonic: Callable[[], float] = time.monotonic
    chance: Callable[[], float] = random.random
