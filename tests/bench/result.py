"""One measurement with its floor."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

_ON_DISK = Path(__file__).resolve().parents[2] / ".benchmarks"


class Result(msgspec.Struct, frozen=True):
    """What was measured, in `unit`.

    `floor` is the bare cost of the same outcome; `aim` is the greatest ratio wanted.

    Without a floor, `aim` is the greatest value wanted. Without an aim, the figure is only for
    knowing.
    """

    name: str
    measured: float
    floor: float | None
    unit: str
    aim: float | None = None

    @property
    def ratio(self) -> float | None:
        return None if self.floor is None else self.measured / self.floor

    @property
    def ok(self) -> bool:
        judged = self.measured if self.ratio is None else self.ratio
        return self.aim is None or judged <= self.aim


@contextmanager
def folder_on_disk() -> Iterator[Path]:
    """Make an empty folder on the disk the project lies on: a system's /tmp may be memory, where an
    fsync costs nothing.
    """
    _ON_DISK.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=_ON_DISK) as folder:
        yield Path(folder)
