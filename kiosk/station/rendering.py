"""Rendering ahead, in a thread of its own: again whenever words, people or content have changed,
and while the voice is offline.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Sequence
from functools import partial

from devices import DeviceOfflineError
from devices.voice import Voice
from kiosk.station.render_plan import Chapter, Speech

_RETRY_S = 30.0
_DAY_S = 86_400.0
_FORGOTTEN_AFTER_S = 30 * _DAY_S
"""How long a clip is kept that no sentence of the door needs: a version may be gone back to.

What a draft says is never kept.
"""


class Preparing:
    """Renders chapter after chapter.

    What is rendered stays, so an interrupted preparation goes on where it was.
    """

    def __init__(
        self,
        voice: Callable[[], Voice],
        chapters: Callable[[], Sequence[Chapter]],
        told: Callable[[Speech | None], None],
    ) -> None:
        """`told` is called with the progress; None while nothing can be rendered."""
        self._voice = voice
        self._chapters = chapters
        self._told = told
        self._wanted = threading.Event()
        self._stopping = False

    def again(self) -> None:
        """Look once more at what is to be rendered, and begin with what is needed first."""
        self._wanted.set()

    def stop(self) -> None:
        """End `run` after the present chapter."""
        self._stopping = True
        self._wanted.set()

    def run(self) -> None:
        """Render until `stop`."""
        while not self._stopping:
            # Before the work, so that a change in the middle of it is not lost.
            self._wanted.clear()
            whole = self._render_all()
            self._wanted.wait(_DAY_S if whole else _RETRY_S)

    def _render_all(self) -> bool:
        """Render all chapters; return whether nothing is left to try again."""
        whole = True
        voice = self._voice()
        account = _Account(self._chapters(), lambda text: voice.clip(text) is not None)
        self._told(account.speech())
        for chapter in account.chapters:
            if self._wanted.is_set():
                return True  # something has changed: `run` starts over
            try:
                voice.render(chapter.sentences, partial(self._hear, account, chapter))
                self._told(account.heard(chapter, len(chapter.sentences)))
            except DeviceOfflineError:
                # A sentence that cannot be read, or a voice that is away: no reason to keep the
                # door shut.
                whole = False
                self._told(None)
        if whole:
            self._forget(account.chapters)
        return whole

    def _forget(self, chapters: Sequence[Chapter]) -> None:
        """Delete clips of sentences that were reworded long ago; a disk that refuses is reported
        elsewhere.
        """
        needed = [sentence for chapter in chapters for sentence in chapter.sentences]
        with contextlib.suppress(DeviceOfflineError):
            self._voice().forget(needed, _FORGOTTEN_AFTER_S)

    def _hear(self, account: _Account, chapter: Chapter, ready: int, _wanted: int) -> None:
        self._told(account.heard(chapter, ready))


class _Account:
    """How many sentences of each chapter are there."""

    def __init__(self, chapters: Sequence[Chapter], is_there: Callable[[str], bool]) -> None:
        self.chapters = chapters
        self._ready = {chapter.post: sum(map(is_there, chapter.sentences)) for chapter in chapters}

    def heard(self, chapter: Chapter, ready: int) -> Speech:
        """Take note of a chapter's progress, and return the whole."""
        self._ready[chapter.post] = ready
        return self.speech()

    def speech(self) -> Speech:
        """Return how far all of it has come."""
        done = {
            chapter.post
            for chapter in self.chapters
            if self._ready[chapter.post] >= len(chapter.sentences)
        }
        needed = [chapter for chapter in self.chapters if chapter.needed]
        return Speech(
            ready=sum(self._ready.values()),
            total=sum(len(chapter.sentences) for chapter in self.chapters),
            needed_ready=sum(self._ready[chapter.post] for chapter in needed),
            needed=sum(len(chapter.sentences) for chapter in needed),
            general="" in done,
            posts=frozenset(done - {""}),
        )
