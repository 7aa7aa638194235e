"""What changes in a picture although nothing moves: the daylight, and the noise of the sensor.

Both are cut from a larger tile that was made once, each picture at another place, which costs next
to nothing.
"""

from __future__ import annotations

from math import sin

import cv2
import numpy as np
from cv2.typing import MatLike

NOISE_STRENGTH = 4.0
CLOUD_STRENGTH = 9.0
CLOUD_SIZE_PX = 110
ROOM_PX = 512


class SensorNoise:
    """Grain that is never twice the same."""

    def __init__(self, like: MatLike) -> None:
        self._random = np.random.default_rng()
        self._tile = np.zeros(_larger(like), np.uint8)
        cv2.randn(self._tile, np.full(3, 128.0), np.full(3, NOISE_STRENGTH))

    def on(self, picture: MatLike) -> MatLike:
        """Return the picture as a sensor would deliver it."""
        x, y = self._random.integers(0, ROOM_PX, 2)
        return _added(picture, self._tile, x, y)


class Daylight:
    """Shadows of clouds, drifting: without them two photos of the same stance would be taken for
    one.
    """

    def __init__(self, like: MatLike) -> None:
        height_px, width_px, _ = _larger(like)
        coarse = np.zeros((height_px // CLOUD_SIZE_PX, width_px // CLOUD_SIZE_PX), np.float32)
        cv2.randn(coarse, np.full(1, 128.0), np.full(1, CLOUD_STRENGTH))
        clouds = cv2.resize(coarse, (width_px, height_px), interpolation=cv2.INTER_CUBIC)
        self._tile = cv2.cvtColor(clouds.clip(0, 255).astype(np.uint8), cv2.COLOR_GRAY2BGR)

    def on(self, picture: MatLike, at_s: float) -> MatLike:
        """Return the picture in the light of a moment."""
        x, y = (round((1 + sin(at_s / period_s)) * (ROOM_PX // 2 - 1)) for period_s in (7.9, 11.3))
        return _added(picture, self._tile, x, y)


def _larger(like: MatLike) -> tuple[int, int, int]:
    height_px, width_px = like.shape[:2]
    return height_px + ROOM_PX, width_px + ROOM_PX, 3


def _added(picture: MatLike, tile: MatLike, x: int, y: int) -> MatLike:
    """Add a cut of the tile, in which 128 stands for zero."""
    height_px, width_px = picture.shape[:2]
    return cv2.addWeighted(picture, 1, tile[y : y + height_px, x : x + width_px], 1, -128)
