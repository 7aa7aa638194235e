"""Reading content files: TOML within limits, pictures by their first bytes, and the digest of a
folder.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from kiosk.packs.problems import PackError, Problem
from kiosk.packs.toml import TomlError, read_toml

Table = dict[str, object]

_PICTURE_LIMIT_MB = 5
_STARTS = {
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".svg": (b"<svg", b"<?xml"),
}


def read_table(path: Path) -> Table:
    """Read one TOML file. Raise PackError."""
    try:
        return read_toml(path)
    except TomlError as error:
        raise PackError([Problem(path, "", str(error))]) from error


def picture_trouble(path: Path) -> str:
    """Return why a file cannot serve as a picture of a target; empty when it can."""
    suffix = path.suffix.lower()
    if suffix not in _STARTS or not path.is_file():
        return f"not a picture; use {', '.join(_STARTS)}"
    size_mb = path.stat().st_size / 2**20
    if size_mb > _PICTURE_LIMIT_MB:
        return f"is {size_mb:.1f} MB; shrink it below {_PICTURE_LIMIT_MB} MB"
    try:
        with path.open("rb") as picture:
            start = picture.read(64).lstrip()
    except OSError as error:
        return f"cannot be read: {error.strerror}"
    return (
        "" if start.startswith(_STARTS[suffix]) else f"is not a {suffix[1:].upper()} picture inside"
    )


def digest(folder: Path, files: Iterable[Path]) -> str:
    """Compute the SHA-256 (hex) over a pack: that of the text `sha256sum` prints for its files in
    the order of their names.
    """
    listing = hashlib.sha256()
    for file in sorted(files, key=lambda file: file.relative_to(folder).as_posix()):
        with file.open("rb") as opened:
            file_digest = hashlib.file_digest(opened, "sha256").hexdigest()
        listing.update(f"{file_digest}  {file.relative_to(folder).as_posix()}\n".encode())
    return listing.hexdigest()
