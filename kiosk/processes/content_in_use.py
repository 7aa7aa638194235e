"""Content as the settings name it: what was published replaces what the product ships."""

from __future__ import annotations

from msgspec.structs import replace

from kiosk.flow.door import Door
from kiosk.journal.errors import JournalError
from kiosk.model.lists import AccidentLists
from kiosk.packs import load_accident_lists, load_packs, load_reasons, load_scenes
from kiosk.packs.rules import load_rule_sets
from kiosk.packs.shelf import Shelf, laid_over, load_shelf
from kiosk.paths import Place
from kiosk.records.reader import Reading
from kiosk.settings import Settings


def load_door(settings: Settings, place: Place) -> Door:
    """Load the content of the door: what was published over what the settings name.

    Raise PackError.
    """
    door = load_shipped(settings, place)
    return replace(door, packs=laid_over(door.packs, load_own(settings, place).packs))


def load_own(settings: Settings, place: Place) -> Shelf:
    """Load what was published; nothing while no journal can be read.

    Raise PackError for the lists of accident types.
    """
    try:
        with Reading.open(place.data) as reading:
            published = reading.published()
    except JournalError:
        return Shelf()
    return load_shelf(place.packs, published, load_lists(settings, place))


def load_lists(settings: Settings, place: Place) -> AccidentLists:
    """Load the lists of accident types. Raise PackError."""
    return load_accident_lists(place.content(settings.content.accident_types))


def load_shipped(settings: Settings, place: Place) -> Door:
    """Load the content that the settings name. Raise PackError."""
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
