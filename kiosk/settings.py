"""config/kiosk.toml as typed settings.

A wrong key or value is one error that names the file, the key, and what was expected.
"""

from __future__ import annotations

from datetime import time
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from devices.camera import Thresholds
from kiosk.flow.door import CrewRules, DrillRules, OnSite, Timings
from kiosk.model.privacy import Promise
from kiosk.model.shifts import ShiftWindow
from kiosk.packs.toml import TomlError, read_toml

Port = Annotated[int, msgspec.Meta(ge=1, le=65535)]
Device = dict[str, object]


class SettingsError(Exception):
    """The settings cannot be used; the message names file, key, and what to write instead."""


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The base of all tables of the settings: an unknown key is an error."""


class StationTable(Table, frozen=True):
    """[station]: which station this is. `id` is fixed for ever once the journal has begun."""

    id: Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9][a-z0-9-]{2,39}$")]
    name: Annotated[str, msgspec.Meta(min_length=1, max_length=20)]
    enterprise: Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
    time_zone: str = "Asia/Shanghai"
    resume_within_s: float = 180.0
    """A check that was open when the power went is continued within this time, else closed as
    abandoned.
    """


class ContentTable(Table, frozen=True):
    """[content]: where packs, lists and texts lie, relative to the settings file."""

    packs: str = "packs"
    reasons: str = "lists/reasons.toml"
    rules: str = "rules"
    rule_sets: tuple[str, ...] = ("confined-space-order13", "dust-order6", "general-industry")
    """What asks for permits: the first of these that names a work counts for it; an empty list asks
    for none.
    """
    accident_types: str = "lists/accident-types.toml"
    scenes: str = "lists/scenes.toml"
    """What workers choose from when they describe an accident that could happen (事故假想)."""
    texts: str = "texts/zh.toml"
    review_texts: str = "texts/review.toml"
    forms_texts: str = "texts/forms.toml"
    enterprise: str = "sample/enterprise.toml"
    posts: tuple[str, ...] = ()
    """The shipped posts that this factory has, in the order in which they are offered; none named:
    all of them.
    """
    works: tuple[str, ...] = ()
    """The same of hazardous works."""


class PhotosTable(Table, frozen=True):
    """[photos]: how long a photo may take, and when its measures count as faults."""

    deadline_s: Annotated[float, msgspec.Meta(gt=0, le=30)] = 4.0
    thresholds: Thresholds = Thresholds()


class DiskTable(Table, frozen=True):
    """[disk]: how the station looks after the disk that everything is recorded on."""

    look_s: Annotated[float, msgspec.Meta(gt=0, le=60)] = 5.0
    """How often it looks whether there is room, and whether a disk that refused is well again."""


class ClockTable(Table, frozen=True):
    """[clock]: who vouches for the time; "always" is for the demo and tests alone."""

    trust: Literal["ntp", "always"] = "ntp"


class TouchTable(Table, frozen=True):
    """[touch]: the worker's screen; it only ever listens on the loopback address."""

    port: Port = 8080
    threads: int = 12
    reader_at: Literal["left", "right", "below"] = "below"
    """Where the card reader is, seen from the screen."""


class ReviewTable(Table, frozen=True):
    """[review]: the supervisor's pages, on loopback behind nginx."""

    port: Port = 8081
    threads: int = 8


class CountyTable(Table, frozen=True):
    """[county]: where the journal is copied to at night; an empty `url` means nowhere."""

    url: str = ""
    timeout_s: float = 20.0


class Settings(Table, frozen=True, kw_only=True):
    """All settings of a station.

    A device without hardware is a driver too ("disabled"): each kind must be named.
    """

    station: StationTable
    shifts: tuple[ShiftWindow, ...] = (
        ShiftWindow("白班", time(6), time(18)),
        ShiftWindow("夜班", time(18), time(6)),
    )
    timings: Timings = Timings()
    drill: DrillRules = DrillRules()
    crew: CrewRules = CrewRules()
    emergency: OnSite = OnSite()
    content: ContentTable = ContentTable()
    photos: PhotosTable = PhotosTable()
    disk: DiskTable = DiskTable()
    clock: ClockTable = ClockTable()
    touch: TouchTable = TouchTable()
    review: ReviewTable = ReviewTable()
    privacy: Promise = Promise()
    county: CountyTable = CountyTable()
    card_reader: Device
    camera: Device
    voice: Device
    lights: Device
    buttons: Device


def load(path: Path) -> Settings:
    """Read a settings file. Raise SettingsError."""
    try:
        return msgspec.convert(read_toml(path), Settings)
    except TomlError as error:
        raise SettingsError(f"{path}: {error}") from error
    except msgspec.ValidationError as error:
        raise SettingsError(f"{path}: {_readable(error)}") from error


def _readable(error: msgspec.ValidationError) -> str:
    """Turn "Expected `int` - at `$.touch.port`" into "touch.port: Expected `int`"."""
    what, _, where = str(error).partition(" - at `$.")
    return f"{where.rstrip('`')}: {what}" if where else what
