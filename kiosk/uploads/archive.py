"""The files in a pack's ZIP archive: counted and measured while they are read, whatever the archive
says of itself, and each refused by its name before it is opened.

Runs in the child (`kiosk.uploads.pack_child`).
"""

from __future__ import annotations

import io
import re
import stat
import zipfile
from pathlib import PurePosixPath

from kiosk.uploads.pack import PackFileError

_MOST_ENTRIES = 300
_MOST_TOML_KB, _MOST_PICTURE_KB = 512, 8192
_MOST_UNPACKED_KB = 12288
"""Photos are packed already: unpacked, they are as large as the archive."""
_ENTRY = re.compile(
    r"pack\.toml|(posts|works)/[a-z0-9]+(-[a-z0-9]+)*\.toml|targets/[A-Za-z0-9][\w.-]{0,80}\.(svg|jpe?g|png)"
)
_MEASURED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""What `zipfile` unpacks no further than asked; of bzip2 and LZMA it unpacks all that a read
brings: a kilobyte becomes gigabytes.
"""
_ENCRYPTED = 0x1
"""The general purpose bit flag (APPNOTE 4.4.4)."""
_SHOWN = 80


def files_in(data: bytes) -> dict[str, bytes]:
    """Return the files of a pack by their paths in it.

    Raise PackFileError, and whatever `zipfile` raises on a damaged archive.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        if len(entries) > _MOST_ENTRIES:
            raise PackFileError(
                f"里面有 {len(entries)} 个文件，最多 {_MOST_ENTRIES} 个，这不是内容包"
            )
        root = _root([entry.filename for entry in entries])
        files: dict[str, bytes] = {}
        left_kb = _MOST_UNPACKED_KB
        for entry in entries:
            name = entry.filename.removeprefix(root)
            if objection := _objection(entry, name, files):
                raise PackFileError(f"里面的“{entry.filename[:_SHOWN]}”{objection}再导入")
            files[name] = _read(archive, entry, name, left_kb)
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


def _objection(entry: zipfile.ZipInfo, name: str, files: dict[str, bytes]) -> str:
    """Return why an entry is not even opened; empty when it is."""
    if not _ENTRY.fullmatch(name):
        return "不是内容包的文件，请删掉它"
    if name in files:
        return "有两个，请只留一个"
    if stat.S_ISLNK(entry.external_attr >> 16):
        return "是快捷方式（链接），请换成文件本身"
    if entry.flag_bits & _ENCRYPTED:
        return "加了密码，请去掉密码"
    if entry.compress_type not in _MEASURED:
        return "用了别的压缩方式，请用普通的 ZIP 格式重新压缩"
    return ""


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, left_kb: int) -> bytes:
    limit_kb = min(left_kb, _MOST_TOML_KB if name.endswith(".toml") else _MOST_PICTURE_KB)
    with archive.open(entry) as opened:
        content = opened.read(limit_kb * 1024 + 1)
    if len(content) > limit_kb * 1024:
        raise PackFileError(f"里面的“{name}”解开后太大，最多 {limit_kb} KB")
    return content
