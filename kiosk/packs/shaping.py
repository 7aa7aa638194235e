"""Giving plain data from elsewhere the shape of a type, so that forms can show it and its writer
can mend it there.

Only the shape: tables where tables belong, lists where lists belong. Whether a text is too long or
a code known is `advice`'s.
"""

from __future__ import annotations

import enum
import typing
from collections.abc import Mapping
from typing import Any

import msgspec

from kiosk.packs.problems import fields_of, joined, meant, unwrapped

MOST_ITEMS = 1000
"""In one list. A pack has no more than some dozens of anything; a form could not show them."""


class MisshapenError(Exception):
    """Something lies where something else belongs; the message (Chinese) is the key path and what
    belongs there.
    """


def shaped(value: Any, kind: Any, unknown: list[str], key: str = "") -> Any:
    """Return `value` with what its type must have and it lacks left empty, and without what the
    type does not know.

    The key paths of the latter are added to `unknown`. Raise MisshapenError.
    """
    hint, _ = unwrapped(meant(kind, value))
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        return _table(value, hint, unknown, key)
    if typing.get_origin(hint) is tuple:
        if not isinstance(value, list | tuple):
            raise MisshapenError(f"{key}：应当是一个列表")
        if len(value) > MOST_ITEMS:
            raise MisshapenError(f"{key}：有 {len(value)} 条，太多了，最多 {MOST_ITEMS} 条")
        item = typing.get_args(hint)[0]
        return [shaped(each, item, unknown, f"{key}[{index}]") for index, each in enumerate(value)]
    if isinstance(value, Mapping | list | tuple):
        raise MisshapenError(f"{key}：应当是一句话或一个数")
    if hint is str or (isinstance(hint, type) and issubclass(hint, enum.Enum)):
        return str(value)
    return value


def _table(value: Any, kind: type[msgspec.Struct], unknown: list[str], key: str) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise MisshapenError(f"{key or '内容包'}：应当是一个表")
    fields = fields_of(kind)
    unknown += [joined(key, str(name)) for name in value if name not in fields]
    table = {}
    for name, field in fields.items():
        if value.get(name) is not None:
            table[name] = shaped(value[name], field.type, unknown, joined(key, name))
        elif field.required and (name != "answer"):
            table[name] = shaped(_nothing(field.type), field.type, unknown, joined(key, name))
    return table


def _nothing(kind: Any) -> Any:
    hint, _ = unwrapped(kind)
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        return {}
    return [] if typing.get_origin(hint) is tuple else ""
