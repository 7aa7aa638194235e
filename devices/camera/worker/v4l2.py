"""Reading a USB camera with OpenCV's V4L2."""

from __future__ import annotations

import time
from pathlib import Path

import cv2
from cv2.typing import MatLike

from devices import DeviceOfflineError
from devices.camera.v4l2 import Settings
from devices.camera.worker import capture
from devices.camera.worker.frames import Frame, JpegFrame, PixelFrame

MJPG = cv2.VideoWriter.fourcc(*"MJPG")
JPEG_END = b"\xff\xd9"


class Source(capture.Source):
    """One V4L2 device. Where it sends MJPG, its own JPEGs are kept and decoded on demand."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._video = cv2.VideoCapture()
        self._sends_jpeg = False
        self.rotate_deg = settings.rotate_deg
        self.warm_up_s = settings.warm_up_s

    def open(self) -> str:
        """Open the device and ask for MJPG of the size and rate; what it grants is what it says."""
        wanted = self._settings
        if not Path(wanted.device).exists():
            raise DeviceOfflineError(f"没有找到摄像头 {wanted.device}，请检查 USB 线")
        if not self._video.open(wanted.device, cv2.CAP_V4L2):
            raise DeviceOfflineError(f"摄像头 {wanted.device} 打不开，可能被其他程序占用")
        self._video.set(cv2.CAP_PROP_FOURCC, MJPG)
        self._video.set(cv2.CAP_PROP_FRAME_WIDTH, wanted.width_px)
        self._video.set(cv2.CAP_PROP_FRAME_HEIGHT, wanted.height_px)
        self._video.set(cv2.CAP_PROP_FPS, wanted.fps)
        self._sends_jpeg = int(self._video.get(cv2.CAP_PROP_FOURCC)) == MJPG
        if self._sends_jpeg:
            self._video.set(cv2.CAP_PROP_CONVERT_RGB, 0)
        return self._granted()

    def read(self) -> Frame:
        """Wait for the next frame; two seconds of nothing, or an unplugged device, is tried
        twice.
        """
        for _ in range(2):
            arrived, data = self._video.read()
            if arrived and (frame := self._frame(data)):
                return frame
        raise DeviceOfflineError("摄像头没有画面，请检查 USB 线")

    def close(self) -> None:
        """Release the device."""
        self._video.release()

    def _frame(self, data: MatLike) -> Frame | None:
        captured_s = self._captured_s()
        if not self._sends_jpeg:
            return PixelFrame(data, captured_s)
        jpeg = data.tobytes()
        end = jpeg.rfind(JPEG_END)  # drivers pad; a picture without its end was cut off
        return JpegFrame(jpeg[: end + len(JPEG_END)], captured_s) if end > 0 else None

    def _captured_s(self) -> float:
        """Return the driver's time stamp of the frame, which distinguishes a queued one from a new
        one.

        It is on the monotonic clock with nearly every driver; where it is plainly not, the time of
        arrival serves.
        """
        now_s = time.monotonic()
        stamp_s = self._video.get(cv2.CAP_PROP_POS_MSEC) / 1000
        return stamp_s if 0 <= now_s - stamp_s < 60 else now_s

    def _granted(self) -> str:
        video = self._video
        code = int(video.get(cv2.CAP_PROP_FOURCC)).to_bytes(4, "little").decode("ascii", "replace")
        width_px, height_px = (
            video.get(cv2.CAP_PROP_FRAME_WIDTH),
            video.get(cv2.CAP_PROP_FRAME_HEIGHT),
        )
        return f"{width_px:.0f}×{height_px:.0f} {video.get(cv2.CAP_PROP_FPS):.0f} fps {code}"
