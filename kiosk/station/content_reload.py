"""New content on its way to the door: loaded and spoken in a thread, taken up by the loop when
nobody is in a check.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from msgspec.structs import replace

from devices.supervised import BackOff
from kiosk.flow.door import Door
from kiosk.flow.stages import Waiting
from kiosk.flow.state import State
from kiosk.model.content import Pack
from kiosk.packs.shelf import Shelf, laid_over
from kiosk.records.content.commands import ContentState

_TRIES = 3
"""How often a sentence is tried that a working voice cannot speak."""
_BACK_OFF = BackOff(first_s=5, most_s=600)


class Renewal:
    """Keeps the door's packs those that are published.

    `shelf` loads these; all methods may be called from any thread.
    """

    def __init__(self, shipped: tuple[Pack, ...], shelf: Callable[[], Shelf]) -> None:
        self._shipped = shipped
        self._shelf = shelf
        self._ready: Door | None = None
        self._latest: Door | None = None
        self._sentences = (0, 0)
        self.changed = threading.Event()
        """Set when something was published since the last `next_door`."""
        self.troubles: tuple[str, ...] = ()
        self._failures = 0
        self._held_up = ""
        self._unheard = ""

    def next_door(self, door: Door) -> Door:
        """Load what is published, and return the door with it."""
        # Before the shelf is read: what is published meanwhile sets it again.
        self.changed.clear()
        shelf = self._shelf()
        self.troubles = shelf.troubles
        self._sentences = (0, 0)
        self._failures, self._held_up = 0, ""
        renewed = replace(door, packs=laid_over(self._shipped, shelf.packs))
        self._latest = renewed
        return renewed

    def spoken(self, done: int, total: int) -> None:
        """Note how far the rendering of the new sentences is."""
        self._sentences = (done, total)

    def failed(self, door: Door, reason: str, *, is_voice_there: bool) -> float | None:
        """Note that a sentence could not be rendered; return the seconds after which to try again,
        None to leave it at that.

        While the voice is offline the old content stays in use. A voice that is there and still
        cannot speak one sentence will never speak it: then the door is handed over without the
        sound of that sentence, as it would be after a start.
        """
        self._failures += 1
        if is_voice_there and self._failures >= _TRIES:
            self.offer(door, unheard=reason)
            return None
        self._held_up = reason
        return _BACK_OFF.pause_s(self._failures)

    def offer(self, door: Door, unheard: str = "") -> None:
        """Hand over a door whose sentences can be heard, all but what `unheard` names."""
        self._held_up, self._unheard = "", unheard
        self._ready = door

    def take(self, state: State) -> Door | None:
        """Return the new door, once, when nobody would notice the change: between checks, with
        nothing open.
        """
        if self._ready is None or not _is_nobody_here(state):
            return None
        door, self._ready = self._ready, None
        return door

    def state(self, door: Door) -> ContentState:
        """Return what is in use, and what is coming."""
        in_use = {pack.id: pack.version for pack in door.packs}
        coming = _new_in(self._latest, door) if self._latest else {}
        return ContentState(
            in_use, coming, self._sentences, self.troubles, self._held_up, self._unheard
        )


def _is_nobody_here(state: State) -> bool:
    return state.check is None and state.side is None and isinstance(state.stage, Waiting)


def _new_in(door: Door, before: Door) -> dict[str, str]:
    known = {(pack.id, pack.digest) for pack in before.packs}
    return {pack.id: pack.version for pack in door.packs if (pack.id, pack.digest) not in known}
