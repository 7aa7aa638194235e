"""What every camera promises: a photo shows what came after it was asked for, or there is none; and
it comes back.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from devices import DeviceOfflineError
from devices.camera import Camera, judge
from devices.camera.worker.scene import timecode
from devices.supervised import Offline, Online
from tests.fakes.cameras import BACK_S, RIGS, Rig, decoded, photo_soon
from tests.fakes.waiting import until


@pytest.fixture(scope="module", params=RIGS)
def shared_rig(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Rig]:
    rig = RIGS[request.param](tmp_path_factory.mktemp("camera"))
    yield rig
    rig.close()


@pytest.fixture
def rig(shared_rig: Rig) -> Iterator[Rig]:
    """A rig whose camera works, and which is made whole again after the test."""
    shared_rig.online()
    yield shared_rig
    shared_rig.restore()


def elapsed_s(since_s: float) -> float:
    return time.monotonic() - since_s


def seconds_to_fail(camera: Camera, deadline_s: float) -> float | None:
    """Return how long a photo took to be refused; None when there was one, from a frame that was
    still under way.
    """
    asked_s = time.monotonic()
    try:
        camera.photo(deadline_s)
    except DeviceOfflineError:
        return elapsed_s(asked_s)
    return None


def shown(camera: Camera, after_ms: int = 0) -> bytes:
    """Return a preview of a moment after `after_ms` on its own clock."""

    def newer() -> bytes | None:
        jpeg = camera.preview()
        return jpeg if jpeg and timecode.read(jpeg) > after_ms else None

    jpeg = until(newer, BACK_S)
    assert jpeg
    return jpeg


def test_a_photo_was_captured_after_it_was_asked_for(rig: Rig) -> None:
    for _ in range(5):
        asked_s = time.monotonic()
        photo = rig.camera.photo(BACK_S)
        assert photo.age_ms <= elapsed_s(asked_s) * 1000
        assert timecode.read(photo.jpeg) > asked_s * 1000 - rig.under_way_ms


def test_a_photo_tells_its_size_and_has_a_thumbnail(rig: Rig) -> None:
    photo = rig.camera.photo(BACK_S)
    assert decoded(photo.jpeg).shape == (photo.height_px, photo.width_px, 3)
    assert decoded(photo.thumbnail).shape[1] == 320
    assert judge(photo.tests) == ()
    assert not photo.frozen


def test_a_stamp_is_in_the_photo(rig: Rig) -> None:
    plain, stamped = (decoded(rig.camera.photo(BACK_S, stamp).jpeg) for stamp in ("", "张三 一备"))
    band = np.s_[-plain.shape[0] // 18 :, plain.shape[1] // 2 :]
    assert stamped[band].mean() < plain[band].mean() * 0.6


def test_several_may_ask_at_once(rig: Rig) -> None:
    with ThreadPoolExecutor(4) as pool:
        photos = list(
            pool.map(lambda name: rig.camera.photo(BACK_S, name), ["张三", "李四", "王五", "赵六"])
        )
    assert len({photo.jpeg for photo in photos}) == 4


def test_a_lost_camera_is_an_error_in_time_and_comes_back_by_itself(rig: Rig) -> None:
    child = rig.camera.child_pid
    rig.lose()
    until(lambda: isinstance(rig.camera.state, Offline), BACK_S)
    asked_s = time.monotonic()
    with pytest.raises(DeviceOfflineError, match="摄像头"):
        rig.camera.photo(0.5)
    assert elapsed_s(asked_s) < 5
    rig.restore()
    assert photo_soon(rig.camera)
    assert rig.camera.child_pid == child, "the child reconnected; nothing was restarted"


def test_a_camera_that_stalls_is_an_error_at_the_deadline(rig: Rig) -> None:
    rig.stall()
    took_s = until(lambda: seconds_to_fail(rig.camera, deadline_s=1))
    assert 1 <= (took_s or 0) < 5
    assert rig.camera.preview() is None
    rig.restore()
    assert photo_soon(rig.camera)


def test_a_killed_child_is_replaced(rig: Rig) -> None:
    child = rig.camera.child_pid
    assert child
    os.kill(child, signal.SIGKILL)
    assert photo_soon(rig.camera), "asked of the dead child, answered by the next"
    assert rig.camera.child_pid not in (None, child)
    heard = [type(rig.states.get()) for _ in range(rig.states.qsize())]
    assert heard[-2:] == [Offline, Online]
    assert isinstance(rig.camera.state, Online)


def test_previews_are_small_and_fresh(rig: Rig) -> None:
    first_ms = timecode.read(shown(rig.camera))
    later = shown(rig.camera, after_ms=first_ms)
    assert decoded(later).shape == (360, 640, 3)
    assert timecode.read(later) > (time.monotonic() - 1.1) * 1000


def test_previews_stop_when_nobody_asks(rig: Rig) -> None:
    """Wanted for 2 s after they were last asked for, and fresh for 1 s more; a picture may have
    been under way as long as it may.
    """
    shown(rig.camera)
    asked_ms = time.monotonic() * 1000
    over_ms = asked_ms + 3000 + rig.under_way_ms
    until(lambda: timecode.read(photo_soon(rig.camera).jpeg) > over_ms, 2 * BACK_S)
    assert rig.camera.preview() is None, "a preview of now would mean that they were still made"
    assert shown(rig.camera, after_ms=round(asked_ms))
