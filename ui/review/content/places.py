"""From the key path of a fault to the page on which it is mended, and to words that say where that
is.
"""

from __future__ import annotations

import re
from typing import Any

import msgspec
from flask import url_for

from ui.review.content.parts import OF_POST
from ui.review.content.store import Draft

_KEY = re.compile(r"(posts|works)\[(\d+)\](?:\.(.*))?")
_DRILL = re.compile(r"more_drills\[(\d+)\](?:\.(.*))?")


class Where(msgspec.Struct, frozen=True):
    """A page, and the names of the post, the part, and the items and fields on the way to the
    fault.
    """

    url: str
    item: str
    part: str
    steps: tuple[tuple[str, int], ...]
    """Fields, each with the number of its item, from one; 0 for a field that has none."""


def where_is(draft: Draft, key: str) -> Where:
    """Find the place of a key path in a draft."""
    found = _KEY.fullmatch(key)
    if not found:
        return Where(_page(draft, "pack"), "", "pack", _steps(key))
    kind, index, rest = found[1], int(found[2]), found[3] or ""
    item: dict[str, Any] = draft.table[kind][index]
    title = str(item.get("title", "")) or str(index + 1)
    if kind == "works":
        return Where(_page(draft, "work", item["id"]), title, "work", _steps(rest))
    if more := _DRILL.fullmatch(rest):
        drill = item["more_drills"][int(more[1])]
        return Where(
            _page(draft, "drill", item["id"], drill["id"]), title, "drill", _steps(more[2] or "")
        )
    field = re.split(r"[.\[]", rest)[0]
    part = field if field in OF_POST else "about"
    inside = rest.removeprefix("drill.") if part == "drill" else rest
    return Where(_page(draft, part, item["id"]), title, part, _steps(inside))


def _page(draft: Draft, kind: str, item: str = "", drill: str = "") -> str:
    return url_for(
        "content.part",
        draft_id=draft.id,
        kind=kind,
        item=item or None,
        drill=drill or None,
        checked=1,
    )


def _steps(path: str) -> tuple[tuple[str, int], ...]:
    parts = re.findall(r"([a-z_]+)(?:\[(\d+)\])?", path)
    return tuple((name, int(index) + 1 if index else 0) for name, index in parts)
