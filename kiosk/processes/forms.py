"""`kiosk export`: forms as PDF files, filled from content and records, or blank."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from zoneinfo import ZoneInfo

from kiosk.flow.door import Door
from kiosk.forms.source import Source
from kiosk.forms.words import KEYS, PLACES
from kiosk.packs import load_accident_lists, load_enterprise
from kiosk.packs.archive import find_version
from kiosk.paths import Place
from kiosk.settings import Settings
from ui.texts import Vocabulary, load_texts

FORMS = Vocabulary("forms.toml", KEYS, PLACES)


def forms_source(
    settings: Settings, place: Place, door: Door, names: Mapping[str, str] | None = None
) -> Source:
    """Load what the forms are filled from. Raise PackError and TextsError."""
    content = settings.content
    lists = load_accident_lists(place.content(content.accident_types))
    return Source(
        door=door,
        lists=lists,
        enterprise=load_enterprise(place.content(content.enterprise)),
        station=settings.station.name,
        company=settings.station.enterprise,
        zone=ZoneInfo(settings.station.time_zone),
        say=load_texts(place.config / content.forms_texts, FORMS).say,
        names=names or {},
        version_of=lru_cache(4)(
            lambda pack, version, digest: find_version(place.packs, pack, version, digest, lists)
        ),
    )
