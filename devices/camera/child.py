"""The child process that holds the camera: starting it, talking to it, ending it."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from multiprocessing.connection import Pipe, wait

import msgspec

from devices import DeviceOfflineError
from devices.camera.messages import LONGEST_BYTES, Message, MessageError, encode, message_in

START_S = 20.0  # a Pi that has just been switched on reads OpenCV from a cold SD card
# Longer than a busy Pi keeps a process waiting: to kill a sound child costs seconds, too.
SILENT_S = 5.0
ENVIRONMENT = {
    "OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT": "2",  # seconds; its default of 10 outlasts a worker
    "OPENCV_LOG_LEVEL": "ERROR",
    "OPENCV_FFMPEG_LOGLEVEL": "-8",
    "OPENBLAS_NUM_THREADS": "1",  # numpy starts a thread for every core that nothing here uses
    "MALLOC_ARENA_MAX": "1",  # a second heap for the second thread costs 7 MB
}


class Child:
    """One run of `devices.camera.worker` for a driver.

    The child is the leader of its own process group, so that ending it also ends a command it has
    started.
    """

    def __init__(self, driver: str, settings: msgspec.Struct, silent_s: float) -> None:
        self._silent_s = silent_s
        self._connection, theirs = Pipe()
        # Two threads that send at once would mix their messages.
        self._sending = threading.Lock()
        # Our copy of the child's end is closed: kept open, its death would not be an end of file.
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "devices.camera.worker", driver],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                env={**os.environ, **ENVIRONMENT},
                start_new_session=True,
            )
        self.send(settings)  # not an argument: a camera's URL may hold its password

    @property
    def pid(self) -> int:
        """Return the process id, for looking at its memory."""
        return self._process.pid

    def send(self, request: msgspec.Struct) -> None:
        """Send a request.

        A child that has just died is noticed by `messages`, so here it is no error.
        """
        with self._sending, contextlib.suppress(OSError):
            self._connection.send_bytes(encode(request))

    def messages(self, wake_fd: int) -> Iterator[Message]:
        """Yield what the child says until `wake_fd` is readable.

        Raise DeviceOfflineError when the child ended, fell silent or talked nonsense.
        """
        patience_s = START_S
        while True:
            ready = wait([self._connection, wake_fd], patience_s)
            if wake_fd in ready:
                return
            if not ready:
                raise DeviceOfflineError("摄像头进程没有响应，正在重新启动")
            yield self._receive()
            patience_s = self._silent_s

    def end(self) -> None:
        """Kill the child with all it started; it holds nothing that needs a farewell."""
        # The child leads its own session, so its pid is that of its group.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        with self._sending:
            self._connection.close()

    def _receive(self) -> Message:
        try:
            # Limited: a child that has gone wrong must not fill the station's memory.
            return message_in(self._connection.recv_bytes(LONGEST_BYTES))
        except (EOFError, OSError) as error:
            raise DeviceOfflineError("摄像头进程已退出，正在重新启动") from error
        except MessageError as error:
            raise DeviceOfflineError("摄像头进程的回答无法识别，正在重新启动") from error
