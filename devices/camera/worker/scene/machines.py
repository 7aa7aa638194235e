"""What stands in the drawn workshop: a place for welding, a press, gas cylinders, fire
extinguishers.
"""

from __future__ import annotations

import cv2
import numpy as np

from devices.camera.worker.scene.canvas import Canvas


def draw(canvas: Canvas) -> None:
    """Draw the machines and what belongs to them."""
    for part in (_welding_place, _press, _cylinders, _extinguishers):
        part(canvas)


def _welding_place(canvas: Canvas) -> None:
    for strip in range(9):
        x = 96 + strip * 26
        canvas.slope(x, 300, 26, 188, "#c4492f" if strip % 2 else "#b23e27", "#9c3220")
        canvas.box(x, 300, 3, 188, "#d8694d")
    canvas.box(90, 294, 246, 8, "#4a565c")
    canvas.box(92, 294, 6, 210, "#4a565c")
    _shadow(canvas, 212, 612, 170, 20)
    for x in (82, 318):
        canvas.box(x, 488, 18, 122, "#3f4a51")
    canvas.box(92, 566, 234, 9, "#55626a")
    canvas.polygon([(48, 470), (372, 470), (390, 494), (30, 494)], "#8b979d")
    canvas.box(30, 494, 360, 12, "#5d6a71")
    canvas.polygon(
        [(150, 470), (150, 436), (172, 420), (300, 420), (300, 456), (282, 470)], "#a3633f"
    )
    canvas.polygon([(150, 436), (172, 420), (300, 420), (282, 436)], "#c07c53")
    canvas.box(204, 388, 18, 34, "#9a5b39")
    canvas.line([(206, 420), (222, 420)], "#ffd9a0", 3)
    canvas.line([(300, 430), (336, 452), (346, 520), (312, 590), (250, 600)], "#20262a", 6)
    canvas.box(128, 520, 112, 80, "#c9382e")
    canvas.box(128, 520, 112, 22, "#262c30")
    canvas.box(138, 525, 36, 12, "#7fe0a0")
    canvas.text(140, 578, "焊机", 26, "#ffe9d6")
    canvas.ellipse(220, 532, 7, 7, "#e8e8e8")
    for x in (144, 224):
        canvas.ellipse(x, 604, 9, 9, "#1e2326")


def _press(canvas: Canvas) -> None:
    _shadow(canvas, 1060, 640, 176, 22)
    canvas.polygon(
        [(946, 236), (1172, 236), (1190, 262), (1190, 636), (928, 636), (928, 262)], "#3f7c74"
    )
    canvas.box(928, 262, 22, 374, "#55958c")
    canvas.box(928, 236, 262, 12, "#6aa9a0")
    canvas.box(962, 372, 176, 146, "#26302f")
    canvas.box(1010, 330, 88, 98, "#8e9aa0")
    canvas.box(1010, 330, 12, 98, "#b3bdc2")
    canvas.box(990, 424, 128, 20, "#6d787e")
    canvas.box(984, 496, 140, 24, "#7c878d")
    canvas.box(1016, 482, 76, 14, "#c4a24a")
    canvas.ellipse(1060, 296, 42, 42, "#2b3736")
    canvas.ellipse(1060, 296, 34, 34, "#5c6f6d")
    for angle in range(0, 180, 60):
        dx, dy = 34 * np.cos(np.radians(angle)), 34 * np.sin(np.radians(angle))
        canvas.line([(1060 - dx, 296 - dy), (1060 + dx, 296 + dy)], "#2b3736", 6)
    _hazard_band(canvas, 928, 530, 262, 20)
    canvas.box(950, 562, 216, 62, "#356a63")
    canvas.text(962, 606, "JB23-63 冲床", 27, "#dff0ea")
    for x in (972, 1128):
        canvas.box(x - 16, 450, 32, 32, "#e6b422")
        canvas.ellipse(x, 466, 10, 10, "#2aa05a" if x < 1000 else "#c8202b")
    canvas.line([(950, 380), (950, 520)], "#f2c230", 5)
    canvas.line([(1150, 380), (1150, 520)], "#f2c230", 5)


def _cylinders(canvas: Canvas) -> None:
    _shadow(canvas, 1240, 566, 56, 13)
    for x, body, band, name in (
        (1216, "#4fb0d8", "#2f87ae", "氧"),
        (1256, "#eef0ee", "#c9cdca", "乙炔"),
    ):
        canvas.blob([(x - 17, 560), (x - 17, 420), (x - 13, 396), (x, 386), (x + 13, 396),
                     (x + 17, 420), (x + 17, 560)], body)  # fmt: skip
        canvas.box(x + 8, 414, 8, 142, band)
        canvas.box(x - 5, 372, 10, 18, "#7d6a34")
        canvas.text(x - 8 * len(name), 470, name, 16, "#c8202b")
    canvas.line([(1196, 500), (1216, 508), (1236, 500), (1256, 508), (1276, 500)], "#3b444a", 4)
    canvas.box(1194, 556, 86, 8, "#4a565c")


def _extinguishers(canvas: Canvas) -> None:
    canvas.box(392, 404, 74, 74, "#b51c26")
    canvas.box(398, 410, 62, 62, "#d5303a")
    for x in (414, 444):
        canvas.blob(
            [(x - 9, 470), (x - 9, 434), (x - 5, 424), (x + 5, 424), (x + 9, 434), (x + 9, 470)],
            "#a8121d",
        )
        canvas.box(x - 4, 416, 8, 9, "#23282b")
        canvas.box(x - 6, 444, 12, 14, "#f6f2e6")
    canvas.box(396, 384, 66, 19, "#c8202b")
    canvas.text(405, 399, "灭火器", 16, "#ffffff")


def _hazard_band(canvas: Canvas, x: float, y: float, width: float, height: float) -> None:
    canvas.box(x, y, width, height, "#f2c230")
    for left in np.arange(x, x + width - height, height * 2):
        canvas.polygon(
            [
                (left, y + height),
                (left + height, y),
                (left + height * 2, y),
                (left + height, y + height),
            ],
            "#24282b",
        )


def _shadow(canvas: Canvas, x: float, y: float, rx: float, ry: float) -> None:
    """Darken the floor softly under a thing."""
    height_px, width_px = canvas.image.shape[:2]
    # What is blurred so much needs no fine picture: a sixteenth of the points, and of the time.
    small = Canvas(np.full((height_px // 4, width_px // 4, 3), 255, np.uint8))
    small.ellipse(x, y, rx, ry, "#737373")
    soft = cv2.GaussianBlur(small.image, (0, 0), 8 * small.scale)
    shade = cv2.resize(soft, (width_px, height_px), interpolation=cv2.INTER_LINEAR)
    cv2.multiply(canvas.image, shade, dst=canvas.image, scale=1 / 255)
