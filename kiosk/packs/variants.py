"""A post that differs from another only by its machine: its file says `variant_of` and only what
differs.

Laid over the other post's file, tables merge key by key and lists of tables item by item where the
ids agree (others are added at the end); everything else is replaced.
"""

from __future__ import annotations

from typing import Any

from kiosk.packs.files import Table


def laid_over(base: Table, own: Table) -> Table:
    """Return the table that `own` makes of `base`."""
    return base | {key: _laid(base.get(key), value) for key, value in own.items()}


def _laid(under: Any, over: Any) -> Any:
    if isinstance(under, dict) and isinstance(over, dict):
        return laid_over(under, over)
    if _are_identified(under) and _are_identified(over):
        return _laid_by_id(under, over)
    return over


def _laid_by_id(under: list[Table], over: list[Table]) -> list[Table]:
    ours: dict[object, Table] = {}
    # What repeats an id is kept, so that it is found and named like in any other file.
    repeated = [item for item in over if ours.setdefault(item["id"], item) is not item]
    merged = [laid_over(item, ours.pop(item["id"], {})) for item in under]
    return [*merged, *ours.values(), *repeated]


def _are_identified(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(item, dict) and isinstance(item.get("id"), str) for item in value
    )
