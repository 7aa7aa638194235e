"""What every check was made with: the factory's own versions, and the shipped packs the station
ever started with.

An update of the product replaces its packs. What a record names by its digest must be found again
all the same, so the station keeps each shipped pack it starts with as an immutable folder
`.shipped/<pack>/<digest>/`, once.
"""

from __future__ import annotations

import hashlib
import shutil
import uuid
from collections.abc import Iterable
from pathlib import Path

from kiosk.journal.storage import make_folder, storage_errors, sync_folder
from kiosk.model.content import Pack
from kiosk.model.lists import AccidentLists
from kiosk.packs.pack import read_pack
from kiosk.packs.problems import PackError
from kiosk.packs.writing import write_file

_SHIPPED = ".shipped"


def keep_shipped(folder: Path, packs: Iterable[Pack], incoming: Path) -> None:
    """Keep those shipped packs that are not kept yet.

    A copy becomes visible whole or not at all, whenever the power goes.

    `incoming` takes what is half-written; who starts next sweeps it. Raise StorageError.
    """
    with storage_errors():
        for pack in packs:
            place = _place(folder, pack.id, pack.digest)
            if pack.folder and not place.exists():
                _copied(Path(pack.folder), incoming / uuid.uuid4().hex, place)


def find_version(
    folder: Path, pack_id: str, version: str, digest: str, lists: AccidentLists
) -> Pack | None:
    """Find the content that a record names; None when it is gone, or no longer what it was."""
    for place in (folder / pack_id / version, _place(folder, pack_id, digest)):
        try:
            pack = read_pack(place, lists)
        except (PackError, OSError):
            continue
        if (pack.id, pack.digest) == (pack_id, digest):
            return pack
    return None


def picture_of_before(folder: Path, pack_id: str, name: str, digest: str) -> Path | None:
    """Find a picture in the versions of a pack that are kept, or in the shipped packs of before."""
    kept = (
        *folder.glob(f"{pack_id}/*/targets/{name}"),
        *folder.glob(f"{_SHIPPED}/*/*/targets/{name}"),
    )
    return next(
        (file for file in kept if hashlib.sha256(file.read_bytes()).hexdigest() == digest), None
    )


def _copied(source: Path, half: Path, place: Path) -> None:
    files = [source / "pack.toml", *source.glob("posts/[!.]*"), *source.glob("works/[!.]*")]
    files += source.glob("targets/[!.]*")
    for file in files:
        write_file(half / file.relative_to(source), file.read_bytes())
    for part in (*half.glob("*/"), half):
        sync_folder(part)
    make_folder(place.parent)
    try:
        half.rename(place)
    finally:
        shutil.rmtree(half, ignore_errors=True)
    sync_folder(place.parent)


def _place(folder: Path, pack_id: str, digest: str) -> Path:
    return folder / _SHIPPED / pack_id / digest
