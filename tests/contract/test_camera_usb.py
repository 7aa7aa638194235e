"""A real V4L2 device: the first USB camera of this machine, or the kernel's `vivid`, which can also
be unplugged.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import devices
from devices import DeviceOfflineError
from devices.camera.hosted import HostedCamera
from devices.supervised import Offline, Online
from tests.fakes.cameras import decoded, photo_soon
from tests.fakes.waiting import until

FOUND_BY_ID = sorted(Path("/dev/v4l/by-id").glob("*-video-index0"))
DEVICE = FOUND_BY_ID[0] if FOUND_BY_ID else Path("/dev/video0")
BACK_S = 30.0

pytestmark = pytest.mark.skipif(
    not DEVICE.exists(), reason="no camera is plugged in: there is no /dev/video0"
)


def is_vivid() -> bool:
    name = Path("/sys/class/video4linux") / DEVICE.name / "name"
    return (
        shutil.which("v4l2-ctl") is not None
        and name.exists()
        and name.read_text().startswith("vivid")
    )


needs_vivid = pytest.mark.skipif(
    "not is_vivid()", reason="only `vivid` with v4l2-ctl can be unplugged by a program"
)


@pytest.fixture
def camera() -> Iterator[HostedCamera]:
    camera = devices.open(
        "camera", {"driver": "v4l2", "device": str(DEVICE), "width_px": 640, "height_px": 360}
    )
    until(lambda: isinstance(camera.state, Online), BACK_S)
    yield camera
    camera.close()


def control(setting: str) -> None:
    subprocess.run(["v4l2-ctl", "-d", str(DEVICE), "-c", setting], check=True)


def test_photos_are_fresh_even_after_a_pause(camera: HostedCamera) -> None:
    for _ in range(4):
        asked_s = time.monotonic()
        photo = camera.photo(5)
        assert 0 <= photo.age_ms <= (time.monotonic() - asked_s) * 1000
        assert decoded(photo.jpeg).shape == (photo.height_px, photo.width_px, 3)
        assert not photo.frozen


def test_previews_move(camera: HostedCamera) -> None:
    first = until(camera.preview, BACK_S)
    assert until(lambda: camera.preview() not in (None, first), BACK_S)


def test_a_killed_child_is_replaced(camera: HostedCamera) -> None:
    child = camera.child_pid
    assert child
    os.kill(child, signal.SIGKILL)
    assert camera.photo(BACK_S)
    assert camera.child_pid != child


def test_two_stations_cannot_share_a_camera(camera: HostedCamera) -> None:
    second = devices.open("camera", {"driver": "v4l2", "device": str(DEVICE)})
    until(lambda: isinstance(second.state, Offline) and "占用" in second.state.reason, BACK_S)
    second.close()
    assert photo_soon(camera)


@needs_vivid
def test_a_dead_sensor_is_noticed_and_its_return(camera: HostedCamera) -> None:
    control("percentage_of_dropped_buffers=100")
    until(lambda: isinstance(camera.state, Offline), BACK_S)
    with pytest.raises(DeviceOfflineError, match="摄像头"):
        camera.photo(0.5)
    control("percentage_of_dropped_buffers=0")
    assert camera.photo(BACK_S)


@needs_vivid
def test_an_unplugged_camera_is_found_again(camera: HostedCamera) -> None:
    control("disconnect=1")
    until(lambda: isinstance(camera.state, Offline), BACK_S)
    assert camera.photo(BACK_S)
