"""Running the voice's child processes to their end, with a time limit, and ending them all when the voice is closed."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterable

import msgspec

from devices import DeviceOfflineError


class Finished(msgspec.Struct, frozen=True):
    """How a child ended; a negative `status` is the signal that ended it."""

    status: int
    stdout: bytes
    stderr: bytes

    @property
    def complaint(self) -> str:
        """Give the last line it wrote to standard error."""
        return (self.stderr.decode(errors="replace").strip().splitlines() or [""])[-1]


class Children:
    """The children of one voice that are running."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._running: set[subprocess.Popen[bytes]] = set()
        self._closed = False

    def run(
        self, module: str, arguments: Iterable[str], stdin: bytes, timeout_s: float, lend: Iterable[int] = ()
    ) -> Finished:
        """Run `python -m module` with `stdin`, lending it the file descriptors `lend`.

        Raises DeviceOfflineError when it took longer than `timeout_s`, or the voice is closed.
        """
        with self._start(module, arguments, lend) as child:
            try:
                stdout, stderr = child.communicate(stdin, timeout_s)
            except subprocess.TimeoutExpired as error:
                raise DeviceOfflineError(f"语音合成超过 {timeout_s:g} 秒没有完成，已中止") from error
            finally:
                child.kill()
                with self._guard:
                    self._running.discard(child)
        self._refuse_when_closed()
        return Finished(child.returncode, stdout, stderr)

    def close(self) -> None:
        """Kill what runs and start nothing more."""
        with self._guard:
            self._closed = True
            for child in self._running:
                child.kill()

    def _start(self, module: str, arguments: Iterable[str], lend: Iterable[int]) -> subprocess.Popen[bytes]:
        with self._guard:
            self._refuse_when_closed()
            child = subprocess.Popen(
                [sys.executable, "-m", module, *arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                pass_fds=tuple(lend),
            )
            self._running.add(child)
            return child

    def _refuse_when_closed(self) -> None:
        if self._closed:
            raise DeviceOfflineError("语音已关闭")
