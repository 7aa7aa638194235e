"""Flat shapes with smooth edges, for the drawn workshop."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt
from cv2.typing import MatLike

Point = tuple[float, float]
Outline = npt.NDArray[np.float64] | Sequence[Point]

SUBPIXEL_BITS = 4
STEPS_A_CORNER = 8


class Canvas:
    """Draws on an image in the units of a 1280 x 720 picture, with its origin at (x, y), enlarged
    by `zoom`.

    Colours are "#rrggbb".
    """

    def __init__(self, image: MatLike, x: float = 0, y: float = 0, zoom: float = 1) -> None:
        self.image = image
        self.scale = image.shape[1] / 1280 * zoom
        self._origin = np.array([x, y]) / zoom

    def polygon(self, points: Outline, colour: str) -> None:
        """Fill a polygon."""
        cv2.fillPoly(self.image, [self._fixed(points)], bgr(colour), cv2.LINE_AA, SUBPIXEL_BITS)

    def blob(self, points: Outline, colour: str) -> None:
        """Fill a smooth closed curve through the points."""
        self.polygon(smooth(points), colour)

    def box(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """Fill an upright rectangle."""
        self.polygon([(x, y), (x + width, y), (x + width, y + height), (x, y + height)], colour)

    def ellipse(
        self, x: float, y: float, rx: float, ry: float, colour: str, turned_deg: float = 0
    ) -> None:
        """Fill an ellipse around (x, y)."""
        angle = np.linspace(0, 2 * np.pi, 48, endpoint=False)
        turn = np.radians(turned_deg)
        across, down = rx * np.cos(angle), ry * np.sin(angle)
        xs = x + across * np.cos(turn) - down * np.sin(turn)
        ys = y + across * np.sin(turn) + down * np.cos(turn)
        self.polygon(np.stack([xs, ys], axis=1), colour)

    def line(self, points: Outline, colour: str, width: float) -> None:
        """Draw a line of several pieces."""
        thickness = max(1, round(width * self.scale))
        cv2.polylines(
            self.image,
            [self._fixed(points)],
            False,
            bgr(colour),
            thickness,
            cv2.LINE_AA,
            SUBPIXEL_BITS,
        )

    def limb(
        self, start: Point, end: Point, start_width: float, end_width: float, colour: str
    ) -> None:
        """Fill a tapered bar with round ends."""
        along = np.subtract(end, start)
        across = np.array([-along[1], along[0]]) / max(1e-6, float(np.hypot(*along)))
        a, b = across * start_width / 2, across * end_width / 2
        self.polygon(np.array([start + a, end + b, end - b, start - a]), colour)
        self.ellipse(*start, start_width / 2, start_width / 2, colour)
        self.ellipse(*end, end_width / 2, end_width / 2, colour)

    def text(
        self, x: float, y: float, text: str, size: float, colour: str, weight: int = 700
    ) -> None:
        """Write with the lower left corner at (x, y); Chinese is in OpenCV's own font."""
        place = self._scaled([(x, y)])[0].round().astype(int)
        at = (int(place[0]), int(place[1]))
        font = cv2.FontFace("sans")
        cv2.putText(self.image, text, at, bgr(colour), font, round(size * self.scale), weight)

    def slope(self, x: float, y: float, width: float, height: float, top: str, bottom: str) -> None:
        """Fill a rectangle with a vertical run of colour."""
        (left, upper), (right, lower) = (
            self._scaled([(x, y), (x + width, y + height)]).round().astype(int)
        )
        part = np.linspace(0, 1, max(1, lower - upper))[:, None, None]
        colours = np.array(bgr(top)) * (1 - part) + np.array(bgr(bottom)) * part
        self.image[upper:lower, left:right] = colours.astype(np.uint8)

    def _scaled(self, points: Outline) -> npt.NDArray[np.float64]:
        return np.asarray((np.asarray(points) + self._origin) * self.scale, dtype=np.float64)

    def _fixed(self, points: Outline) -> npt.NDArray[np.int32]:
        return np.asarray((self._scaled(points) * 2**SUBPIXEL_BITS).round(), dtype=np.int32)


def bgr(colour: str) -> tuple[int, int, int]:
    """Read "#rrggbb" in OpenCV's order."""
    red, green, blue = bytes.fromhex(colour[1:])
    return blue, green, red


def smooth(points: Outline) -> npt.NDArray[np.float64]:
    """Run a closed Catmull-Rom curve through the points."""
    here = np.asarray(points, dtype=np.float64)[:, None, :]
    before, after, beyond = np.roll(here, 1, 0), np.roll(here, -1, 0), np.roll(here, -2, 0)
    t = np.linspace(0, 1, STEPS_A_CORNER, endpoint=False)[None, :, None]
    curve = (
        2 * here
        + (after - before) * t
        + (2 * before - 5 * here + 4 * after - beyond) * t**2
        + (3 * here - before - 3 * after + beyond) * t**3
    ) / 2
    return curve.reshape(-1, 2)
