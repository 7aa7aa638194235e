"""An eye on the lamps that never blinks: from outside the process, in the file that stands for the
pins.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Self

import msgspec

from devices.lights import Lamps

_LOOK_S = 0.002


class Eye:
    """Looks at the lamps while the block runs.

    `may_be_green` is asked at each moment at which green lights up.
    """

    def __init__(self, lamps_file: Path, may_be_green: Callable[[], bool]) -> None:
        self._file = lamps_file
        self._may_be_green = may_be_green
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._look, name="eye")
        self.seen: list[Lamps] = []
        self.wrongly_green = 0

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._stop.set()
        self._thread.join()

    @property
    def greens(self) -> int:
        """Count how often green has lit up."""
        return sum(lamps.green for lamps in self.seen)

    def _look(self) -> None:
        while not self._stop.wait(_LOOK_S):
            if self._file.exists():
                self._note(msgspec.json.decode(self._file.read_bytes(), type=Lamps))

    def _note(self, lamps: Lamps) -> None:
        if self.seen and self.seen[-1] == lamps:
            return
        self.seen.append(lamps)
        if (lamps.green or lamps.door) and not self._may_be_green():
            self.wrongly_green += 1
