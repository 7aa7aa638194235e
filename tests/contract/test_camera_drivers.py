"""What single cameras promise in addition, and what none of them does to the station."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

import devices
from devices import DeviceOfflineError, SettingsError
from devices.camera import Camera, Fault, judge
from devices.camera.simulated import Settings, SimulatedCamera
from devices.camera.worker.scene import timecode
from devices.supervised import Offline, Online
from tests.fakes.cameras import BACK_S, PipeRig, UrlRig, photo_soon
from tests.fakes.waiting import until

ROOT = Path(__file__).parents[2]


@pytest.fixture
def simulated() -> Iterator[SimulatedCamera]:
    camera = devices.open("camera", {"driver": "simulated", "width_px": 640})
    yield camera
    camera.close()


def test_frames_that_queued_while_nobody_read_are_no_photo(tmp_path: Path) -> None:
    """Counted in frames: the last few may still be under way when the photo is asked for, however
    slow the machine.
    """
    rig = UrlRig(tmp_path)
    rig.online()
    child = rig.camera.child_pid or 0
    os.kill(child, signal.SIGSTOP)
    asleep = rig.server.frames_sent
    until(lambda: rig.server.frames_sent > asleep + 6, BACK_S)
    queued_s = time.monotonic()
    until(lambda: rig.server.frames_sent > asleep + 12, BACK_S)
    os.kill(child, signal.SIGCONT)
    assert timecode.read(photo_soon(rig.camera).jpeg) > queued_s * 1000
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
    [
        ("normal", ()),
        ("dark", (Fault.DARK,)),
        ("covered", (Fault.COVERED,)),
        ("blurred", (Fault.BLURRED,)),
    ],
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
        lambda: (
            isinstance(simulated.state, Online)
            and "静止" in simulated.state.detail
            and simulated.state
        )
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


def test_a_hung_child_is_killed_and_replaced() -> None:
    """Who asks meanwhile is answered when the time is up, not when the child is replaced."""
    with closing(SimulatedCamera(Settings(), silent_s=1.5)) as camera:
        photo_soon(camera)
        child = camera.child_pid
        assert child
        os.kill(child, signal.SIGSTOP)
        with pytest.raises(DeviceOfflineError, match=r"0\.1 秒内没有新画面"):
            camera.photo(0.1)
        assert photo_soon(camera)
        assert not Path(f"/proc/{child}").exists()


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
loaded = [name for name in sys.modules if name.split(".")[0] in ("cv2", "numpy")]
print(loaded, camera.child_pid, flush=True)
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
        [sys.executable, "-c", program],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield process
        process.kill()


def test_the_station_never_loads_opencv_and_its_child_dies_with_it(
    station: subprocess.Popen[str],
) -> None:
    assert station.stdout
    loaded, child = station.stdout.readline().rsplit(maxsplit=1)
    assert loaded == "[]"
    assert Path(f"/proc/{child}").exists()
    station.kill()
    until(
        lambda: (
            not Path(f"/proc/{child}").exists() or "Z" in Path(f"/proc/{child}/stat").read_text()
        )
    )
