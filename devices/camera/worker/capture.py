"""Reading the camera in a thread and keeping only the newest frame.

A queue anywhere would turn a photo into a picture of the worker before: a camera that is not read
for ten seconds delivers frames that are ten seconds old. So this thread reads as fast as frames
come, and never trusts a capture that says it is open: only frames count.
"""

from __future__ import annotations

import contextlib
import os
import time
import zlib

from devices import DeviceOfflineError
from devices.camera.worker.frames import Frame
from devices.supervised import Link, Offline, Online, State, Supervised

LATE_S = 2.0
FROZEN_S = 1.0
FROZEN_TOO_LONG_S = 30.0
LOOK_EVERY_S = 0.25
HUNG_S = 15.0  # more than any time-out that can be set


class Source:
    """The hardware, as `Capture` uses it; one class of this name in each driver's module."""

    rotate_deg: int = 0
    warm_up_s: float = 0.0

    def open(self) -> str:
        """Open the camera and return a description of what was found, for people.

        Raise DeviceOfflineError, OSError.
        """
        raise NotImplementedError

    def read(self) -> Frame:
        """Wait for the next frame, a few seconds at most.

        Raise DeviceOfflineError when the camera has to be opened again.
        """
        raise NotImplementedError

    def close(self) -> None:
        """Release what is open."""

    def show(self, scene: str) -> None:
        """Change what a simulated camera sees; a real one sees what there is."""


class Stillness:
    """Notices a camera that repeats itself, as no real sensor does: its noise differs between
    frames.
    """

    def __init__(self) -> None:
        self._print: int | None = None
        self._since_s = self._looked_s = 0.0

    def look(self, frame: Frame) -> None:
        """Compare a frame with those before, a few times a second.

        Raise DeviceOfflineError for a damaged frame.
        """
        if frame.captured_s - self._looked_s < LOOK_EVERY_S:
            return
        picture = frame.picture(reduced=4)
        if picture is None:
            raise DeviceOfflineError("摄像头送来的画面已损坏")
        found = zlib.crc32(picture.tobytes())
        if found != self._print:
            self._print, self._since_s = found, frame.captured_s
        self._looked_s = frame.captured_s

    @property
    def for_s(self) -> float:
        """Return how long the identical picture has been coming."""
        return self._looked_s - self._since_s


class Capture:
    """The newest frame of a source, kept fresh by a thread; `wake_fd` is readable after news."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._wake_read, self._wake_write = os.pipe2(os.O_NONBLOCK)
        self._newest: Frame | None = None
        self._stillness = Stillness()
        self._warming_up = True
        self._progress_s = time.monotonic()
        self._supervised = Supervised("capture", self._session, watch=lambda _: self._wake())

    @property
    def wake_fd(self) -> int:
        """Return a descriptor that is readable when a frame came or the state changed."""
        return self._wake_read

    @property
    def frozen(self) -> bool:
        """Return whether the source keeps delivering the identical picture."""
        return self._stillness.for_s > FROZEN_S

    def awake(self) -> None:
        """Make `wake_fd` quiet again."""
        with contextlib.suppress(BlockingIOError):
            while os.read(self._wake_read, 512):
                pass

    def newest(self) -> Frame | None:
        """Return the newest frame."""
        return self._newest

    def state(self, now_s: float) -> State:
        """Return whether frames are coming."""
        own, newest = self._supervised.state, self._newest
        if isinstance(own, Offline):
            return Offline("摄像头正在启动", own.since_s) if self._warming_up else own
        if newest and now_s - newest.captured_s > LATE_S:
            return Offline("摄像头没有新画面", newest.captured_s)
        return Online(own.since_s, f"{own.detail}，画面静止不动") if self.frozen else own

    def hung(self, now_s: float) -> bool:
        """Return whether the thread is stuck in the driver beyond every time-out: only a new
        process helps.
        """
        return now_s - self._progress_s > HUNG_S

    def _session(self, link: Link) -> None:
        self._progress_s = time.monotonic()
        self._stillness = Stillness()
        try:
            detail = self._source.open()
            self._warm_up()
            self._newest = self._source.read()
            link.online(detail)
            while not link.stopping:
                self._take(self._source.read())
        finally:
            self._warming_up = False
            self._source.close()

    def _warm_up(self) -> None:
        """Throw away what comes first: stale frames, then the ones in which the exposure has not
        settled.
        """
        self._warming_up = True
        warm_s = time.monotonic() + self._source.warm_up_s
        while time.monotonic() < warm_s:
            self._source.read()
            self._progress_s = time.monotonic()

    def _take(self, frame: Frame) -> None:
        self._progress_s = time.monotonic()
        self._stillness.look(frame)
        if self._stillness.for_s > FROZEN_TOO_LONG_S:
            raise DeviceOfflineError("摄像头画面静止不动，正在重新打开")
        self._newest = frame
        self._wake()

    def _wake(self) -> None:
        with contextlib.suppress(BlockingIOError):
            os.write(self._wake_write, b"x")
