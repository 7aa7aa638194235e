"""The camera: one photo at a time, of what was in front of it after it was asked.

The drivers are `v4l2` (USB), `url` (a network camera), `pipe` (a command that writes JPEGs, as for
a camera on a ribbon cable), `simulated` (a drawn workshop) and `disabled`. OpenCV can hang in a
broken driver and can crash its process, so it is loaded in a child process only
(`devices.camera.worker`), which is killed and started again when it falls silent. Nothing outside
that package imports cv2 or numpy.
"""

from __future__ import annotations

from typing import Protocol

import msgspec

from devices.camera.quality import Fault, PhotoTests, Thresholds, distance, judge
from devices.supervised import State

__all__ = ["Camera", "Fault", "Photo", "PhotoTests", "Thresholds", "distance", "judge"]


class Photo(msgspec.Struct, frozen=True):
    """One photo.

    `jpeg`: upright, quality 85, 4:2:0, `width_px` x `height_px`. `thumbnail`: the same picture 320
    px wide, quality 80. `age_ms`: how long ago the picture was captured when the photo was handed
    over. `tests`: what `judge` wants to know. `frozen`: the camera has delivered the identical
    picture for more than a second; it is not looking.
    """

    jpeg: bytes
    thumbnail: bytes
    width_px: int
    height_px: int
    age_ms: float
    tests: PhotoTests
    frozen: bool


class Camera(Protocol):
    """What every driver promises. All of it may be called from any thread."""

    @property
    def state(self) -> State:
        """Return whether pictures are arriving now; the reason when not is Chinese and fit to be
        shown.
        """

    def photo(self, deadline_s: float, stamp: str = "") -> Photo:
        """Take a photo: the first picture that arrived after this call.

        `stamp` is written along its lower edge, Chinese included.

        Raise DeviceOfflineError, with a Chinese reason, when there was none within `deadline_s`
        seconds.
        """

    def preview(self) -> bytes | None:
        """Return the newest small JPEG, 640 px wide, or None while there is none that shows the
        present.

        Previews are made, at most 8 a second, only while somebody asked within the last 2 seconds;
        so the first call after a pause gives None and those after it a moving picture.
        """

    def close(self) -> None:
        """Release the camera; may be called twice."""
