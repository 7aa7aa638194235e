"""A network camera: an MJPEG or RTSP address, read by OpenCV's FFmpeg in the child."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from devices.camera import Camera
from devices.camera.hosted import HostedCamera
from devices.supervised import Watcher


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where the stream is and how long to wait for it.

    `url`: `http://`, `https://` or `rtsp://`, with user and password in it where the camera wants
    them. `open_timeout_s`, `read_timeout_s`: FFmpeg's own are 30 s, longer than anybody waits at a
    door. `rotate_deg`: how far to turn the picture clockwise until it is upright. `warm_up_s`: how
    long after connecting pictures are thrown away; those first ones are old.
    """

    url: Annotated[str, Meta(pattern="^(https?|rtsp)://")]
    open_timeout_s: Annotated[float, Meta(gt=0, le=12)] = 2.0
    read_timeout_s: Annotated[float, Meta(gt=0, le=12)] = 2.0
    rotate_deg: Literal[0, 90, 180, 270] = 0
    warm_up_s: Annotated[float, Meta(ge=0, le=10)] = 0.3


def open(settings: Settings, watch: Watcher | None = None) -> Camera:
    """Start the child on this stream."""
    return HostedCamera("url", settings, watch)
