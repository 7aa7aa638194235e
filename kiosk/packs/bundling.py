"""A pack as one file to hand on: without people and without the factory's photos; and one that came
from elsewhere, taken apart.

What comes in is anybody's file: entries are counted and measured while they are read, whatever the
archive says of itself, and a name that leads elsewhere is refused before anything is opened.
"""

from __future__ import annotations

import io
import re
import tomllib
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

import msgspec

from kiosk.model.content import Pack
from kiosk.model.manuscript import Manuscript, manuscript_of
from kiosk.packs.variants import laid_over
from kiosk.packs.writing import pack_files, plain

MOST_BUNDLE_KB = 8192
_MOST_ENTRIES = 300
_MOST_TOML_KB = 512
_MOST_PICTURE_KB = 8192
_MOST_UNPACKED_KB = 32768
_ENTRY = re.compile(
    r"pack\.toml|(posts|works)/[a-z0-9]+(-[a-z0-9]+)*\.toml|targets/[A-Za-z0-9][\w.-]{0,80}\.(svg|jpe?g|png)"
)
_MEASURED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""What `zipfile` unpacks no further than asked; of bzip2 and LZMA it unpacks all that a read
brings: a kilobyte becomes gigabytes.
"""
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    ValueError,
    OSError,
)
_DRAWN = ".svg"
_PUBLIC = re.compile(r"\D*(?:\d\D*){0,5}|1(?:1[09]|2[02]|2\d{3})(?: +1(?:1[09]|2[02]|2\d{3}))*")
"""A number of at most five digits is public, and so are emergency numbers one after another ("119
120"); else it is somebody's telephone.
"""


class BundleError(Exception):
    """A file is no pack that can be taken over; the message says which part of it, and what to
    do.
    """


class Bundle(msgspec.Struct, frozen=True):
    """A pack from a file: its manuscript as plain data, not looked through yet, its version there,
    and its pictures by name.
    """

    table: dict[str, Any]
    version: str
    pictures: dict[str, bytes]


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


def unbundled(data: bytes) -> Bundle:
    """Take a file apart. Raise BundleError."""
    if len(data) > MOST_BUNDLE_KB * 1024:
        raise BundleError(
            f"文件有 {len(data) // 1024} KB，最多 {MOST_BUNDLE_KB} KB，请去掉照片再导出"
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            files = _files(archive)
    except _DAMAGED as error:
        raise BundleError("不是内容包文件，或者文件已损坏，请重新导出再导入") from error
    return _taken_apart(files)


def _files(archive: zipfile.ZipFile) -> dict[str, bytes]:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(entries) > _MOST_ENTRIES:
        raise BundleError(f"里面有 {len(entries)} 个文件，最多 {_MOST_ENTRIES} 个，这不是内容包")
    root = _root([entry.filename for entry in entries])
    files: dict[str, bytes] = {}
    left_kb = _MOST_UNPACKED_KB
    for entry in entries:
        name = entry.filename.removeprefix(root)
        if not _ENTRY.fullmatch(name):
            raise BundleError(f"里面的“{entry.filename[:80]}”不是内容包的文件，请删掉它再导入")
        if entry.compress_type not in _MEASURED:
            raise BundleError(f"里面的“{name}”用了别的压缩方式，请用普通的 ZIP 格式重新压缩再导入")
        limit_kb = min(left_kb, _MOST_TOML_KB if name.endswith(".toml") else _MOST_PICTURE_KB)
        with archive.open(entry) as opened:
            files[name] = opened.read(limit_kb * 1024 + 1)
        if len(files[name]) > limit_kb * 1024:
            raise BundleError(f"里面的“{name}”解开后太大，最多 {limit_kb} KB")
        left_kb -= len(files[name]) // 1024
    return files


def _root(names: list[str]) -> str:
    """Return the one folder that all lies in, as most archives have it; empty when the pack lies at
    the top.
    """
    tops = {PurePosixPath(name).parts[0] for name in names if "/" in name}
    inside = len(tops) == 1 and all("/" in name for name in names) and "pack.toml" not in names
    (top,) = tops if inside else ("",)
    return f"{top}/" if top not in ("", "..", "/", "posts", "works", "targets") else ""


def _taken_apart(files: dict[str, bytes]) -> Bundle:
    if "pack.toml" not in files:
        raise BundleError("里面没有 pack.toml，这不是内容包")
    tables = {name: _table(name, data) for name, data in files.items() if name.endswith(".toml")}
    header = tables.pop("pack.toml")
    version = str(header.pop("version", ""))
    posts = {name: table for name, table in tables.items() if name.startswith("posts/")}
    table = {
        **header,
        "posts": [_varied(name, posts) for name in posts],
        "works": [table for name, table in tables.items() if name.startswith("works/")],
    }
    pictures = {
        name.removeprefix("targets/"): data
        for name, data in files.items()
        if name.startswith("targets/")
    }
    # Dates become text, and what is neither text, number, list nor table is refused.
    try:
        return Bundle(msgspec.to_builtins(table), version, pictures)
    except (TypeError, RecursionError) as error:
        raise BundleError("里面有不能识别的内容，请重新导出再导入") from error


def _varied(name: str, posts: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    own = posts[name]
    if "variant_of" not in own:
        return own
    base = posts.get(f"posts/{own['variant_of']}.toml")
    if base is None or "variant_of" in base:
        raise BundleError(f"“{name}”是另一个岗位的变型，里面却没有那个岗位 {own['variant_of']!r}")
    return laid_over(base, {key: value for key, value in own.items() if key != "variant_of"})


def _table(name: str, data: bytes) -> dict[str, Any]:
    try:
        return tomllib.loads(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise BundleError(f"“{name}”不是 UTF-8 文字，请用 UTF-8 保存") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise BundleError(f"“{name}”写法有误：{error}") from error
