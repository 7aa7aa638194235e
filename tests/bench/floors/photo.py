"""The bare way from a request to a durable photo: `photo FOLDER FPS`. A line in is a request, a line out its answer.

The same camera draws in a thread; the first frame captured after the request becomes a JPEG and a thumbnail, both are written,
fsynced and renamed, and one row is put on the disk.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from itertools import count
from pathlib import Path

import cv2

from devices.camera.simulated import Settings
from devices.camera.worker.frames import Frame
from devices.camera.worker.picture import PHOTO_QUALITY, SMALL_QUALITY, THUMBNAIL_WIDTH_PX, jpeg, narrowed
from devices.camera.worker.simulated import Source
from kiosk.journal.storage import sync_folder
from tests.bench.rig.durable import BareDatabase


class Newest:
    """The newest frame of a camera."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._came = threading.Condition()
        self._frame = source.read()
        threading.Thread(target=self._follow, daemon=True).start()

    def after(self, asked_s: float) -> Frame:
        """Wait for the first frame captured after that time."""
        with self._came:
            self._came.wait_for(lambda: self._frame.captured_s > asked_s)
            return self._frame

    def _follow(self) -> None:
        while True:
            frame = self._source.read()
            with self._came:
                self._frame = frame
                self._came.notify()


def store(path: Path, data: bytes) -> None:
    """Write a file so that it is there after a power loss."""
    temporary = path.with_suffix(".part")
    with temporary.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    temporary.rename(path)
    sync_folder(path.parent)


def main(folder: str, fps: str) -> None:
    """Serve until the standard input ends."""
    cv2.setNumThreads(1)
    newest = Newest(Source(Settings(fps=int(fps))))
    database = BareDatabase(Path(folder) / "bare.db")
    for number, _ in zip(count(), sys.stdin, strict=False):
        picture = newest.after(time.monotonic()).picture()
        assert picture is not None
        store(Path(folder) / f"{number}.jpg", jpeg(picture, PHOTO_QUALITY))
        store(
            Path(folder) / f"{number}-small.jpg",
            jpeg(narrowed(picture, THUMBNAIL_WIDTH_PX), SMALL_QUALITY),
        )
        database.insert()
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
