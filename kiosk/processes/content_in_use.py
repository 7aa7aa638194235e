"""Content as the settings name it: what was published replaces what the product ships."""

from __future__ import annotations

from pathlib import Path

import msgspec
from msgspec.structs import replace

from kiosk.flow.door import Door
from kiosk.journal.errors import JournalError
from kiosk.model.lists import AccidentLists
from kiosk.packs import load_accident_lists, load_packs, load_reasons, load_scenes
from kiosk.packs.files import read_table
from kiosk.packs.lists import lacking_reasons
from kiosk.packs.offer import Offer, Stranger
from kiosk.packs.rules import load_rule_sets
from kiosk.packs.shelf import Shelf, laid_over, load_shelf
from kiosk.paths import SHIPPED, Place
from kiosk.records.reader import Reading
from kiosk.settings import ContentTable, Settings

_REASONS, _RULES = ContentTable().reasons, ContentTable().rules
"""Where the product has its own."""


class Stopgap(msgspec.Struct, frozen=True):
    """Content that a site has not and the product has: the site's file, and which list in it
    (empty: all of it); the product's own file is used.
    """

    file: Path
    key: str
    shipped: Path


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
    accidents = load_lists(settings, place)
    packs = load_packs(place.content(content.packs), accidents)
    works = [work.id for pack in packs for work in pack.works]
    offer = Offer(content.posts, content.works)
    own = load_own(settings, place).packs if offer != Offer() else ()
    rules = place.config / content.rules
    return Door(
        settings.timings,
        offer.of(packs, own),
        load_reasons(place.content(content.reasons), SHIPPED / _REASONS),
        load_rule_sets(rules, content.rule_sets, works, SHIPPED / _RULES),
        settings.drill,
        settings.crew,
        accidents,
        load_scenes(place.content(content.scenes), accidents),
        settings.emergency,
        post_order=content.posts,
        work_order=content.works or tuple(works),
    )


def strangers(settings: Settings, place: Place) -> tuple[Stranger, ...]:
    """Return the ids of posts and works that the settings name and no pack has. Raise PackError."""
    content = settings.content
    offer = Offer(content.posts, content.works)
    if offer == Offer():
        return ()
    shipped = load_packs(place.content(content.packs), load_lists(settings, place))
    return offer.strangers((*shipped, *load_own(settings, place).packs))


def stopgaps(content: ContentTable, place: Place) -> tuple[Stopgap, ...]:
    """Return where the product's own content is used because the site has none. Raise PackError."""
    names = [content.packs, content.reasons, content.accident_types, content.scenes]
    files = [(name, SHIPPED / name) for name in (*names, content.enterprise)]
    files += [
        (f"{content.rules}/{name}.toml", SHIPPED / _RULES / f"{name}.toml")
        for name in content.rule_sets
    ]
    absent = [
        Stopgap(place.config / name, "", shipped)
        for name, shipped in files
        if shipped.exists() and not place.has(name)
    ]
    lacking = (
        lacking_reasons(read_table(place.config / content.reasons))
        if place.has(content.reasons)
        else ()
    )
    return (
        *absent,
        *(Stopgap(place.config / content.reasons, key, SHIPPED / _REASONS) for key in lacking),
    )
