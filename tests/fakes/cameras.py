"""Cameras with hands: every driver that a test can take its camera away from, and looking at what
it gives.
"""

from __future__ import annotations

import os
import queue
import signal
import sys
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path

import cv2
import numpy as np
from cv2.typing import MatLike

import devices
from devices.camera import Camera, Photo
from devices.camera.hosted import HostedCamera
from devices.camera.simulated import SimulatedCamera
from devices.supervised import Online, State
from tests.fakes.mjpeg import mjpeg_server
from tests.fakes.waiting import until

BACK_S = 60.0  # a new child, its back-off and its warm-up, on a busy machine


class Rig:
    """A driver with hands at its camera.

    `stall` keeps the camera there but silent, `lose` takes it away.

    `under_way_ms`: how long before its arrival a picture may have been drawn, on a busy machine.
    """

    under_way_ms = 400

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
    under_way_ms = 1

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


def decoded(jpeg: bytes) -> MatLike:
    picture = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)
    assert picture is not None
    return picture


def photo_soon(camera: Camera) -> Photo:
    """Return a photo, after the recovery that is due."""
    return camera.photo(BACK_S)
