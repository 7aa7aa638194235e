"""The building of the drawn workshop: walls, floor, roof, windows and what hangs on the wall."""

from __future__ import annotations

import numpy as np

from devices.camera.worker.scene.canvas import Canvas, smooth


def draw(canvas: Canvas) -> None:
    """Draw the building."""
    for part in (_wall, _floor, _roof, _windows, _notices):
        part(canvas)


def _wall(canvas: Canvas) -> None:
    canvas.slope(0, 0, 1280, 345, "#c3d0d6", "#dde6e8")
    canvas.slope(0, 345, 1280, 95, "#8fb3a5", "#7a9f91")
    canvas.box(0, 341, 1280, 5, "#5f7f74")
    for x in (38, 352, 884, 1214):
        canvas.slope(x, 40, 30, 400, "#9fb0b8", "#b4c2c7")
        canvas.box(x, 40, 5, 400, "#8698a1")
        for stripe in range(4):
            y = 380 + stripe * 15
            canvas.box(x, y, 30, 15, "#f2c230" if stripe % 2 else "#2b2f33")


def _floor(canvas: Canvas) -> None:
    canvas.slope(0, 438, 1280, 282, "#9aa7a3", "#b6c0bb")
    canvas.polygon([(520, 438), (760, 438), (912, 720), (368, 720)], "#7fa78c")
    for joint in range(9):
        y = 438 + 8 * 1.62**joint
        canvas.line([(0, y), (1280, y)], "#8a9793", 1.5)
    for foot in range(-900, 2300, 260):
        canvas.line([(640 + (foot - 640) * 0.3, 438), (foot, 720)], "#8a9793", 1.5)
    canvas.polygon([(508, 438), (520, 438), (368, 720), (334, 720)], "#f4c62c")
    canvas.polygon([(760, 438), (772, 438), (946, 720), (912, 720)], "#f4c62c")
    canvas.box(0, 434, 1280, 5, "#5c6f68")


def _roof(canvas: Canvas) -> None:
    canvas.slope(0, 0, 1280, 46, "#4d5b64", "#66767f")
    for x in range(-40, 1320, 80):
        canvas.line([(x, 4), (x + 40, 42), (x + 80, 4)], "#7b8b94", 4)
    canvas.box(0, 42, 1280, 6, "#3d4951")
    for x in (150, 640, 1130):
        canvas.polygon([(x - 42, 54), (x + 42, 54), (x + 28, 44), (x - 28, 44)], "#39434a")
        canvas.ellipse(x, 56, 38, 7, "#fffbe8")
    canvas.slope(0, 68, 1280, 26, "#ffd447", "#e0a916")
    canvas.box(0, 92, 1280, 4, "#a87c10")
    canvas.text(1000, 89, "5t  严禁吊物下站人", 17, "#3a2f0c")
    canvas.box(196, 60, 84, 40, "#39434a")
    canvas.line([(238, 100), (238, 176)], "#2f373c", 3)
    canvas.box(227, 174, 22, 20, "#f0b81c")
    canvas.line([(238, 194), (238, 206), (247, 213), (243, 223), (232, 220)], "#2f373c", 4)


def _windows(canvas: Canvas) -> None:
    for x in (92, 956):
        canvas.box(x - 8, 122, 250, 176, "#f4f7f7")
        canvas.slope(x, 130, 234, 160, "#8fc4ea", "#e3f1f8")
        hills = smooth(
            [(-20, 262), (60, 232), (120, 254), (180, 226), (254, 250), (254, 330), (-20, 330)]
        )
        canvas.polygon(np.clip(hills, (0, 0), (234, 290)) + np.array([x, 0]), "#8db78f")
        canvas.box(x + 20, 226, 44, 64, "#b9a99a")
        canvas.box(x + 150, 214, 16, 76, "#a68f80")
        canvas.box(x, 270, 234, 20, "#78a57c")
        for bar in (75, 153):
            canvas.box(x + bar, 130, 6, 160, "#f4f7f7")
        canvas.box(x, 204, 234, 6, "#f4f7f7")
        canvas.box(x - 14, 296, 262, 9, "#a8b5ba")


def _notices(canvas: Canvas) -> None:
    canvas.box(398, 106, 470, 46, "#c8202b")
    canvas.box(398, 106, 470, 3, "#e55a60")
    canvas.text(424, 141, "高高兴兴上班  平平安安回家", 30, "#fff3d0")
    canvas.box(396, 268, 88, 60, "#f7f7f2")
    canvas.box(396, 268, 88, 16, "#1f7a4d")
    for row in range(4):
        canvas.line([(404, 293 + row * 9), (476 - row % 2 * 16, 293 + row * 9)], "#8b9499", 2.5)
    canvas.polygon([(826, 180), (862, 242), (790, 242)], "#1d1d1d")
    canvas.polygon([(826, 188), (855, 238), (797, 238)], "#ffd21f")
    canvas.polygon(
        [(829, 200), (817, 222), (825, 222), (820, 236), (836, 215), (827, 215)], "#1d1d1d"
    )
    canvas.box(794, 247, 64, 21, "#ffd21f")
    canvas.text(797, 264, "当心触电", 15, "#1d1d1d")
    canvas.ellipse(826, 300, 27, 27, "#1560a8")
    canvas.blob([(806, 304), (809, 289), (826, 281), (843, 289), (846, 304)], "#ffffff")
    canvas.box(800, 302, 52, 5, "#ffffff")
