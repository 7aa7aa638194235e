"""Run the child: `python -m devices.camera.worker DRIVER`, the station being its standard input."""

from __future__ import annotations

import contextlib
import importlib
import os
import signal
import sys
from multiprocessing.connection import Connection
from typing import cast

import cv2
import msgspec
import numpy as np

from devices.camera.messages import LONGEST_BYTES
from devices.camera.worker.capture import Source
from devices.camera.worker.picture import write_stamp
from devices.camera.worker.service import Service


def main() -> None:
    """Serve until the station closes its end, or is gone, or the driver is stuck."""
    # The browser needs the other cores; pictures of this size gain nothing from threads.
    cv2.setNumThreads(1)
    # Unpacks the font: not while somebody waits for a photo.
    write_stamp(np.zeros((90, 160, 3), np.uint8), "字")
    station = Connection(0)
    with contextlib.suppress(EOFError, ConnectionError):  # the station has gone
        Service(station, _source(sys.argv[1], station.recv_bytes(LONGEST_BYTES))).run()
    _end_with_all_started()


def _source(driver: str, settings: bytes) -> Source:
    contract = importlib.import_module(f"devices.camera.{driver}")
    module = importlib.import_module(f"devices.camera.worker.{driver}")
    return cast(Source, module.Source(msgspec.msgpack.decode(settings, type=contract.Settings)))


def _end_with_all_started() -> None:
    """End this process group at once: a command that was started must not keep the camera to
    itself.

    It also spares waiting for a driver that hangs in its own clean-up.
    """
    os.killpg(os.getpgid(0), signal.SIGKILL)


if __name__ == "__main__":
    main()
