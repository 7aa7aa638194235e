"""Running the voice's child processes with a time limit, and ending them all when the voice is
closed.
"""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import msgspec

from devices import DeviceOfflineError

Child = subprocess.Popen[bytes]


class Finished(msgspec.Struct, frozen=True):
    """How a child ended; a negative `status` is the signal that ended it."""

    status: int
    stdout: bytes
    stderr: bytes

    @property
    def complaint(self) -> str:
        """Return the last line it wrote to standard error."""
        return (self.stderr.decode(errors="replace").strip().splitlines() or [""])[-1]


class Children:
    """The children of one voice that are running."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._running: set[Child] = set()
        self._closed = False

    def run(
        self, module: str, arguments: Iterable[str], stdin: bytes, timeout_s: float
    ) -> Finished:
        """Run `python -m module` with `stdin` to its end.

        Raise DeviceOfflineError when it took longer than `timeout_s`, or the voice is closed.
        """
        with self.running(module, arguments) as child:
            try:
                stdout, stderr = child.communicate(stdin, timeout_s)
            except subprocess.TimeoutExpired as error:
                raise too_slow(timeout_s) from error
        self.refuse_when_closed()
        return Finished(child.returncode, stdout, stderr)

    @contextmanager
    def running(
        self, module: str, arguments: Iterable[str], lend: Iterable[int] = ()
    ) -> Iterator[Child]:
        """Run `python -m module` while the block runs, lending it the file descriptors `lend`.

        Raise DeviceOfflineError when the voice is closed; when it is closed meanwhile, the child
        ends.
        """
        with self._start(module, arguments, lend) as child:
            try:
                yield child
            finally:
                child.kill()
                with self._guard:
                    self._running.discard(child)

    def refuse_when_closed(self) -> None:
        """Raise DeviceOfflineError when the voice is closed."""
        if self._closed:
            raise DeviceOfflineError("语音已关闭")

    def close(self) -> None:
        """Kill what runs and start nothing more."""
        with self._guard:
            self._closed = True
            for child in self._running:
                child.kill()

    def _start(self, module: str, arguments: Iterable[str], lend: Iterable[int]) -> Child:
        with self._guard:
            self.refuse_when_closed()
            child = subprocess.Popen(
                [sys.executable, "-m", module, *arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                pass_fds=tuple(lend),
                bufsize=0,
            )
            self._running.add(child)
            return child


def too_slow(timeout_s: float) -> DeviceOfflineError:
    """Return the error for a child that was ended at its time limit."""
    return DeviceOfflineError(f"语音合成超过 {timeout_s:g} 秒没有完成，已中止")
