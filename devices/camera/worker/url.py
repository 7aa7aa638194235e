"""Reading a network camera with OpenCV's FFmpeg."""

from __future__ import annotations

import time
from urllib.parse import urlsplit

import cv2

from devices import DeviceOfflineError
from devices.camera.url import Settings
from devices.camera.worker import capture
from devices.camera.worker.arrivals import Arrivals
from devices.camera.worker.frames import Frame, PixelFrame


class Source(capture.Source):
    """One stream.

    After a time-out FFmpeg never gives a frame again: every failure means a new connection.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._video = cv2.VideoCapture()
        self._arrivals = Arrivals()
        self.rotate_deg = settings.rotate_deg
        self.warm_up_s = settings.warm_up_s

    def open(self) -> str:
        """Connect."""
        limits = [
            *(cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, round(self._settings.open_timeout_s * 1000)),
            *(cv2.CAP_PROP_READ_TIMEOUT_MSEC, round(self._settings.read_timeout_s * 1000)),
            *(
                cv2.CAP_PROP_N_THREADS,
                1,
            ),  # decoding in several threads holds back one frame a thread
        ]
        if not self._video.open(self._settings.url, cv2.CAP_FFMPEG, limits):
            raise DeviceOfflineError(f"连不上网络摄像头 {self._host}")
        self._arrivals = Arrivals()
        width_px = self._video.get(cv2.CAP_PROP_FRAME_WIDTH)
        height_px = self._video.get(cv2.CAP_PROP_FRAME_HEIGHT)
        return f"{self._host} {width_px:.0f}×{height_px:.0f}"

    def read(self) -> Frame:
        """Wait for the next frame."""
        waited_from_s = time.monotonic()
        arrived, pixels = self._video.read()
        if not arrived:
            raise DeviceOfflineError(f"网络摄像头 {self._host} 没有画面")
        return PixelFrame(pixels, self._arrivals.date(waited_from_s, time.monotonic()))

    def close(self) -> None:
        """Disconnect."""
        self._video.release()

    @property
    def _host(self) -> str:
        """Return the camera's name, without the password that its URL may hold."""
        return urlsplit(self._settings.url).hostname or "?"
