"""A touch screen without a browser: follows the station's events and touches what a finger would
touch.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable

import httpx2
import msgspec

from kiosk.flow.touches import AnyTouch

_PHASE = re.compile(r'data-phase="(\w*)"')


class Shown(msgspec.Struct, frozen=True):
    """What the screen shows now; the parts of the page's payload that a walk needs."""

    version: int
    turn: int
    template: str
    signal: str
    scene: str
    html: str

    @property
    def phase(self) -> str:
        """Return the phase of a confirmation: listening, counting, taking, answering."""
        found = _PHASE.search(self.html)
        return found.group(1) if found else ""


class TouchScreen:
    """The screen at `url`; `shown` is the newest, from the event stream or from the answer to a
    touch.
    """

    def __init__(self, url: str) -> None:
        # Plain HTTP on this machine: no certificate is looked at, and the roots take long to load.
        self._client = httpx2.Client(base_url=url, timeout=60, trust_env=False, verify=False)
        self._changed = threading.Condition()
        self._shown: Shown | None = None
        self._closed = False
        threading.Thread(target=self._follow, name="walk-events", daemon=True).start()

    def close(self) -> None:
        """Stop following."""
        self._closed = True
        self._client.close()

    def shown(self) -> Shown:
        """Return the newest screen."""
        return self.wait(lambda _: True, 30)

    def wait(self, fits: Callable[[Shown], bool], timeout_s: float) -> Shown:
        """Wait for a screen that fits.

        Raise TimeoutError, which names the screen that is there instead.
        """
        with self._changed:
            if not self._changed.wait_for(
                lambda: self._shown is not None and fits(self._shown), timeout_s
            ):
                raise TimeoutError(
                    f"the screen stays {self._shown.scene if self._shown else 'dark'}"
                )
            assert self._shown is not None
            return self._shown

    def touch(self, touch: AnyTouch) -> Shown:
        """Touch the present screen and return the one after it."""
        body = msgspec.json.encode({"turn": self.shown().turn, "touch": touch})
        answer = self._client.post("/touch", content=body)
        answer.raise_for_status()
        return self._take(answer.content)

    def _take(self, payload: bytes) -> Shown:
        shown = msgspec.json.decode(payload, type=Shown)
        with self._changed:
            if self._shown is None or shown.version >= self._shown.version:
                self._shown = shown
                self._changed.notify_all()
            return self._shown

    def _begin_anew(self) -> None:
        """Forget what was shown: a station that was started again counts its versions from the
        start.
        """
        with self._changed:
            self._shown = None

    def _follow(self) -> None:
        while not self._closed:
            try:
                with self._client.stream("GET", "/events") as stream:
                    self._begin_anew()
                    for line in stream.iter_lines():
                        if line.startswith("data:"):
                            self._take(line.removeprefix("data:").encode())
            except (httpx2.HTTPError, RuntimeError):
                time.sleep(0.2)
