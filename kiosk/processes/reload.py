"""The supervisor's pages with the content in use: rebuilt once a version of a pack was
published.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

_LOOK_S = 1.0


class Latest:
    """A WSGI application that is replaced once `newest` returns another number.

    It looks at most once a second.
    """

    def __init__(self, make: Callable[[], WSGIApplication], newest: Callable[[], int]) -> None:
        self._make = make
        self._newest = newest
        self._lock = threading.Lock()
        self._of = newest()
        self._app = make()
        self._look_after_s = 0.0

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        return self._present()(environ, start_response)

    def _present(self) -> WSGIApplication:
        with self._lock:
            if time.monotonic() >= self._look_after_s:
                self._look_after_s = time.monotonic() + _LOOK_S
                newest = self._newest()
                if newest != self._of:
                    self._app, self._of = self._make(), newest
            return self._app
