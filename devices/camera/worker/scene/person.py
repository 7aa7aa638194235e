"""The worker in front of the simulated camera: helmet, glasses, coveralls, gloves; never quite
still.
"""

from __future__ import annotations

from math import cos, radians, sin
from typing import NamedTuple

from cv2.typing import MatLike

from devices.camera.worker.scene.canvas import Canvas, Point

SKIN, SKIN_DARK, HAIR = "#e9b790", "#d49b72", "#2a2320"
HELMET, HELMET_DARK, HELMET_LIGHT = "#f5c518", "#cf9d0c", "#ffe27a"
CLOTH, CLOTH_DARK, CLOTH_LIGHT = "#34567f", "#27435f", "#466b98"
GLOVE, GLOVE_DARK = "#e9e6da", "#c9c4b2"
REFLECTOR, STEEL = "#dfe8c8", "#39434a"


class Pose(NamedTuple):
    """How the worker stands; lengths in 1280ths of the picture's width.

    `near` enlarges somebody who steps closer; `arm` is 0 hanging, 1 pointing to the machine.
    """

    sway: float
    bob: float
    near: float
    turn: float
    arm: float
    blink: bool


def pose(at_s: float) -> Pose:
    """Return the pose at a time: shifting weight, looking about, now and then a raised arm."""
    sway = 42 * sin(at_s / 2.3) + 26 * sin(at_s / 0.97)
    bob = 3 * sin(at_s * 1.6)
    near = 1 + 0.05 * sin(at_s / 3.1) + 0.03 * sin(at_s / 5.3)
    turn = 9 * sin(at_s / 1.4) + 3 * sin(at_s * 0.9)
    raised = max(0.0, sin(at_s / 1.7 + 0.6)) ** 0.6
    return Pose(sway, bob, near, turn, raised, at_s % 3.7 < 0.16)


def draw(image: MatLike, stance: Pose) -> None:
    """Draw the worker onto a picture of the workshop."""
    body = Canvas(image, 640 + stance.sway, 156 + stance.bob, stance.near)
    head = Canvas(
        image, 640 + stance.sway * 1.1 + stance.turn * 0.3, 168 + stance.bob * 1.4, stance.near
    )
    _left_arm(body)
    _body(body)
    _head(head, stance)
    _right_arm(body, stance.arm)


def _body(canvas: Canvas) -> None:
    canvas.blob([(-44, 176), (44, 176), (60, 250), (0, 275), (-60, 250)], SKIN_DARK)
    canvas.blob([(-52, 232), (-140, 258), (-196, 300), (-208, 380), (-196, 660), (196, 660),
                 (208, 380), (196, 300), (140, 258), (52, 232), (0, 262)], CLOTH)  # fmt: skip
    canvas.blob(
        [(120, 262), (196, 300), (208, 380), (196, 660), (140, 660), (156, 420)], CLOTH_DARK
    )
    canvas.line([(0, 290), (0, 650)], CLOTH_DARK, 5)
    canvas.line([(6, 290), (6, 650)], CLOTH_LIGHT, 2)
    for side in (-1, 1):
        canvas.polygon(
            [(side * 96, 256), (side * 124, 256), (side * 128, 650), (side * 100, 650)], REFLECTOR
        )
        canvas.polygon(
            [(side * 105, 256), (side * 115, 256), (side * 119, 650), (side * 109, 650)], "#f2b21d"
        )
        canvas.polygon(
            [(side * 54, 226), (side * 84, 262), (side * 10, 318), (0, 276)], CLOTH_LIGHT
        )
        canvas.polygon([(side * 54, 226), (side * 60, 240), (side * 8, 292), (0, 276)], CLOTH_DARK)
    canvas.box(-196, 492, 392, 26, REFLECTOR)
    canvas.box(-196, 501, 392, 8, "#f2b21d")
    _badge(canvas)
    canvas.box(30, 366, 62, 66, CLOTH_LIGHT)
    canvas.box(30, 366, 62, 14, CLOTH_DARK)
    canvas.limb((46, 352), (46, 374), 6, 6, "#d5303a")


def _badge(canvas: Canvas) -> None:
    canvas.box(-86, 352, 62, 82, "#fbfbf8")
    canvas.box(-86, 352, 62, 17, "#1560a8")
    canvas.text(-79, 366, "上岗证", 14, "#ffffff")
    canvas.box(-78, 375, 22, 28, "#a9cbe6")
    canvas.ellipse(-67, 385, 6, 7, SKIN)
    canvas.ellipse(-67, 400, 9, 6, CLOTH)
    for row in range(3):
        canvas.line([(-51, 379 + row * 9), (-31, 379 + row * 9)], "#87929a", 2.5)
    canvas.line([(-77, 415), (-36, 415)], "#2b3338", 4)
    canvas.line([(-77, 425), (-50, 425)], "#87929a", 2.5)


def _head(canvas: Canvas, stance: Pose) -> None:
    turn = stance.turn
    for side in (-1, 1):
        canvas.ellipse(side * 80 - turn * 0.4, 88, 15, 24, SKIN_DARK)
    canvas.blob(
        [(-80, 30), (-82, 90), (-62, 160), (-22, 192), (22, 192), (62, 160), (82, 90), (80, 30)],
        SKIN,
    )
    canvas.blob([(40, 60), (80, 60), (80, 100), (62, 158), (24, 190), (50, 140)], "#deab83")
    canvas.polygon(
        [(-83, 20), (83, 20), (83, 62), (72, 74), (70, 40), (-70, 40), (-72, 74), (-83, 62)], HAIR
    )
    _face(canvas, turn, stance.blink)
    canvas.line([(-78, 66), (-58, 156), (-16, 196), (16, 196), (58, 156), (78, 66)], STEEL, 6)
    _helmet(canvas, turn)


def _face(canvas: Canvas, turn: float, blink: bool) -> None:
    for side in (-1, 1):
        x = side * 34 + turn
        canvas.limb((x - 17, 66 - side), (x + 17, 66 + side), 7, 7, HAIR)
        if blink:
            canvas.line([(x - 12, 92), (x, 95), (x + 12, 92)], HAIR, 4)
        else:
            canvas.ellipse(x, 91, 13, 9, "#fdfdfb")
            canvas.ellipse(x + turn * 0.25, 91, 7, 8, "#33251d")
            canvas.ellipse(x + turn * 0.25 + 2, 88, 2.5, 2.5, "#ffffff")
        canvas.line(
            [(x - 27, 76), (x + 27, 76), (x + 25, 104), (x - 22, 106), (x - 27, 76)], "#5b6c76", 3
        )
        canvas.line([(x - 18, 82), (x - 8, 99)], "#f7fbff", 3)
    canvas.line([(-84 - turn * 0.2, 82), (-61 + turn, 80)], "#5b6c76", 4)
    canvas.line([(84 - turn * 0.2, 82), (61 + turn, 80)], "#5b6c76", 4)
    canvas.line([(-7 + turn, 80), (7 + turn, 80)], "#5b6c76", 4)
    canvas.line(
        [(2 + turn * 1.2, 98), (10 + turn * 1.3, 124), (-4 + turn * 1.2, 127)], SKIN_DARK, 4
    )
    canvas.line(
        [(-22 + turn, 150), (-8 + turn, 156), (10 + turn, 156), (24 + turn, 149)], "#a5543f", 5
    )


def _helmet(canvas: Canvas, turn: float) -> None:
    canvas.blob([(-104, 40), (-102, -10), (-78, -62), (-30, -90), (30, -90), (78, -62), (102, -10),
                 (104, 40), (0, 24)], HELMET)  # fmt: skip
    canvas.blob([(60, -74), (102, -10), (104, 36), (64, 30), (70, -20)], HELMET_DARK)
    canvas.blob([(-84, -30), (-60, -64), (-40, -70), (-66, -24), (-80, 8)], HELMET_LIGHT)
    ridge = turn * 0.9
    canvas.blob(
        [(-15 + ridge, -92), (15 + ridge, -92), (19 + ridge, 0), (-19 + ridge, 0)], HELMET_LIGHT
    )
    canvas.blob(
        [(-118, 34), (-60, 14), (0, 8), (60, 14), (118, 34), (90, 48), (0, 36), (-90, 48)], HELMET
    )
    canvas.blob(
        [(-116, 36), (-60, 30), (0, 26), (60, 30), (116, 36), (90, 50), (0, 40), (-90, 50)],
        HELMET_DARK,
    )
    canvas.ellipse(ridge, -28, 25, 25, "#ffffff")
    canvas.ellipse(ridge, -28, 21, 21, "#c8202b")
    canvas.text(ridge - 15, -17, "安", 30, "#ffffff")


def _left_arm(canvas: Canvas) -> None:
    canvas.limb((166, 324), (216, 470), 96, 76, CLOTH_DARK)
    canvas.limb((216, 470), (206, 680), 76, 60, CLOTH_DARK)


def _right_arm(canvas: Canvas, raised: float) -> None:
    """Draw the arm: at 0 it hangs by the side, at 1 it points to the machine."""
    shoulder = (-172.0, 326.0)
    elbow = _at(shoulder, 98 + 4 * raised, 150)
    hand = _at(elbow, 88 + 128 * raised, 140)
    canvas.limb(shoulder, elbow, 84, 78, CLOTH)
    canvas.limb(elbow, hand, 78, 56, CLOTH)
    cuff = _at(elbow, 88 + 128 * raised, 116)
    canvas.limb(cuff, hand, 62, 58, REFLECTOR)
    _glove(canvas, hand, 88 + 128 * raised)


def _glove(canvas: Canvas, wrist: Point, heading_deg: float) -> None:
    palm = _at(wrist, heading_deg, 40)
    canvas.limb(_at(wrist, heading_deg, 8), palm, 54, 58, GLOVE)
    canvas.limb(_at(palm, heading_deg + 90, 18), _at(palm, heading_deg + 14, 84), 20, 17, GLOVE)
    canvas.limb(
        _at(palm, heading_deg + 120, 22), _at(palm, heading_deg + 70, 46), 19, 16, GLOVE_DARK
    )
    for finger in (-2, -12, -22):
        knuckle = _at(palm, heading_deg + 90, finger)
        canvas.limb(knuckle, _at(knuckle, heading_deg, 26), 20, 20, GLOVE_DARK)


def _at(start: Point, heading_deg: float, length: float) -> Point:
    """Go from a point: 0 degrees is to the right, 90 down, 180 to the left."""
    return start[0] + length * cos(radians(heading_deg)), start[1] + length * sin(
        radians(heading_deg)
    )
