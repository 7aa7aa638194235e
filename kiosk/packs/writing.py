"""Writing a pack: a manuscript becomes a folder of TOML files and pictures, all of it on the disk
before anybody hears of it.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import tomli_w

from kiosk.journal.storage import make_folder, open_for_group, sync_folder
from kiosk.model.manuscript import Manuscript
from kiosk.packs.problems import fields_of

_HEAD = "# 由班前站写成的内容包。请在安全员网页上修改并发布新版本，不要改动这里的文件。\n\n"


def pack_files(manuscript: Manuscript, version: str) -> dict[str, bytes]:
    """Return the TOML files of a pack by their paths inside its folder."""
    table = plain(manuscript)
    items = {"posts": table.pop("posts"), "works": table.pop("works", [])}
    files = {"pack.toml": {"version": version, **table}}
    for kind, tables in items.items():
        files |= {f"{kind}/{item['id']}.toml": item for item in tables}
    return {path: (_HEAD + tomli_w.dumps(content)).encode() for path, content in files.items()}


def write_pack(
    folder: Path, manuscript: Manuscript, version: str, pictures: Mapping[str, Path | bytes]
) -> None:
    """Write a pack into a new folder, durably; pictures come from files or as bytes.

    Raise OSError.
    """
    for name, data in pack_files(manuscript, version).items():
        write_file(folder / name, data)
    for name, picture in pictures.items():
        target = folder / "targets" / name
        if isinstance(picture, bytes):
            write_file(target, picture)
        else:
            _place(picture, target)
    for place in (folder / "targets", folder / "works", folder / "posts", folder):
        if place.is_dir():
            sync_folder(place)


def write_file(path: Path, data: bytes) -> None:
    """Write a new file, down to the disk. Raise OSError."""
    make_folder(path.parent)
    with open(path, "xb", opener=open_for_group) as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _place(source: Path, target: Path) -> None:
    """Hard-link a file, or copy it where the file system cannot: versions share what they have in
    common.
    """
    make_folder(target.parent)
    try:
        os.link(source, target)
    except OSError:
        write_file(target, source.read_bytes())


def plain(value: Any) -> Any:
    """Return structs as tables of what TOML knows; what stands for its default is left out."""
    if isinstance(value, msgspec.Struct):
        return {
            name: plain(getattr(value, field.name))
            for name, field in fields_of(type(value)).items()
            if field.required or getattr(value, field.name) != field.default
        }
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    return value if isinstance(value, int | float | date) else str(value)
