"""Noticing a camera that repeats itself."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from cv2.typing import MatLike

from devices import DeviceOfflineError
from devices.camera.worker.capture import Stillness
from devices.camera.worker.frames import Frame, JpegFrame, PixelFrame


def noisy(seed: int) -> MatLike:
    return np.random.default_rng(seed).integers(0, 255, (180, 320, 3), dtype=np.uint8)


def as_pixels(picture: MatLike, at_s: float) -> Frame:
    return PixelFrame(picture, at_s)


def as_jpeg(picture: MatLike, at_s: float) -> Frame:
    return JpegFrame(cv2.imencode(".jpg", picture)[1].tobytes(), at_s)


@pytest.mark.parametrize("framed", [as_pixels, as_jpeg])
def test_the_same_picture_for_long_is_still(framed: Callable[[MatLike, float], Frame]) -> None:
    stillness = Stillness()
    for step in range(30):
        stillness.look(framed(noisy(0), 100 + step / 15))
    assert stillness.for_s == pytest.approx(29 / 15, abs=0.3)


def test_a_live_picture_is_never_still() -> None:
    stillness = Stillness()
    for step in range(30):
        stillness.look(as_pixels(noisy(step), 100 + step / 15))
    assert stillness.for_s == 0


def test_it_moves_again_with_the_first_new_picture() -> None:
    stillness = Stillness()
    for at_s, seed in ((1.0, 0), (2.0, 0), (3.0, 0), (3.3, 1)):
        stillness.look(as_pixels(noisy(seed), at_s))
    assert stillness.for_s == 0


def test_a_damaged_picture_means_opening_the_camera_again() -> None:
    with pytest.raises(DeviceOfflineError, match="损坏"):
        Stillness().look(JpegFrame(b"\xff\xd8\xff no picture \xff\xd9", 1.0))
