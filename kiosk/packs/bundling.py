"""A pack as one file to hand on: without people and without the factory's photos.

One that came from elsewhere is taken apart by `kiosk.uploads.pack`.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from kiosk.model.content import Pack
from kiosk.model.manuscript import Manuscript, manuscript_of
from kiosk.packs.writing import pack_files, plain

_DRAWN = ".svg"
_PUBLIC = re.compile(r"\D*(?:\d\D*){0,5}|1(?:1[09]|2[02]|2\d{3})(?: +1(?:1[09]|2[02]|2\d{3}))*")
"""A number of at most five digits is public, and so are emergency numbers one after another ("119
120"); else it is somebody's telephone.
"""


def without_photos(pack: Pack) -> dict[str, Any]:
    """Return a pack's manuscript as plain data, without spots on photos and without anybody's
    telephone number.
    """
    table: dict[str, Any] = msgspec.to_builtins(plain(manuscript_of(pack)))
    holders = (table, *table["posts"], *table.get("works", ()))
    for holder in holders:
        for drill in _drills(holder):
            for step in drill["steps"]:
                if "target" in step and not step["target"]["photo"].endswith(_DRAWN):
                    del step["target"]
        for card in holder.get("emergency", ()):
            if not _PUBLIC.fullmatch(card.get("phone", "")):
                del card["phone"]
    return table


def _drills(holder: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the drills of a post or a work; a work only names the one that is run."""
    if isinstance(holder.get("drill"), dict):
        yield holder["drill"]
    yield from holder.get("more_drills", ())
    yield from holder.get("drills", ())


def bundle(pack: Pack, pictures: Mapping[str, bytes]) -> bytes:
    """Return a pack as the bytes of a ZIP file; of the pictures only those that are drawn."""
    manuscript = msgspec.convert(without_photos(pack), Manuscript)
    files = pack_files(manuscript, pack.version)
    files |= {
        f"targets/{name}": data for name, data in pictures.items() if name in manuscript.pictures
    }
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(f"{pack.id}/{name}", (2020, 1, 1, 0, 0, 0)), data)
    return written.getvalue()
