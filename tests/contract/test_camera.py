"""What every camera promises: a photo shows what came after it was asked for, or there is none; and it comes back."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import cv2
import numpy as np
import pytest
from cv2.typing import MatLike

import devices
from devices import DeviceOfflineError, SettingsError
from devices.camera import Camera, Fault, Photo, judge
from devices.camera.hosted import HostedCamera
from devices.camera.simulated import SimulatedCamera
from devices.camera.worker.scene import timecode
from devices.supervised import Offline, Online, State
from tests.fakes.mjpeg import mjpeg_server
from tests.fakes.waiting import until

ROOT = Path(__file__).parents[2]
UNDER_WAY_MS = 150  # what drawing, encoding and a loopback take at most on a busy machine
BACK_S = 15.0  # a new child, its back-off and its warm-up, on a busy machine


class Rig:
    """A driver with hands at its camera. `stall` keeps the camera there but silent, `lose` takes it away."""

    def __init__(self, driver: str, options: Mapping[str, object]) -> None:
        self.states: queue.SimpleQueue[State] = queue.SimpleQueue()
        settings = {"driver": driver, **options}
        self.camera: HostedCamera = devices.open("camera", settings, watch=self.states.put)

    def online(self) -> None:
        until(lambda: isinstance(self.camera.state, Online), BACK_S)

    def lose(self) -> None:
        raise NotImplementedError

    def stall(self) -> None:
        self.lose()

    def restore(self) -> None:
        raise NotImplementedError

    def close(self) -> None:
        self.camera.close()


class SimulatedRig(Rig):
    camera: SimulatedCamera

    def __init__(self, tmp: Path) -> None:
        super().__init__("simulated", {})

    def lose(self) -> None:
        self.camera.scene("lost")

    def restore(self) -> None:
        self.camera.scene("normal")


class UrlRig(Rig):
    def __init__(self, tmp: Path) -> None:
        self._stack = ExitStack()
        self.server = self._stack.enter_context(mjpeg_server())
        super().__init__("url", {"url": self.server.url})

    def lose(self) -> None:
        self.server.vanish()

    def stall(self) -> None:
        self.server.stall()

    def restore(self) -> None:
        self.server.resume()

    def close(self) -> None:
        super().close()
        self._stack.close()


class PipeRig(Rig):
    def __init__(self, tmp: Path) -> None:
        self._tmp = tmp
        command = [sys.executable, "-m", "tests.fakes.jpeg_command", str(tmp)]
        super().__init__("pipe", {"command": command, "warm_up_s": 0.2})

    def lose(self) -> None:
        (self._tmp / "absent").touch()
        self._signal(signal.SIGKILL)

    def stall(self) -> None:
        self._signal(signal.SIGSTOP)

    def restore(self) -> None:
        (self._tmp / "absent").unlink(missing_ok=True)

    def _signal(self, number: signal.Signals) -> None:
        os.kill(int((self._tmp / "pid").read_text()), number)


RIGS: dict[str, Callable[[Path], Rig]] = {"simulated": SimulatedRig, "url": UrlRig, "pipe": PipeRig}


@pytest.fixture(scope="module", params=RIGS)
def shared_rig(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rig]:
    rig = RIGS[request.param](tmp_path_factory.mktemp("camera"))
    yield rig
    rig.close()


@pytest.fixture
def rig(shared_rig: Rig) -> Iterator[Rig]:
    """A rig whose camera works, and which is made whole again after the test."""
    shared_rig.online()
    yield shared_rig
    shared_rig.restore()


@pytest.fixture
def simulated() -> Iterator[SimulatedCamera]:
    camera = devices.open("camera", {"driver": "simulated", "width_px": 640})
    yield camera
    camera.close()


def elapsed_s(since_s: float) -> float:
    return time.monotonic() - since_s


def seconds_to_fail(camera: Camera, deadline_s: float) -> float | None:
    """How long a photo took to be refused; None when there was one, from a frame that was still under way."""
    asked_s = time.monotonic()
    try:
        camera.photo(deadline_s)
    except DeviceOfflineError:
        return elapsed_s(asked_s)
    return None


def decoded(jpeg: bytes) -> MatLike:
    picture = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)
    assert picture is not None
    return picture


def shown(camera: Camera, after_ms: int = 0) -> bytes:
    """A preview of a moment after `after_ms` on its own clock."""

    def newer() -> bytes | None:
        jpeg = camera.preview()
        return jpeg if jpeg and timecode.read(jpeg) > after_ms else None

    jpeg = until(newer)
    assert jpeg
    return jpeg


def photo_soon(camera: Camera) -> Photo:
    """A photo after whatever recovery is due."""
    return camera.photo(BACK_S)


def test_a_photo_was_captured_after_it_was_asked_for(rig: Rig) -> None:
    for _ in range(5):
        asked_s = time.monotonic()
        photo = rig.camera.photo(3)
        assert photo.age_ms <= elapsed_s(asked_s) * 1000
        assert timecode.read(photo.jpeg) > asked_s * 1000 - UNDER_WAY_MS


def test_a_photo_tells_its_size_and_has_a_thumbnail(rig: Rig) -> None:
    photo = rig.camera.photo(3)
    assert decoded(photo.jpeg).shape == (photo.height_px, photo.width_px, 3)
    assert decoded(photo.thumbnail).shape[1] == 320
    assert judge(photo.tests) == ()
    assert not photo.frozen


def test_a_stamp_is_in_the_photo(rig: Rig) -> None:
    plain, stamped = (decoded(rig.camera.photo(3, stamp).jpeg) for stamp in ("", "张三 一备"))
    band = np.s_[-plain.shape[0] // 18 :, plain.shape[1] // 2 :]
    assert stamped[band].mean() < plain[band].mean() * 0.6


def test_several_may_ask_at_once(rig: Rig) -> None:
    with ThreadPoolExecutor(4) as pool:
        photos = list(pool.map(lambda name: rig.camera.photo(5, name), ["张三", "李四", "王五", "赵六"]))
    assert len({photo.jpeg for photo in photos}) == 4


def test_a_lost_camera_is_an_error_in_time_and_comes_back_by_itself(rig: Rig) -> None:
    child = rig.camera.child_pid
    rig.lose()
    until(lambda: isinstance(rig.camera.state, Offline), BACK_S)
    asked_s = time.monotonic()
    with pytest.raises(DeviceOfflineError, match="摄像头"):
        rig.camera.photo(0.5)
    assert elapsed_s(asked_s) < 1.0
    rig.restore()
    assert photo_soon(rig.camera)
    assert rig.camera.child_pid == child, "the child reconnected; nothing was restarted"


def test_a_camera_that_stalls_is_an_error_at_the_deadline(rig: Rig) -> None:
    rig.stall()
    took_s = until(lambda: seconds_to_fail(rig.camera, deadline_s=1))
    assert took_s == pytest.approx(1, abs=0.5)
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


def test_a_hung_child_is_killed_and_replaced(rig: Rig) -> None:
    child = rig.camera.child_pid
    assert child
    os.kill(child, signal.SIGSTOP)
    asked_s = time.monotonic()
    with pytest.raises(DeviceOfflineError, match="摄像头"):
        rig.camera.photo(0.5)
    assert elapsed_s(asked_s) < 1.0
    assert photo_soon(rig.camera)
    assert not Path(f"/proc/{child}").exists()


def test_previews_are_small_and_fresh(rig: Rig) -> None:
    first_ms = timecode.read(shown(rig.camera))
    later = shown(rig.camera, after_ms=first_ms)
    assert decoded(later).shape == (360, 640, 3)
    assert timecode.read(later) > (time.monotonic() - 1.1) * 1000


def test_previews_stop_when_nobody_asks(rig: Rig) -> None:
    asked_ms = timecode.read(shown(rig.camera))
    until(lambda: timecode.read(rig.camera.photo(3).jpeg) > asked_ms + 3500, 10)
    assert rig.camera.preview() is None, "a preview of now would mean that they were still made"
    assert shown(rig.camera, after_ms=asked_ms)


def test_frames_that_queued_while_nobody_read_are_no_photo(tmp_path: Path) -> None:
    rig = UrlRig(tmp_path)
    rig.online()
    child = rig.camera.child_pid or 0
    os.kill(child, signal.SIGSTOP)
    queued = rig.server.frames_sent + 20
    until(lambda: rig.server.frames_sent > queued)
    os.kill(child, signal.SIGCONT)
    asked_s = time.monotonic()
    assert timecode.read(rig.camera.photo(3).jpeg) > asked_s * 1000 - UNDER_WAY_MS
    assert rig.camera.child_pid == child
    rig.close()


def test_a_pipe_command_ends_with_its_child(tmp_path: Path) -> None:
    rig = PipeRig(tmp_path)
    rig.online()
    command = Path("/proc") / (tmp_path / "pid").read_text()
    rig.stall()
    rig.close()
    until(lambda: not command.exists() or "Z" in (command / "stat").read_text().split()[2])


@pytest.mark.parametrize(
    ("scene", "faults"),
    [("normal", ()), ("dark", (Fault.DARK,)), ("covered", (Fault.COVERED,)), ("blurred", (Fault.BLURRED,))],
)
def test_scenes_are_judged_by_their_names(
    simulated: SimulatedCamera, scene: str, faults: tuple[Fault, ...]
) -> None:
    simulated.scene(scene)  # type: ignore[arg-type]
    until(lambda: judge(photo_soon(simulated).tests) == faults)


def test_a_frozen_camera_is_noticed_and_its_motion_too(simulated: SimulatedCamera) -> None:
    simulated.scene("frozen")
    until(lambda: photo_soon(simulated).frozen)
    state = until(
        lambda: isinstance(simulated.state, Online) and "静止" in simulated.state.detail and simulated.state
    )
    assert isinstance(state, Online)
    simulated.scene("normal")
    until(lambda: not photo_soon(simulated).frozen)


def test_a_scene_outlives_the_child(simulated: SimulatedCamera) -> None:
    simulated.scene("dark")
    photo_soon(simulated)
    os.kill(simulated.child_pid or 0, signal.SIGKILL)
    until(lambda: isinstance(simulated.state, Offline))
    assert judge(photo_soon(simulated).tests) == (Fault.DARK,)


def test_an_unknown_scene_is_refused(simulated: SimulatedCamera) -> None:
    with pytest.raises(SettingsError, match="normal, dark"):
        simulated.scene("sunny")  # type: ignore[arg-type]


def test_a_disabled_camera_says_so() -> None:
    camera: Camera = devices.open("camera", {"driver": "disabled"})
    assert isinstance(camera.state, Offline)
    assert camera.preview() is None
    with pytest.raises(DeviceOfflineError, match="停用"):
        camera.photo(3)
    camera.close()


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"driver": "url", "url": "file:///etc/passwd"}, "url"),
        ({"driver": "v4l2", "device": "0"}, "device"),
        ({"driver": "v4l2"}, "device"),
        ({"driver": "pipe", "command": []}, "command"),
        ({"driver": "simulated", "scene": "sunny"}, "scene"),
        ({"driver": "simulated", "height": 3}, "height"),
        ({"driver": "worker"}, "worker"),
    ],
)
def test_wrong_settings_name_the_key(settings: dict[str, object], named: str) -> None:
    with pytest.raises(SettingsError, match=named):
        devices.open("camera", settings)


def test_an_absent_camera_is_a_state_with_its_reason() -> None:
    camera: Camera = devices.open("camera", {"driver": "v4l2", "device": "/dev/v4l/by-id/nothing"})
    until(lambda: isinstance(camera.state, Offline) and "没有找到" in camera.state.reason, BACK_S)
    with pytest.raises(DeviceOfflineError, match="/dev/v4l/by-id/nothing"):
        camera.photo(0.2)
    camera.close()


IN_A_STATION = """
import sys, devices
for driver, options in {drivers}.items():
    devices.open("camera", dict(driver=driver, **options)).close()
camera = devices.open("camera", dict(driver="simulated"))
assert camera.photo(15).jpeg
print([name for name in sys.modules if name.split(".")[0] in ("cv2", "numpy")], camera.child_pid, flush=True)
sys.stdin.read()
"""


@pytest.fixture
def station() -> Iterator[subprocess.Popen[str]]:
    drivers = {
        "disabled": {},
        "v4l2": {"device": "/dev/v4l/by-id/nothing"},
        "url": {"url": "http://127.0.0.1:9/"},
        "pipe": {"command": ["false"]},
    }
    program = IN_A_STATION.format(drivers=drivers)
    with subprocess.Popen(
        [sys.executable, "-c", program], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield process
        process.kill()


def test_the_station_never_loads_opencv_and_its_child_dies_with_it(station: subprocess.Popen[str]) -> None:
    assert station.stdout
    loaded, child = station.stdout.readline().rsplit(maxsplit=1)
    assert loaded == "[]"
    assert Path(f"/proc/{child}").exists()
    station.kill()
    until(lambda: not Path(f"/proc/{child}").exists() or "Z" in Path(f"/proc/{child}/stat").read_text())
