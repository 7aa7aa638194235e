"""The station's side of the drivers that run in a child process: `v4l2`, `url`, `pipe`,
`simulated`.
"""

from __future__ import annotations

import itertools
import math
import threading
import time
from concurrent.futures import Future

import msgspec

from devices import DeviceOfflineError
from devices.camera import Photo
from devices.camera.child import SILENT_S, Child
from devices.camera.messages import (
    Message,
    PhotoTaken,
    PreviewTaken,
    Report,
    ShowPreview,
    TakePhoto,
)
from devices.supervised import Link, Offline, State, Supervised, Watcher

PREVIEW_WANTED_S = 2.0
PREVIEW_ASKED_AGAIN_S = 0.5
PREVIEW_FRESH_S = 1.0


class HostedCamera:
    """The thin side of a camera: keeps a child running, passes requests in and pictures out."""

    def __init__(
        self,
        driver: str,
        settings: msgspec.Struct,
        watch: Watcher | None = None,
        silent_s: float = SILENT_S,
    ) -> None:
        """A child that says nothing for `silent_s` is replaced."""
        self._silent_s = silent_s
        self._driver = driver
        self._settings = settings
        self._watch = watch
        self._lock = threading.Lock()
        self._child: Child | None = None
        self._numbers = itertools.count(1)
        self._waiting: dict[int, tuple[TakePhoto, Future[PhotoTaken]]] = {}
        self._preview: PreviewTaken | None = None
        self._preview_asked_s = -math.inf
        self._reported: State = _not_yet("摄像头正在启动")
        # Unlike any news, so that the first report is passed on.
        self._told: str | None = ""
        self._supervised = Supervised(f"camera-{driver}", self._session, watch=self._child_changed)

    @property
    def state(self) -> State:
        """Return the child's state when it cannot run, else what it last said of the camera."""
        own = self._supervised.state
        return own if isinstance(own, Offline) else self._reported

    @property
    def child_pid(self) -> int | None:
        """Return the process id of the child, for looking at its memory; None while there is
        none.
        """
        child = self._child
        return child.pid if child else None

    def photo(self, deadline_s: float, stamp: str = "") -> Photo:
        """Take a photo, see `Camera.photo`; when the child dies meanwhile, the next one is asked
        again.
        """
        asked_s = time.monotonic()
        request = TakePhoto(next(self._numbers), asked_s, asked_s + deadline_s, stamp)
        answer: Future[PhotoTaken] = Future()
        self._ask(request, answer)
        try:
            return _handed_over(answer.result(deadline_s))
        except TimeoutError:
            raise DeviceOfflineError(self._why_none(deadline_s)) from None
        finally:
            with self._lock:
                # An answer that comes later finds nobody.
                self._waiting.pop(request.number, None)

    def preview(self) -> bytes | None:
        """Return the newest preview, see `Camera.preview`."""
        now_s = time.monotonic()
        if now_s - self._preview_asked_s >= PREVIEW_ASKED_AGAIN_S:
            self._preview_asked_s = now_s
            self._send(ShowPreview(now_s + PREVIEW_WANTED_S))
        preview = self._preview
        return preview.jpeg if preview and now_s - preview.captured_s < PREVIEW_FRESH_S else None

    def close(self) -> None:
        """End the child."""
        self._supervised.close()

    def _ask(self, request: TakePhoto, answer: Future[PhotoTaken]) -> None:
        with self._lock:
            self._waiting[request.number] = (request, answer)
            if self._child:
                self._child.send(request)

    def _send(self, request: msgspec.Struct) -> None:
        with self._lock:
            if self._child:
                self._child.send(request)

    def _session(self, link: Link) -> None:
        child = self._new_child()
        try:
            for message in child.messages(link.wake_fd):
                link.online()
                self._received(message)
        finally:
            # First: it frees a thread that is stuck in sending to a hung child, and holds the lock
            child.end()
            with self._lock:
                self._child = None

    def _new_child(self) -> Child:
        self._reported = _not_yet("摄像头正在启动")
        with self._lock:
            # Under the lock: a request that comes meanwhile is sent by `_ask` or here, never by
            # both.
            child = self._child = Child(self._driver, self._settings, self._silent_s)
            for request, _ in self._waiting.values():
                child.send(request)
        return child

    def _received(self, message: Message) -> None:
        match message:
            case PhotoTaken(number=number):
                self._answer(number, message)
            case PreviewTaken():
                self._preview = message
            case Report(state=state):
                self._reported = state
                self._tell(state)

    def _answer(self, number: int, taken: PhotoTaken) -> None:
        with self._lock:
            _, answer = self._waiting.pop(number, (None, None))
        if answer:
            answer.set_result(taken)

    def _child_changed(self, state: State) -> None:
        """Pass on that the child has gone. That it came says nothing yet: its first report will."""
        if isinstance(state, Offline):
            self._tell(state)

    def _tell(self, state: State) -> None:
        news = state.reason if isinstance(state, Offline) else None
        changed, self._told = news != self._told, news
        if changed and self._watch:
            self._watch(state)

    def _why_none(self, deadline_s: float) -> str:
        state = self.state
        return (
            state.reason if isinstance(state, Offline) else f"摄像头 {deadline_s:g} 秒内没有新画面"
        )


def _not_yet(reason: str) -> Offline:
    return Offline(reason, time.monotonic())


def _handed_over(taken: PhotoTaken) -> Photo:
    return Photo(
        jpeg=taken.jpeg,
        thumbnail=taken.thumbnail,
        width_px=taken.width_px,
        height_px=taken.height_px,
        age_ms=(time.monotonic() - taken.captured_s) * 1000,
        tests=taken.tests,
        frozen=taken.frozen,
    )
