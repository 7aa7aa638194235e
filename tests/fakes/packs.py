"""A small pack on the disk, as the product ships one, and what a supervisor makes of it."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from kiosk.flow.door import Door
from kiosk.model.content import Basis, Pack
from kiosk.model.manuscript import Manuscript, manuscript_of
from kiosk.packs import load_accident_lists, load_pack
from kiosk.packs.writing import write_pack
from tests.fakes.content import PACK, a_door
from tests.fakes.running import QUICK

LISTS = load_accident_lists(Path("config/lists/accident-types.toml"))
SPOT = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><rect width="4" height="3"/></svg>'
)
SPOT_DIGEST = hashlib.sha256(SPOT).hexdigest()
JPEG = (
    b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
    b"\xff\xc0\x00\x11\x08\x01\x90\x02\x58\x03\x01\x22\x00\x02\x11\x01\x03\x11\x01\xff\xd9"
)
"""The head of a JPEG of 600 × 400; the station looks no further."""


def a_shipped_pack(folder: Path) -> Pack:
    """Write the sample pack as a folder `sample`, and load it."""
    shipped = replace(PACK, basis=(Basis(note="样例"),))
    write_pack(folder / "sample", manuscript_of(shipped), "1.0", {"spot.svg": SPOT})
    return load_pack(folder / "sample", LISTS)


def a_shipped_door(folder: Path) -> Door:
    return a_door(QUICK, packs=(a_shipped_pack(folder),))


def a_copy(pack: Pack, pack_id: str = "own-1", **changes: Any) -> Manuscript:
    """Copy the first post of a pack into a pack of the factory's own."""
    copied = replace(
        manuscript_of(pack), id=pack_id, title="本厂内容", posts=pack.posts[:1], works=()
    )
    return replace(copied, **changes)


def with_call(manuscript: Manuscript, sentence: str) -> Manuscript:
    """Change what is called at the first step."""
    (post, *posts) = manuscript.posts
    (step, *steps) = post.drill.steps
    drill = replace(post.drill, steps=(replace(step, call=sentence), *steps))
    return replace(manuscript, posts=(replace(post, drill=drill), *posts))
