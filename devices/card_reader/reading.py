"""What every reader with a wire is: supervised, and silent about a card that is still held to
it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from contextlib import closing

from devices.card_reader import Emit, Event
from devices.card_reader.repeats import Repeats
from devices.supervised import Link, State, Supervised, Watcher


class SupervisedReader:
    """Emits straight from its reading thread what `read` yields for one connection, each card
    once.
    """

    def __init__(
        self, read: Callable[[Link], Generator[Event]], emit: Emit, watch: Watcher | None
    ) -> None:
        self._read = read
        self._emit = emit
        self._repeats = Repeats()
        self._supervised = Supervised("card_reader", self._session, watch=watch)

    @property
    def state(self) -> State:
        """Return the present state."""
        return self._supervised.state

    def close(self) -> None:
        """Release the device."""
        self._supervised.close()

    def _session(self, link: Link) -> None:
        with closing(self._read(link)) as events:
            for event in events:
                if self._repeats.fresh(event, time.monotonic()):
                    self._emit(event)
