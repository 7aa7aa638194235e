"""A camera for demonstrations and tests: a worker in a small workshop, drawn for every picture."""

from __future__ import annotations

from typing import Annotated, Literal, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from msgspec import Meta

from devices import SettingsError
from devices.camera.child import SILENT_S
from devices.camera.hosted import HostedCamera
from devices.camera.messages import ShowScene
from devices.supervised import Watcher

Scene = Literal["normal", "dark", "covered", "blurred", "frozen", "lost"]
SCENES: tuple[Scene, ...] = get_args(Scene)


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the camera sees first, its rate and its width; the picture is 16:9.

    `time_zone` is that of the clock on the wall (IANA).
    """

    scene: Scene = "normal"
    fps: Annotated[int, Meta(ge=1, le=30)] = 15
    width_px: Annotated[int, Meta(ge=320, le=1920)] = 1280
    warm_up_s: Annotated[float, Meta(ge=0, le=10)] = 0.0
    time_zone: str = "Asia/Shanghai"


class SimulatedCamera(HostedCamera):
    """A hosted camera whose scene can be changed."""

    def __init__(
        self, settings: Settings, watch: Watcher | None = None, silent_s: float = SILENT_S
    ) -> None:
        super().__init__("simulated", settings, watch, silent_s)

    def scene(self, name: Scene) -> None:
        """Show another scene from now on, also after a restart of the child.

        Raise SettingsError for an unknown name.
        """
        if name not in SCENES:
            raise SettingsError(f"[camera] scene {name!r}: scenes are {', '.join(SCENES)}")
        with self._lock:
            self._settings = msgspec.structs.replace(self._settings, scene=name)
            if self._child:
                self._child.send(ShowScene(name))


def open(settings: Settings, watch: Watcher | None = None) -> SimulatedCamera:
    """Start the child on the drawn workshop. Raise SettingsError for an unknown time zone."""
    try:
        ZoneInfo(settings.time_zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise SettingsError(
            f"[camera] time_zone: there is no time zone {settings.time_zone!r}"
        ) from error
    return SimulatedCamera(settings, watch)
