"""The child process that takes a content pack apart: a ZIP archive on standard input, a `Taken` or
the one reason against it on standard output.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Mapping
from typing import Any

import msgspec

from kiosk.model.manuscript import Manuscript
from kiosk.packs.shaping import MisshapenError, shaped
from kiosk.packs.toml import TomlError, parsed
from kiosk.packs.variants import laid_over
from kiosk.uploads.answers import Refused, give, puzzled
from kiosk.uploads.archive import files_in
from kiosk.uploads.pack import PackFileError, Taken

_MOST_TABLE_KB = 2048
_MOST_NAMED, _MOST_KEY, _MOST_SAID = 10, 80, 300
_DRAWN = ".svg"
_DAMAGED = "不是内容包文件，或者文件已损坏，请重新导出再导入"


def answer(data: bytes) -> Taken | Refused:
    """Take a file apart, whatever it is."""
    try:
        return _taken(files_in(data))
    except (PackFileError, MisshapenError) as error:
        return Refused(str(error))
    except MemoryError:
        raise
    # An archive and what is in it can be wrong in many ways: BadZipFile, zlib.error, EOFError,
    # NotImplementedError, OverflowError, RecursionError, struct.error …
    except Exception as error:  # noqa: BLE001
        return puzzled(error, _DAMAGED)


def _taken(files: Mapping[str, bytes]) -> Taken:
    if "pack.toml" not in files:
        raise PackFileError("里面没有 pack.toml，这不是内容包")
    unknown: list[str] = []
    table = shaped(_manuscript(files), Manuscript, unknown)
    if len(msgspec.msgpack.encode(table)) > _MOST_TABLE_KB * 1024:
        raise PackFileError(f"里面的内容太多，最多 {_MOST_TABLE_KB} KB，请分成两个内容包")
    pictures = {
        path.removeprefix("targets/"): data
        for path, data in files.items()
        if path.startswith("targets/")
    }
    return Taken(
        table,
        tuple(key[:_MOST_KEY] for key in unknown[:_MOST_NAMED]),
        {name: data for name, data in pictures.items() if not name.endswith(_DRAWN)},
        {
            name: hashlib.sha256(data).hexdigest()
            for name, data in pictures.items()
            if name.endswith(_DRAWN)
        },
    )


def _manuscript(files: Mapping[str, bytes]) -> Any:
    """Return what the files say together; dates become text."""
    tables = {path: _table(path, data) for path, data in files.items() if path.endswith(".toml")}
    header = tables.pop("pack.toml")
    header.pop("version", None)  # the station gives it the next one of its own
    posts = {path: table for path, table in tables.items() if path.startswith("posts/")}
    return msgspec.to_builtins(
        {
            **header,
            "posts": [_varied(path, posts) for path in posts],
            "works": [table for path, table in tables.items() if path.startswith("works/")],
        }
    )


def _varied(path: str, posts: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    own = posts[path]
    if "variant_of" not in own:
        return own
    base = posts.get(f"posts/{own['variant_of']}.toml")
    if base is None or "variant_of" in base:
        named = str(own["variant_of"])[:_MOST_KEY]
        raise PackFileError(f"“{path}”是另一个岗位的变型，里面却没有那个岗位“{named}”")
    return laid_over(base, {key: value for key, value in own.items() if key != "variant_of"})


def _table(path: str, data: bytes) -> dict[str, Any]:
    try:
        return parsed(data)
    except TomlError as error:
        raise PackFileError(f"“{path}”：{str(error)[:_MOST_SAID]}") from error


def main() -> None:
    """Take apart what the parent sends."""
    give(answer(sys.stdin.buffer.read()))


if __name__ == "__main__":
    main()
