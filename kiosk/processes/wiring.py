"""The composition root: from settings to a running station.

With `kiosk.__main__` and `kiosk.demo` the only place that names concrete things.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import devices
from kiosk.commands.server import CommandServer
from kiosk.flow.door import Door
from kiosk.flow.effects import AnyPhoto
from kiosk.flow.state import State
from kiosk.journal.blobs import Photos
from kiosk.journal.clock import clock_synchronised, system_moment
from kiosk.journal.log import Journal
from kiosk.paths import Place
from kiosk.processes.content_in_use import load_lists
from kiosk.records.content.handlers import Publishing
from kiosk.records.people.card_hash import load_or_create_secret
from kiosk.records.reader import Reading
from kiosk.records.speech.handlers import CarryingSpeech
from kiosk.records.speech.recordings import RECORDINGS, Recordings
from kiosk.records.station.facts import HeadSigned, StationStarted
from kiosk.settings import Device, Settings
from kiosk.station.card_enrolment import Enrolment
from kiosk.station.card_lookup import Arrivals
from kiosk.station.content_reload import Renewal
from kiosk.station.devices import Devices
from kiosk.station.handlers import CarryingOut
from kiosk.station.health import StorageWatch
from kiosk.station.loop import Station
from kiosk.station.photographer import Photographer
from kiosk.station.recovery import begun_with, resumed
from kiosk.station.speech import Speaking
from kiosk.station.tally import tally_at


@contextmanager
def station(
    settings: Settings, place: Place, door: Door, part_title: Callable[[str], str]
) -> Iterator[Station]:
    """Open the journal and yield the station, with an open check resumed.

    It has no devices until `open_devices`.

    `door` has the shipped content, which what was published replaces. `part_title` returns the
    words that name a confirmation (or "scene") in its photo.
    """
    with (
        Journal.open(place.data, settings.station.id, system_moment) as journal,
        Reading.open(place.data) as reading,
    ):
        photos = Photos.open(place.data / "photos")
        photos.sweep_scratch(reading.names_photo)
        journal.forget_old_import()
        publishing = _publishing(settings, place, door, journal, reading)
        renewal = Renewal(door.packs, publishing.shelf)
        newest = renewal.next_door(door)
        begun = begun_with(journal.open_check(), newest, publishing)
        local_now = _local_clock(settings)
        ready = Station(
            settings.station.name,
            begun,
            journal,
            photos,
            tally=lambda: tally_at(reading, settings.shifts, local_now()),
            clock_ok=clock_synchronised,
            storage=StorageWatch(place.data),
        )
        stamp = _stamp(settings.station.name, lambda: ready.door, part_title, local_now)
        photographer = Photographer(
            photos, settings.photos.thresholds, settings.photos.deadline_s, stamp
        )
        _equip(ready, settings, place, journal, reading, photos, photographer, publishing, renewal)
        journal.append(
            [StationStarted(_version(), {pack.id: pack.version for pack in newest.packs})]
        )
        ready.begin(_resumed(settings, begun, journal, reading))
        if begun is not newest:
            renewal.changed.set()
        commands = CommandServer(place.commands, ready.command)
        try:
            yield ready
        finally:
            commands.close()
            ready.close()


def _publishing(
    settings: Settings, place: Place, door: Door, journal: Journal, reading: Reading
) -> Publishing:
    publishing = Publishing(journal, reading, place.packs, door.packs, load_lists(settings, place))
    publishing.sweep()
    publishing.keep_shipped()
    return publishing


def _equip(
    ready: Station,
    settings: Settings,
    place: Place,
    journal: Journal,
    reading: Reading,
    photos: Photos,
    photographer: Photographer,
    publishing: Publishing,
    renewal: Renewal,
) -> None:
    secret = load_or_create_secret(place.data / "card.key")
    recordings = Recordings(Photos.open(place.data / RECORDINGS))
    speech = CarryingSpeech(journal, reading, recordings)
    signer = _signer(settings, place)
    ready.equip(
        Devices(**{kind: devices.open(kind, {"driver": "disabled"}) for kind in devices.KINDS}),
        Arrivals(journal.people, reading, secret, settings.shifts, _local_clock(settings)),
        photographer,
        CarryingOut(journal, reading, photos, secret, signer, speech),
        publishing,
        renewal,
        Speaking(
            lambda: ready.devices.voice, reading, journal.people, recordings, _lead_in_s(settings)
        ),
        Enrolment(journal, secret),
    )


def _resumed(settings: Settings, begun: Door, journal: Journal, reading: Reading) -> State:
    within_s, local_now = settings.station.resume_within_s, _local_clock(settings)()
    return resumed(
        begun, journal, within_s, system_moment(), local_now, time.monotonic(), reading.attempts
    )


def open_devices(settings: Settings, place: Place, ready: Station) -> None:
    """Open the drivers that the settings name, before `run`; what they see and their states go to
    the station.
    """

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
    """Return the function that writes a photo's stamp: time, station, 工号, post and confirmation;
    no name.
    """

    def stamp(wanted: AnyPhoto) -> str:
        who = f"{wanted.worker} {door().posts[wanted.post].title}"
        return f"{local_now():%Y-%m-%d %H:%M:%S} {station} {who} {part_title(wanted.part)}"

    return stamp


def _lead_in_s(settings: Settings) -> float:
    """Return the silence that each clip begins with, a recorded one too: the voice driver's own
    setting.
    """
    lead_in_s = settings.voice.get("lead_in_s", 0.5)
    return float(lead_in_s) if isinstance(lead_in_s, int | float) else 0.5


def _signer(settings: Settings, place: Place) -> Callable[[int, str], HeadSigned]:
    def sign(seq: int, head: str) -> HeadSigned:
        # Only at sync time: loading the signature library costs a start-up that the door does not
        # have.
        from sync.identity import open_identity

        return open_identity(place.data, settings.station.id).sign_head(seq, head)

    return sign


def _version() -> str:
    from importlib.metadata import version

    return version("banqian")
