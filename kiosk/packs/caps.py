"""How long a sentence should be at most: what is longer is said all the same, but the minute at the
door does not hold it.

Unlike a fault, a warning stands in nobody's way: packs written before still load and are published.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kiosk.model.content import Part
from kiosk.packs.problems import Found, joined

CAPS: Mapping[str, int] = {
    "think": 10,
    "look": 16,
    "call": 14,
    "actions": 14,
    **{part.value: 12 for part in Part},
}
"""The most characters of a sentence, marks counted, by its field."""
MOST_ACTIONS = 5


def warnings(table: Mapping[str, Any]) -> dict[str, str]:
    """Return what of a manuscript as plain data is longer than it should be, in Chinese, by key
    path.
    """
    return dict(_over(table, ""))


def _over(value: Any, key: str) -> Found:
    field = key.rpartition(".")[2].partition("[")[0]
    if isinstance(value, str):
        yield from _too_long(value, field, key)
    elif isinstance(value, Mapping):
        if field in CAPS:
            yield from _too_long(str(value.get("text", "")), field, key)
        for name, inner in value.items():
            yield from _over(inner, joined(key, str(name)))
    elif isinstance(value, list | tuple):
        if field == "actions" and len(value) > MOST_ACTIONS:
            yield key, f"有 {len(value)} 步，最好不超过 {MOST_ACTIONS} 步，出事时记不住"
        for index, inner in enumerate(value):
            yield from _over(inner, f"{key}[{index}]")


def _too_long(sentence: str, field: str, key: str) -> Found:
    most = CAPS.get(field)
    if most is not None and len(sentence) > most:
        yield key, f"有 {len(sentence)} 个字，最好不超过 {most} 个字"
