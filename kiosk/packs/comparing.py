"""What differs between two manuscripts, text by text: items are identified by their ids, so that
moving one is not rewriting it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

Name = tuple[str, str]
"""A field, and which of its items (a title, or its number), empty where there is one only."""


class Change(msgspec.Struct, frozen=True):
    """A text that differs; `before` is empty for a new one, `after` for one that was taken out."""

    names: tuple[Name, ...]
    before: str
    after: str


class _Leaf(msgspec.Struct, frozen=True):
    names: tuple[Name, ...]
    text: str
    ids: tuple[str, ...] = ()
    """Of a list of items: their ids in order."""


_Leaves = dict[tuple[str, ...], _Leaf]
_OF_BASIS = ("standard", "clause", "note")


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Change, ...]:
    """Return every text that differs between two manuscripts as plain data, in the order of the
    second.
    """
    old, new = dict(_leaves(before, (), ())), dict(_leaves(after, (), ()))
    paths = dict.fromkeys((*new, *old))
    return tuple(
        Change((new.get(path) or old[path]).names, _text(old, path), _text(new, path))
        for path in paths
        if _differ(old.get(path), new.get(path))
    )


def _differ(old: _Leaf | None, new: _Leaf | None) -> bool:
    """Return whether two leaves differ; of lists, whether what both have stands in another
    order.
    """
    if (old and old.ids) or (new and new.ids):
        before, after = (leaf.ids if leaf else () for leaf in (old, new))
        return [each for each in before if each in after] != [
            each for each in after if each in before
        ]
    return (old.text if old else "") != (new.text if new else "")


def _text(leaves: _Leaves, path: tuple[str, ...]) -> str:
    return leaves[path].text if path in leaves else ""


def _leaves(
    table: Mapping[str, Any], path: tuple[str, ...], names: tuple[Name, ...]
) -> Iterator[tuple[tuple[str, ...], _Leaf]]:
    for field, value in table.items():
        here = (*path, field)
        if field == "id" and path:
            continue
        if field == "basis":
            yield here, _Leaf((*names, (field, "")), "\n".join(map(_basis, value)))
        elif field == "target" and isinstance(value, Mapping):
            yield here, _Leaf((*names, (field, "")), _target(value))
        elif isinstance(value, Mapping):
            yield from _leaves(value, here, (*names, (field, "")))
        elif _are_items(value):
            yield from _items(value, field, here, names)
        elif isinstance(value, list | tuple):
            yield here, _Leaf((*names, (field, "")), "\n".join(map(str, value)))
        else:
            yield here, _Leaf((*names, (field, "")), str(value))


def _items(
    items: Sequence[Mapping[str, Any]], field: str, path: tuple[str, ...], names: tuple[Name, ...]
) -> Iterator[tuple[tuple[str, ...], _Leaf]]:
    for number, item in enumerate(items, start=1):
        called = str(item.get("title") or number)
        yield from _leaves(item, (*path, str(item["id"])), (*names, (field, called)))
    order = "\n".join(_called(item) for item in items)
    ids = tuple(str(item["id"]) for item in items)
    yield (*path, "order"), _Leaf((*names, (field, ""), ("order", "")), order, ids)


def _called(item: Mapping[str, Any]) -> str:
    """Return the words by which people know an item."""
    return str(
        item.get("title") or item.get("call") or item.get("text") or item.get("scene") or item["id"]
    )


def _are_items(value: Any) -> bool:
    return (
        isinstance(value, list | tuple)
        and bool(value)
        and all(isinstance(item, Mapping) and "id" in item for item in value)
    )


def _basis(basis: Mapping[str, Any]) -> str:
    return " ".join(str(basis[name]) for name in _OF_BASIS if basis.get(name))


def _target(target: Mapping[str, Any]) -> str:
    where = ", ".join(f"{float(target.get(axis, 0)):.2f}" for axis in ("x", "y"))
    return f"{target.get('photo', '')}（{where}，{float(target.get('radius', 0.12)):.2f}）"
