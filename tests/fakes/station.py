"""A station without devices: the real flow, at a time turned by hand.

Follows `kiosk.station.snapshot.StationPort`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from devices.supervised import Online
from devices.voice import Clip
from kiosk.flow.door import Door
from kiosk.flow.state import State
from kiosk.flow.touches import AnyTouch
from kiosk.station.snapshot import Snapshot, Tally
from tests.fakes.visit import Visit
from ui.touch.demo import DemoPerson

ALL_WELL = {kind: Online(0.0) for kind in ("card_reader", "camera", "voice", "lights", "buttons")}


class FakeStation:
    """Runs a `Visit`, and announces every change to those who wait.

    `picture` stands for all photos and for the preview.
    """

    def __init__(self, door: Door, picture: Path | None = None) -> None:
        self.name = "一号车间东门"
        self.door = door
        self.lent: Door | None = None
        """The door to go back to, after a screen that only another door shows."""
        self.picture = picture
        self.clips: Callable[[str], Clip | None] = lambda _text: None
        self.touched: list[AnyTouch] = []
        self.visit = Visit(door)
        self._changed = threading.Condition()
        self._snapshot = Snapshot(1, State(), self.visit.now_s, ALL_WELL, Tally(12, 9, 36))

    # What the touch screen asks

    def snapshot(self) -> Snapshot:
        return self._snapshot

    def after(self, version: int, timeout_s: float) -> Snapshot | None:
        with self._changed:
            newer = self._changed.wait_for(lambda: self._snapshot.version > version, timeout_s)
        return self._snapshot if newer else None

    def touch(self, touch: AnyTouch, turn: int) -> Snapshot:
        self.touched.append(touch)
        self.do(lambda visit: visit.touch(touch, turn))
        return self._snapshot

    def clip(self, text: str) -> Clip | None:
        return self.clips(text)

    def preview(self) -> bytes | None:
        return self.picture.read_bytes() if self.picture else None

    def photo(self, digest: str) -> Path | None:
        return self.picture

    # What a test does

    def do(self, act: Callable[[Visit], None]) -> None:
        """Change the state of the door."""
        with self._changed:
            before = self.visit.state
            act(self.visit)
            if self.visit.state is not before:
                self._publish()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Leave touches unanswered while the block runs."""
        with self._changed:
            yield

    def show(self, state: State, **changes: object) -> None:
        """Put the door into a state, as it is or with other circumstances."""
        with self._changed:
            self.visit.state = state
            self._publish(**changes)

    def change(self, **changes: object) -> None:
        """Change the circumstances: devices, trouble, tally …"""
        with self._changed:
            self._publish(**changes)

    def _publish(self, **changes: object) -> None:
        fields = {
            "version": self._snapshot.version + 1,
            "state": self.visit.state,
            "now_s": self.visit.now_s,
            **changes,
        }
        self._snapshot = msgspec.structs.replace(self._snapshot, **fields)
        self._changed.notify_all()


class FakeDemo:
    """Notes what the drawer asks of simulated hardware. Follows `ui.touch.demo.DemoPort`."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, object]] = []

    def people(self) -> tuple[DemoPerson, ...]:
        return (
            DemoPerson("A001", "张三", "worker"),
            DemoPerson("A005", "孙七", "leader", "certificate_expired"),
            DemoPerson("A009", "钱一", "supervisor"),
        )

    def tap(self, worker_id: str) -> bool:
        self.asked.append(("tap", worker_id))
        return True

    def send(self, data: bytes) -> bool:
        self.asked.append(("send", data))
        return True

    def scenes(self) -> tuple[str, ...]:
        return ("normal", "dark", "covered", "blurred", "frozen", "lost")

    def scene(self, name: str) -> None:
        self.asked.append(("scene", name))

    def unplug(self, kind: str) -> None:
        self.asked.append(("unplug", kind))

    def plug(self, kind: str) -> None:
        self.asked.append(("plug", kind))

    def press(self, name: str) -> None:
        self.asked.append(("press", name))

    def lamps(self) -> dict[str, bool]:
        return {"red": False, "yellow": True, "green": False, "buzzer": False, "door": False}
