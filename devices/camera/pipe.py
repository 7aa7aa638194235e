"""A command that writes JPEGs one after the other, such as `rpicam-vid` for a camera on a Pi's
ribbon cable.

OpenCV has no libcamera, and Raspberry Pi's own Python binding wants another numpy than OpenCV's; a
pipe needs neither.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from devices.camera import Camera
from devices.camera.hosted import HostedCamera
from devices.supervised import Watcher

Word = Annotated[str, Meta(min_length=1)]


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What to run and how long to wait for it.

    `command`: program and arguments, run without a shell; it writes JPEGs without embedded
      thumbnails to its standard output until it is killed, for example `["rpicam-vid", "-n", "-v",
      "0", "-t", "0", "--codec", "mjpeg", "--width", "1280", "--height", "720", "--framerate",
      "15", "-o", "-"]`.
    `start_timeout_s`: how long until the first picture; starting a camera takes its time.
    `read_timeout_s`: a command that then writes nothing for this long is killed and run again.
    `rotate_deg`: how far to turn the picture clockwise until it is upright.
    `warm_up_s`: how long pictures are thrown away at first, while the exposure settles.
    """

    command: Annotated[tuple[Word, ...], Meta(min_length=1)]
    start_timeout_s: Annotated[float, Meta(gt=0, le=12)] = 10.0
    read_timeout_s: Annotated[float, Meta(gt=0, le=12)] = 2.0
    rotate_deg: Literal[0, 90, 180, 270] = 0
    warm_up_s: Annotated[float, Meta(ge=0, le=10)] = 1.5


def open(settings: Settings, watch: Watcher | None = None) -> Camera:
    """Start the child on this command."""
    return HostedCamera("pipe", settings, watch)
