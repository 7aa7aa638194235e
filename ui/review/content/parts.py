"""The parts a pack is edited in, one page each: which fields a part has, and where it lies in the
manuscript.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import msgspec

from kiosk.model.content import Family, Part
from ui.review.content.fields import (
    Choices,
    Codes,
    Day,
    Field,
    Group,
    Items,
    Number,
    Select,
    Sentences,
    Spot,
    Text,
)

Table = dict[str, Any]

BASIS = Items("basis", (Text("standard", 80), Text("clause", 60), Text("note", 120)), is_minor=True)
LINES = Group("lines", tuple(Sentences(part.value, 60, is_spoken=True) for part in Part))
STEP = (
    Text("think", 60, wide=True, is_spoken=True),
    Text("look", 60, wide=True, is_spoken=True),
    Text("point", 60, wide=True, is_spoken=True),
    Text("call", 60, wide=True, is_spoken=True),
    Spot("target"),
    Number("dwell_s"),
    BASIS,
)
DRILL = (Text("title", 60), Items("steps", STEP, "step"))
QUESTION = (
    Select("family", tuple(family.value for family in Family)),
    Text("text", 60, wide=True, is_spoken=True),
    Choices("choices", 60),
    BASIS,
)
SCENARIO = (
    Text("scene", 120, wide=True),
    Codes("accident_types"),
    Sentences("prevention", 60),
    Sentences("response", 60),
    Text("improvement", 120, wide=True),
    BASIS,
)
CARD = (
    Text("title", 12, is_spoken=True),
    Sentences("actions", 60, is_spoken=True),
    Text("phone", 20),
    BASIS,
)

FIELDS: Mapping[str, tuple[Field, ...]] = {
    "pack": (
        Text("title", 200),
        Day("effective_on"),
        Day("review_on"),
        Text("provenance", 200, wide=True),
        LINES,
        BASIS,
    ),
    "about": (
        Text("title", 12, is_spoken=True),
        Codes("accident_types"),
        Sentences("certificates", 24),
        Sentences("inspection", 60),
        BASIS,
    ),
    "drill": DRILL,
    "questions": (Items("questions", QUESTION, "question"),),
    "scenarios": (Items("scenarios", SCENARIO, "scenario"),),
    "emergency": (Items("emergency", CARD, "card"),),
    "lines": (LINES,),
    "work": (
        Text("title", 12, is_spoken=True),
        Text("scene", 120, wide=True),
        Codes("accident_types"),
        Sentences("certificates", 24),
        LINES,
        BASIS,
    ),
}
OF_POST = ("about", "drill", "questions", "scenarios", "emergency", "lines")
"""The parts of a post, in the order in which somebody writes them."""


class Place(msgspec.Struct, frozen=True):
    """A part of a draft: its kind, of which post or work, and of which of the post's further
    drills.
    """

    kind: str
    item: str = ""
    drill: str = ""

    @property
    def fields(self) -> tuple[Field, ...]:
        """Return the fields."""
        return FIELDS[self.kind]


def find(table: Mapping[str, Any], place: Place) -> tuple[Table, str] | None:
    """Return the table that a part's fields lie in, and its key path; None when it is gone."""
    if place.kind == "pack":
        return dict(table), ""
    kind = "works" if place.kind == "work" else "posts"
    found = _by_id(table.get(kind, []), place.item)
    if found is None:
        return None
    item, key = found[0], f"{kind}[{found[1]}]"
    if place.kind != "drill":
        return item, key
    if not place.drill:
        return item.get("drill", {}), f"{key}.drill"
    more = _by_id(item.get("more_drills", []), place.drill)
    return (more[0], f"{key}.more_drills[{more[1]}]") if more else None


def put(table: Table, place: Place, part: Table) -> Table:
    """Return the manuscript with a part replaced."""
    if place.kind == "pack":
        return part
    kind = "works" if place.kind == "work" else "posts"
    items = [
        _put_in_item(item, place, part) if item["id"] == place.item else item
        for item in table[kind]
    ]
    return {**table, kind: items}


def _put_in_item(item: Table, place: Place, part: Table) -> Table:
    if place.kind != "drill":
        return part
    if not place.drill:
        return {**item, "drill": part}
    more = [part if drill["id"] == place.drill else drill for drill in item.get("more_drills", [])]
    return {**item, "more_drills": more}


def mark(part: Mapping[str, Any], place: Place) -> str:
    """Return a part's state in a word, to find out whether somebody has changed it since: a digest
    of what its page edits.
    """
    shown = {field.name: part.get(field.name) for field in place.fields}
    return hashlib.sha256(msgspec.json.encode(_without_spots(shown))).hexdigest()[:16]


def _without_spots(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _without_spots(each) for key, each in sorted(value.items()) if key != "target"}
    if isinstance(value, list | tuple):
        return [_without_spots(each) for each in value]
    return value


def _by_id(items: list[Table], item_id: str) -> tuple[Table, int] | None:
    return next(
        ((item, index) for index, item in enumerate(items) if item.get("id") == item_id), None
    )


def cleaned(value: Any) -> Any:
    """Leave out what is empty and need not be there, as a published pack does; what must be there
    stays, to be complained of.
    """
    optional = {"improvement", "phone", "standard", "clause", "note"}
    if isinstance(value, Mapping):
        return {
            key: cleaned(each) for key, each in value.items() if each != "" or key not in optional
        }
    if isinstance(value, list | tuple):
        return [cleaned(each) for each in value]
    return value
