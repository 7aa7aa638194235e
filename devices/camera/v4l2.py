"""A USB camera on Linux (V4L2), read by OpenCV in the child."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from devices.camera import Camera
from devices.camera.hosted import HostedCamera
from devices.supervised import Watcher


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which camera and what to ask of it.

    `device`: a path that stays, `/dev/v4l/by-id/…-video-index0`; the numbers of `/dev/videoN`
    change. `width_px`, `height_px`, `fps`: asked for as MJPG; the camera may grant something near.
    `rotate_deg`: how far to turn the picture clockwise until it is upright. `warm_up_s`: how long
    after opening pictures are thrown away, while the exposure settles.
    """

    device: Annotated[str, Meta(pattern="^/")]
    width_px: Annotated[int, Meta(ge=160, le=4096)] = 1280
    height_px: Annotated[int, Meta(ge=120, le=3072)] = 720
    fps: Annotated[int, Meta(ge=1, le=60)] = 15
    rotate_deg: Literal[0, 90, 180, 270] = 0
    warm_up_s: Annotated[float, Meta(ge=0, le=10)] = 1.5


def open(settings: Settings, watch: Watcher | None = None) -> Camera:
    """Start the child on this camera."""
    return HostedCamera("v4l2", settings, watch)
