"""A child whose disk refuses for a while: appends and stores until told so, checks that nothing is half-there, and goes on."""

from __future__ import annotations

import os
import resource
import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

from kiosk.journal.blobs import PHOTOS, Photos
from kiosk.journal.errors import StorageError
from kiosk.journal.log import Journal
from kiosk.journal.verify import verify
from kiosk.records.facts import AnyFact
from tests.fakes.facts import STATION, passed_check, still

_PHOTO_BYTES = 60_000


class Full:
    """A disk that another file has filled."""

    def __init__(self, folder: Path) -> None:
        self._filler = folder / "filler"

    def begin(self) -> None:
        with self._filler.open("wb", buffering=0) as file:
            try:
                while file.write(b"x" * 4096):
                    pass
            except OSError:
                return

    def end(self) -> None:
        self._filler.unlink()


class Limited:
    """A limit on the size of files, so that a write fails in the middle."""

    def __init__(self, folder: Path) -> None:
        self._wal_bytes = (folder / "journal.db-wal").stat

    def begin(self) -> None:
        self._set(min(self._wal_bytes().st_size + 10_000, _PHOTO_BYTES - 1000))

    def end(self) -> None:
        self._set(resource.RLIM_INFINITY)

    def _set(self, limit_bytes: int) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit_bytes, resource.RLIM_INFINITY))


_CASES: dict[str, Callable[[Path], Full | Limited]] = {"full": Full, "limited": Limited}


def main(case: str, folder: Path) -> None:
    photos = Photos.open(folder / PHOTOS)
    checks = count()
    with Journal.open(folder, STATION, still) as journal:
        journal.append(list(passed_check("before"))[:3])
        trouble = _CASES[case](folder)
        trouble.begin()
        print("entry:", refusal(lambda: journal.append(opening(checks))))  # noqa: T201
        head, files = journal.head, everything_in(folder)
        assert [entry.seq for entry in journal.entries(limit=10_000)] == list(range(1, head.seq + 1))
        print("photo:", refusal(lambda: photos.store(os.urandom(_PHOTO_BYTES))))  # noqa: T201
        assert everything_in(folder) == files, "half a photo was left behind"
        trouble.end()
        assert journal.append(opening(checks))[0].seq == journal.head.seq - 1 == head.seq + 1
        assert photos.path(photos.store(os.urandom(_PHOTO_BYTES)))
        assert verify(folder, STATION).bad is None


def opening(checks: Iterator[int]) -> list[AnyFact]:
    """Give the first two facts of one more check."""
    return list(passed_check(f"check-{next(checks)}"))[:2]


def refusal(work: Callable[[], object]) -> str:
    """Repeat until the disk refuses, and give the sentence."""
    for _ in range(2000):
        try:
            work()
        except StorageError as error:
            return str(error)
    raise AssertionError("the disk never refused")


def everything_in(folder: Path) -> set[Path]:
    return {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
