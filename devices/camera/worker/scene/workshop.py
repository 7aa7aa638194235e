"""The drawn workshop behind the worker: drawn once, then copied for each picture; only its clock
goes on.
"""

from __future__ import annotations

from datetime import datetime

import cv2
import numpy as np
from cv2.typing import MatLike

from devices.camera.worker.scene import building, machines
from devices.camera.worker.scene.canvas import Canvas, Point

FINER = 2
SEED = 20261124
CLOCK = (440.0, 212.0)


def background(width_px: int) -> MatLike:
    """Draw the empty workshop, 16:9."""
    image = np.zeros((720 * FINER, 1280 * FINER, 3), np.uint8)
    canvas = Canvas(image)
    building.draw(canvas)
    machines.draw(canvas)
    canvas.ellipse(*CLOCK, 41, 41, "#39434a")
    canvas.ellipse(*CLOCK, 36, 36, "#fbfbf6")
    for hour in range(12):
        canvas.line([_on_dial(hour / 12, 28), _on_dial(hour / 12, 33)], "#39434a", 3)
    return _grained(cv2.resize(image, (width_px, width_px * 9 // 16), interpolation=cv2.INTER_AREA))


def draw_time(picture: MatLike, now: datetime) -> None:
    """Set the clock on the wall and write date and time into the corner, as surveillance cameras
    do.
    """
    canvas = Canvas(picture)
    minutes = now.minute + now.second / 60
    canvas.line([CLOCK, _on_dial((now.hour % 12 + minutes / 60) / 12, 19)], "#20262a", 5)
    canvas.line([CLOCK, _on_dial(minutes / 60, 28)], "#20262a", 3.5)
    canvas.line([CLOCK, _on_dial(now.second / 60, 30)], "#c8202b", 1.5)
    canvas.text(966, 33, f"{now:%Y-%m-%d %H:%M:%S}", 25, "#ffffff", 500)


def _on_dial(turn: float, radius: float) -> Point:
    angle = 2 * np.pi * turn
    return CLOCK[0] + radius * np.sin(angle), CLOCK[1] - radius * np.cos(angle)


def _grained(image: MatLike) -> MatLike:
    """Roughen every surface a little, as plaster, paint and concrete are, and let the corners fall
    off.
    """
    height_px, width_px = image.shape[:2]
    random = np.random.default_rng(SEED)
    surface = np.zeros((height_px, width_px), np.float32)
    for cell_px, strength in ((3, 3.0), (12, 1.6), (80, 2.5)):
        coarse = random.normal(0, strength, (height_px // cell_px, width_px // cell_px)).astype(
            np.float32
        )
        surface += cv2.resize(coarse, (width_px, height_px), interpolation=cv2.INTER_CUBIC)
    across = np.linspace(-1, 1, width_px, dtype=np.float32)
    down = np.linspace(-1, 1, height_px, dtype=np.float32)[:, None]
    light = 1 - 0.11 * (across**2 + down**2)
    for channel in range(3):
        image[..., channel] = ((image[..., channel] + surface) * light).clip(0, 255)
    return image
