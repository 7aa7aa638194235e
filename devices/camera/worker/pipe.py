"""Reading the JPEGs that a command writes."""

from __future__ import annotations

import os
import select
import subprocess
import time
from pathlib import Path
from typing import IO, cast

from devices import DeviceOfflineError
from devices.camera.pipe import Settings
from devices.camera.worker import capture
from devices.camera.worker.arrivals import Arrivals
from devices.camera.worker.frames import Frame, JpegFrame
from devices.camera.worker.jpeg_stream import JpegStream
from devices.reasons import why

CHUNK_BYTES = 2**18


class Source(capture.Source):
    """One running command; its error output goes where the station's goes."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._process: subprocess.Popen[bytes] | None = None
        self._output_fd = -1
        self._patience_s = settings.start_timeout_s
        self._stream, self._arrivals = JpegStream(), Arrivals()
        self.rotate_deg = settings.rotate_deg
        self.warm_up_s = settings.warm_up_s

    def open(self) -> str:
        """Start the command."""
        self._stream, self._arrivals = JpegStream(), Arrivals()
        try:
            self._process = subprocess.Popen(
                self._settings.command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, bufsize=0
            )
        except OSError as error:
            raise DeviceOfflineError(f"摄像头命令 {self._name} 无法启动：{why(error)}") from error
        self._patience_s = self._settings.start_timeout_s
        self._output_fd = cast(IO[bytes], self._process.stdout).fileno()
        return self._name

    def read(self) -> Frame:
        """Wait for the next whole JPEG; of several that are there, the last is the newest."""
        waited_from_s = time.monotonic()
        until_s = waited_from_s + self._patience_s
        while not (jpegs := self._stream.feed(self._some_bytes(until_s))):
            pass
        self._patience_s = self._settings.read_timeout_s
        return JpegFrame(jpegs[-1], self._arrivals.date(waited_from_s, time.monotonic()))

    def close(self) -> None:
        """Kill the command."""
        if self._process:
            with self._process as process:
                process.kill()
            self._process = None

    def _some_bytes(self, until_s: float) -> bytes:
        readable, _, _ = select.select(
            [self._output_fd], [], [], max(0, until_s - time.monotonic())
        )
        if not readable:
            raise DeviceOfflineError(f"摄像头命令 {self._name} 没有送来画面")
        data = os.read(self._output_fd, CHUNK_BYTES)
        if not data:
            raise DeviceOfflineError(f"摄像头命令 {self._name} 已退出")
        return data

    @property
    def _name(self) -> str:
        return Path(self._settings.command[0]).name
