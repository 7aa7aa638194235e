"""A photo that comes when somebody else stands at the door belongs to neither of the two."""

from __future__ import annotations

import threading
from pathlib import Path

from msgspec.structs import replace

from devices.camera import Camera, Photo
from devices.supervised import State
from kiosk.flow.stages import Answering, Closed, Counting, Listening, Taking
from kiosk.flow.touches import Abnormal, GiveReason
from kiosk.model.people import CardNumber, Roster
from tests.fakes.content import a_worker
from tests.fakes.running import SIMULATED, a_running_station

BOTH = Roster(
    (a_worker("A001"), a_worker("A002")),
    (CardNumber("A001", "10H", "0101010101"), CardNumber("A002", "10H", "0202020202")),
)


class SlowCamera:
    """A camera that keeps everybody waiting until it is released; what is written into a photo ends
    its file too.
    """

    def __init__(self, camera: Camera) -> None:
        self._camera = camera
        self.let_go = threading.Event()

    @property
    def state(self) -> State:
        return self._camera.state

    def photo(self, deadline_s: float, stamp: str = "") -> Photo:
        self.let_go.wait(30)
        photo = self._camera.photo(deadline_s, stamp)
        return replace(photo, jpeg=photo.jpeg + stamp.encode())

    def preview(self) -> bytes | None:
        return self._camera.preview()

    def close(self) -> None:
        self.let_go.set()
        self._camera.close()


def test_the_next_workers_photo_shows_the_next_workers_number(tmp_path: Path) -> None:
    with a_running_station(tmp_path, roster=BOTH, camera=SIMULATED) as running:
        camera = SlowCamera(running.station.devices.camera)
        running.station.devices.camera = camera
        running.tap("A001")
        running.go_to(Listening, Counting, Taking)
        running.wait_for(Taking)
        running.touch(Abnormal())
        running.touch(GiveReason("noise"))
        assert isinstance(running.stage, Closed)
        running.tap("0202020202")
        running.go_to(Listening, Counting, Taking)
        running.wait_for(Taking)
        camera.let_go.set()
        running.wait_for(Answering)
        check = running.station.snapshot().state.check
        assert check
        (taken,) = check.photos.values()
        path = running.station.photo(taken.photo)
        assert path
        assert b"A002" in path.read_bytes()
        assert b"A001" not in path.read_bytes()
