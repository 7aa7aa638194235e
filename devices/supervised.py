"""Keeping a device alive: the one place that reconnects.

A driver writes one *session*: connect, say `link.online(...)`, work until `link.stopping` or a
fault. `Supervised` runs sessions in a thread, one after the other, with a growing pause between
them, and keeps the state that the rest of the world sees.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable

import msgspec

from devices import DeviceOfflineError
from devices.reasons import why


class Online(msgspec.Struct, frozen=True, tag="online"):
    """The device works, since when (monotonic seconds); `detail` says what was found (a port, a
    model).
    """

    since_s: float
    detail: str = ""


class Offline(msgspec.Struct, frozen=True, tag="offline"):
    """The device does not work, why, and since when (monotonic seconds)."""

    reason: str
    since_s: float


State = Online | Offline
Watcher = Callable[[State], None]


class BackOff(msgspec.Struct, frozen=True):
    """Pauses between attempts: `first_s`, doubled each time, never above `most_s`."""

    first_s: float = 0.2
    most_s: float = 3.0

    def pause_s(self, failures: int) -> float:
        """Return the pause after this many failures in a row (1, 2, 3 …)."""
        # The shift has a limit: after a night of failures it would be a number of a thousand
        # digits.
        return min(self.most_s, self.first_s * (1 << min(failures - 1, 16)))


class Link:
    """What a session holds of its supervisor: whether to stop, and how to say that it works."""

    def __init__(self, supervised: Supervised) -> None:
        self._supervised = supervised

    @property
    def stopping(self) -> bool:
        """Return whether the device is being closed."""
        return self._supervised._stop.is_set()

    @property
    def wake_fd(self) -> int:
        """Return a file descriptor that becomes readable on close, for `select`."""
        return self._supervised._wake_read

    def online(self, detail: str = "") -> None:
        """Mark the device as working."""
        self._supervised._became(Online(time.monotonic(), detail))

    def wait(self, seconds: float) -> bool:
        """Pause; True when the device is being closed meanwhile."""
        return self._supervised._stop.wait(seconds)


class Supervised:
    """Runs `session` again and again in a thread until closed.

    `state` may be read from any thread.

    A session ends on `DeviceOfflineError` or `OSError` and is tried again; any other error is a
    fault of the program: it ends the thread through `threading.excepthook`, and the state says so.
    `watch` is called from that thread with every new state and reason, except the end. `on_close`
    wakes a session that waits for something else than `wake_fd`.
    """

    def __init__(
        self,
        name: str,
        session: Callable[[Link], None],
        back_off: BackOff | None = None,
        watch: Watcher | None = None,
        on_close: Callable[[], None] | None = None,
    ) -> None:
        self._session = session
        self._back_off = back_off or BackOff()
        self._watch = watch
        self._on_close = on_close
        self._closing = threading.Lock()
        self._stop = threading.Event()
        self._wake_read, self._wake_write = os.pipe()
        self._state: State = Offline("尚未连接", time.monotonic())
        self._failures = 0
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    @property
    def state(self) -> State:
        """Return the present state."""
        return self._state

    def close(self) -> None:
        """Stop the session and wait for its thread; may be called twice, and from any thread."""
        with self._closing:
            if self._stop.is_set():
                return
            self._stop.set()
        # A pipe in addition to the event: poll(2) cannot wait for an event.
        os.write(self._wake_write, b"x")
        if self._on_close is not None:
            self._on_close()
        # A watcher may close the device from this very thread, which cannot join itself.
        if threading.current_thread() is not self._thread:
            self._thread.join(timeout=5)
        self._state = Offline("已关闭", time.monotonic())
        # A stuck session may still poll the pipe: better two lost descriptors than one that is
        # another file.
        if not self._thread.is_alive():
            os.close(self._wake_read)
            os.close(self._wake_write)

    def _run(self) -> None:
        link = Link(self)
        try:
            while not self._stop.is_set():
                self._attempt(link)
        # Everything: the state must not go on saying that the device works.
        except BaseException:
            self._became(Offline("程序故障，请重启并报修", time.monotonic()))
            raise

    def _attempt(self, link: Link) -> None:
        try:
            self._session(link)
            reason = "连接已结束"
        except DeviceOfflineError as error:
            reason = str(error)
        except OSError as error:
            reason = why(error)
        if self._stop.is_set():
            return
        self._failures += 1
        self._became(Offline(reason, self._offline_since()))
        self._stop.wait(self._back_off.pause_s(self._failures))

    def _offline_since(self) -> float:
        # An outage counts from its beginning, also when its reason changes.
        return self._state.since_s if isinstance(self._state, Offline) else time.monotonic()

    def _became(self, state: State) -> None:
        if self._stop.is_set():
            return
        if isinstance(state, Online):
            self._failures = 0
        news = _news(self._state) != _news(state)
        self._state = state
        if news and self._watch is not None:
            self._watch(state)


def _news(state: State) -> str | None:
    """Return what a watcher wants to hear about: the reason, or None when all is well."""
    return state.reason if isinstance(state, Offline) else None
