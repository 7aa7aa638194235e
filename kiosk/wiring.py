"""The composition root: from settings to a running station. With `kiosk.__main__` and `kiosk.demo` the only place that names
concrete things.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from msgspec.structs import replace

import devices
from kiosk.arrivals import Arrivals
from kiosk.carrying_out import CarryingOut
from kiosk.carrying_out.enrolling import Enrolment
from kiosk.carrying_out.publishing import Publishing
from kiosk.carrying_out.speech import CarryingSpeech
from kiosk.commands.server import CommandServer
from kiosk.counting import tally_at
from kiosk.devices_in_use import Devices
from kiosk.flow.door import Door
from kiosk.flow.effects import AnyPhoto
from kiosk.health import StorageWatch
from kiosk.journal.cards import load_or_create_secret
from kiosk.journal.clock import clock_synchronised, system_moment
from kiosk.journal.errors import JournalError
from kiosk.journal.log import Journal
from kiosk.journal.photos import Photos
from kiosk.journal.reading import Reading
from kiosk.model.facts import HeadSigned, StationStarted
from kiosk.model.lists import AccidentLists
from kiosk.packs import load_accident_lists, load_packs, load_reasons, load_scenes
from kiosk.packs.rules import load_rule_sets
from kiosk.packs.shelf import PACKS, Shelf, laid_over, load_shelf
from kiosk.photographer import Photographer
from kiosk.renewal import Renewal
from kiosk.resuming import begun_with, resumed
from kiosk.settings import Device, Settings
from kiosk.speech.recordings import RECORDINGS, Recordings
from kiosk.speech.speaking import Speaking
from kiosk.station import Station


class Place:
    """The folders of one station: where its settings lie and where its data goes."""

    def __init__(self, config: Path, data: Path) -> None:
        self.config = config
        self.data = data

    @property
    def packs(self) -> Path:
        """Give the folder of the factory's own packs."""
        return self.data / PACKS

    @property
    def commands(self) -> Path:
        """Give the command socket."""
        return self.data / "station.sock"

    def content(self, relative: str) -> Path:
        """Give a path that the settings name relative to their own folder."""
        return self.config / relative

    def located(self, options: Device) -> Device:
        """Give a device's options with `{data}` in their texts replaced by the data folder."""
        folder = str(self.data)
        return {
            key: value.replace("{data}", folder) if isinstance(value, str) else value
            for key, value in options.items()
        }


def load_door(settings: Settings, place: Place) -> Door:
    """Load the content of the door: what was published over what the settings name. Raises PackError."""
    door = load_shipped(settings, place)
    return replace(door, packs=laid_over(door.packs, load_own(settings, place).packs))


def load_own(settings: Settings, place: Place) -> Shelf:
    """Load what was published; nothing while no journal can be read. Raises PackError for the lists of accident types."""
    try:
        with Reading.open(place.data) as reading:
            published = reading.published()
    except JournalError:
        return Shelf()
    return load_shelf(place.packs, published, load_lists(settings, place))


def load_lists(settings: Settings, place: Place) -> AccidentLists:
    """Load the lists of accident types. Raises PackError."""
    return load_accident_lists(place.content(settings.content.accident_types))


def load_shipped(settings: Settings, place: Place) -> Door:
    """Load the content that the settings name. Raises PackError."""
    content = settings.content
    packs = load_packs(place.content(content.packs))
    works = [work.id for pack in packs for work in pack.works]
    accidents = load_lists(settings, place)
    return Door(
        settings.timings,
        packs,
        load_reasons(place.content(content.reasons)),
        load_rule_sets(place.content(content.rules), content.rule_sets, works),
        settings.drill,
        settings.crew,
        accidents,
        load_scenes(place.content(content.scenes), accidents),
    )


@contextmanager
def station(
    settings: Settings, place: Place, door: Door, part_title: Callable[[str], str]
) -> Iterator[Station]:
    """Open the journal and give the station, with an open check resumed. It has no devices until `open_devices`.

    `door` has the shipped content; what was published is laid over it. `part_title` gives the words that name a confirmation (or
    "scene") in its photo.
    """
    with (
        Journal.open(place.data, settings.station.id, system_moment) as journal,
        Reading.open(place.data) as reading,
    ):
        local_now = _local_clock(settings)
        photos = Photos.open(place.data / "photos")
        secret = load_or_create_secret(place.data / "card.key")
        journal.forget_old_import()
        publishing = Publishing(journal, reading, place.packs, door.packs, load_lists(settings, place))
        publishing.sweep()
        publishing.keep_shipped()
        renewal = Renewal(door.packs, publishing.shelf)
        newest = renewal.next_door(door)
        begun = begun_with(journal.open_check(), newest, publishing)
        recordings = Recordings(Photos.open(place.data / RECORDINGS))
        ready = Station(
            settings.station.name,
            begun,
            journal,
            photos,
            tally=lambda: tally_at(reading, settings.shifts, local_now()),
            clock_ok=clock_synchronised,
            storage=StorageWatch(place.data),
        )
        ready.equip(
            Devices(**{kind: devices.open(kind, {"driver": "disabled"}) for kind in devices.KINDS}),
            Arrivals(journal.people, reading, secret, settings.shifts, local_now),
            Photographer(
                photos,
                settings.photos.thresholds,
                settings.photos.deadline_s,
                _stamp(settings.station.name, lambda: ready.door, part_title, local_now),
            ),
            CarryingOut(
                journal,
                reading,
                photos,
                secret,
                _signer(settings, place),
                CarryingSpeech(journal, reading, recordings),
            ),
            publishing,
            renewal,
            Speaking(lambda: ready.devices.voice, reading, journal.people, recordings, _lead_in_s(settings)),
            Enrolment(journal, secret),
        )
        journal.append([StationStarted(_version(), {pack.id: pack.version for pack in newest.packs})])
        ready.begin(
            resumed(
                begun,
                journal,
                settings.station.resume_within_s,
                system_moment(),
                local_now(),
                time.monotonic(),
                reading.attempts,
            )
        )
        if begun is not newest:
            renewal.changed.set()
        commands = CommandServer(place.commands, ready.command)
        try:
            yield ready
        finally:
            commands.close()
            ready.close()


def open_devices(settings: Settings, place: Place, ready: Station) -> None:
    """Open the drivers that the settings name, before `run`; what they see and how they fare goes to the station."""

    def opened(kind: str, options: Device, **ports: object) -> Any:
        return devices.open(kind, place.located(options), watch=ready.device_changed, **ports)

    ready.devices.card_reader = opened("card_reader", settings.card_reader, emit=ready.card)
    ready.devices.camera = opened("camera", settings.camera)
    ready.devices.voice = opened("voice", settings.voice)
    ready.speaking.renew()
    ready.devices.lights = opened("lights", settings.lights)
    ready.devices.buttons = opened("buttons", settings.buttons, emit=ready.button)


def _local_clock(settings: Settings) -> Callable[[], datetime]:
    zone = ZoneInfo(settings.station.time_zone)
    return lambda: datetime.now(zone)


def _stamp(
    station: str,
    door: Callable[[], Door],
    part_title: Callable[[str], str],
    local_now: Callable[[], datetime],
) -> Callable[[AnyPhoto], str]:
    """What is written into a photo: time, station, 工号, post and confirmation; no name."""

    def stamp(wanted: AnyPhoto) -> str:
        who = f"{wanted.worker} {door().posts[wanted.post].title}"
        return f"{local_now():%Y-%m-%d %H:%M:%S} {station} {who} {part_title(wanted.part)}"

    return stamp


def _lead_in_s(settings: Settings) -> float:
    """Give the silence that each clip begins with, a recorded one too: the voice driver's own setting."""
    lead_in_s = settings.voice.get("lead_in_s", 0.5)
    return float(lead_in_s) if isinstance(lead_in_s, int | float) else 0.5


def _signer(settings: Settings, place: Place) -> Callable[[int, str], HeadSigned]:
    def sign(seq: int, head: str) -> HeadSigned:
        # Only at sync time: loading the signature library costs a start-up that the door does not have.
        from sync.identity import open_identity

        return open_identity(place.data, settings.station.id).sign_head(seq, head)

    return sign


def _version() -> str:
    from importlib.metadata import version

    return version("banqian")
