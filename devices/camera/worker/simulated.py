"""Drawing what the simulated camera sees."""

from __future__ import annotations

import time
from datetime import datetime
from zoneinfo import ZoneInfo

import cv2
import numpy as np
from cv2.typing import MatLike

from devices import DeviceOfflineError
from devices.camera.simulated import Settings
from devices.camera.worker import capture
from devices.camera.worker.frames import Frame, PixelFrame
from devices.camera.worker.scene import person, timecode, workshop
from devices.camera.worker.scene.light import Daylight, SensorNoise

DARKNESS = 0.16
OUT_OF_FOCUS_PX = 1.8


class Source(capture.Source):
    """A workshop in which time passes: the worker moves, the clock runs, and no two pictures are
    the same.
    """

    def __init__(self, settings: Settings) -> None:
        self._scene: str = settings.scene
        self._interval_s = 1 / settings.fps
        self._workshop = workshop.background(settings.width_px)
        self._cover = _hand_over_lens(self._workshop)
        self._daylight = Daylight(self._workshop)
        self._noise = SensorNoise(self._workshop)
        self._zone = ZoneInfo(settings.time_zone)
        self._next_s = 0.0
        self._last: MatLike | None = None
        self.warm_up_s = settings.warm_up_s

    def show(self, scene: str) -> None:
        """Change the scene."""
        self._scene = scene

    def open(self) -> str:
        """Open, unless the camera is lost."""
        self._refuse_if_lost()
        return "模拟摄像头"

    def read(self) -> Frame:
        """Draw the next picture when it is due."""
        now_s = time.monotonic()
        self._next_s = max(self._next_s + self._interval_s, now_s)
        time.sleep(self._next_s - now_s)
        self._refuse_if_lost()
        captured_s = time.monotonic()
        if self._scene != "frozen" or self._last is None:
            self._last = self._drawn(captured_s)
        return PixelFrame(self._last, captured_s)

    def _refuse_if_lost(self) -> None:
        if self._scene == "lost":
            raise DeviceOfflineError("模拟摄像头已断开")

    def _drawn(self, at_s: float) -> MatLike:
        picture = self._cover if self._scene == "covered" else self._seen(at_s)
        picture = self._noise.on(picture)
        timecode.draw(picture, round(at_s * 1000))
        return picture

    def _seen(self, at_s: float) -> MatLike:
        picture = self._daylight.on(self._workshop, at_s)
        workshop.draw_time(picture, datetime.now(self._zone))
        person.draw(picture, person.pose(at_s))
        if self._scene == "dark":
            return cv2.convertScaleAbs(picture, alpha=DARKNESS)
        return _out_of_focus(picture) if self._scene == "blurred" else picture


def _out_of_focus(picture: MatLike) -> MatLike:
    small = cv2.resize(picture, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    soft = cv2.GaussianBlur(small, (0, 0), OUT_OF_FOCUS_PX * picture.shape[1] / 1280)
    return cv2.resize(soft, picture.shape[1::-1], interpolation=cv2.INTER_LINEAR)


def _hand_over_lens(like: MatLike) -> MatLike:
    """Draw what a lens sees of a palm laid on it: nearly nothing, with some light at the edge."""
    y, x = np.mgrid[-1:1:90j, -1:1:160j]
    light = 1 + 0.2 * x + 0.1 * y + 0.3 * np.exp(-(((x - 1.02) / 0.1) ** 2))
    skin = np.asarray(light[..., None] * np.array([22, 34, 62]), dtype=np.uint8)
    return cv2.resize(skin, like.shape[1::-1], interpolation=cv2.INTER_CUBIC)
