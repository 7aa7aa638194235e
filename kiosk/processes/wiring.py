"""The composition root: from settings to a running station.

With `kiosk.__main__` and `kiosk.demo` the only place that names concrete things.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

import devices
from kiosk.commands.server import CommandServer
from kiosk.flow.door import Door
from kiosk.flow.effects import AnyPhoto
from kiosk.flow.state import State
from kiosk.journal.blobs import Photos
from kiosk.journal.clock import CLOCKS
from kiosk.journal.log import SECRET, Journal
from kiosk.model.content import Pack
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
from kiosk.station.dispatcher import Loop, Obeying
from kiosk.station.handlers import CarryingOut
from kiosk.station.health import StorageWatch
from kiosk.station.loop import Station
from kiosk.station.photographer import Photographer
from kiosk.station.recovery import begun_with, resumed
from kiosk.station.speech import Speaking
from kiosk.station.tally import tally_at


@contextmanager
def station(
    settings: Settings,
    place: Place,
    door: Door,
    part_title: Callable[[str], str],
    now: Callable[[ZoneInfo], datetime] = datetime.now,
    recount_s: float = 5.0,
) -> Iterator[Station]:
    """Open the journal and yield the station, with an open check resumed.

    It has no devices until `open_devices`.

    `door` has the shipped content; what was published is laid over it. `part_title` gives the words
    that name a confirmation (or "scene") in its photo. `now` is the clock of people; by it the day
    is counted again at least every `recount_s`.
    """
    clock = CLOCKS[settings.clock.trust]
    with (
        Journal.open(place.data, settings.station.id, clock.moment) as journal,
        Reading.open(place.data) as reading,
    ):
        photos = Photos.open(place.data / "photos")
        photos.sweep_scratch(reading.names_photo)
        journal.forget_old_import()
        publishing = publishing_of(settings, place, door.packs, journal, reading)
        renewal = Renewal(door.packs, publishing.shelf)
        newest = renewal.next_door(door)
        begun = begun_with(journal.open_check(), newest, publishing)
        local_now = partial(now, ZoneInfo(settings.station.time_zone))
        ready = Station(
            settings.station.name,
            begun,
            journal,
            photos,
            tally=lambda: tally_at(reading, settings.shifts, local_now()),
            clock_ok=clock.is_right,
            storage=StorageWatch(place.data, settings.disk.look_s),
            recount_s=recount_s,
        )
        stamp = _stamp(settings.station.name, lambda: ready.door, part_title, local_now)
        photographer = Photographer(
            photos, settings.photos.thresholds, settings.photos.deadline_s, stamp
        )
        secret = load_or_create_secret(place.data / SECRET)
        commands = commands_on(
            ready, settings, place, journal, reading, photos, publishing, renewal
        )
        ready.equip(
            no_devices(),
            Arrivals(journal.people, reading, secret, settings.shifts, local_now),
            photographer,
            renewal,
            commands.obeying,
            commands.speaking,
            commands.enrolment,
        )
        journal.append(
            [StationStarted(_version(), {pack.id: pack.version for pack in newest.packs})]
        )
        ready.begin(_resumed(settings, begun, journal, reading, local_now()))
        if begun is not newest:
            renewal.changed.set()
        server = CommandServer(place.commands, ready.command)
        try:
            yield ready
        finally:
            server.close()
            ready.close()


def publishing_of(
    settings: Settings, place: Place, shipped: tuple[Pack, ...], journal: Journal, reading: Reading
) -> Publishing:
    """Return what publishes packs, its folder in order. Raise PackError and StorageError."""
    publishing = Publishing(journal, reading, place.packs, shipped, load_lists(settings, place))
    publishing.sweep()
    publishing.keep_shipped()
    return publishing


class Commands(msgspec.Struct, frozen=True):
    """What carries out commands, and those of its parts that the loop works with, too."""

    obeying: Obeying
    speaking: Speaking
    enrolment: Enrolment


def commands_on(
    loop: Loop,
    settings: Settings,
    place: Place,
    journal: Journal,
    reading: Reading,
    photos: Photos,
    publishing: Publishing,
    renewal: Renewal,
) -> Commands:
    """Put together what carries out commands on a loop."""
    secret = load_or_create_secret(place.data / SECRET)
    recordings = Recordings(Photos.open(place.data / RECORDINGS))
    speaking = Speaking(
        lambda: loop.devices.voice, reading, journal.people, recordings, _lead_in_s(settings)
    )
    carry_out = CarryingOut(
        journal,
        reading,
        photos,
        secret,
        _signer(settings, place),
        CarryingSpeech(journal, reading, recordings),
    )
    enrolment = Enrolment(journal, secret)
    obeying = Obeying(loop, carry_out, publishing, renewal, speaking, enrolment)
    return Commands(obeying, speaking, enrolment)


def no_devices() -> Devices:
    """Return devices of which each is disabled."""
    return Devices(**{kind: devices.open(kind, {"driver": "disabled"}) for kind in devices.KINDS})


def _resumed(
    settings: Settings, begun: Door, journal: Journal, reading: Reading, local_now: datetime
) -> State:
    within_s = settings.station.resume_within_s
    return resumed(
        begun, journal, within_s, journal.moment(), local_now, time.monotonic(), reading.attempts
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
