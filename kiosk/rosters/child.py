"""The child process that reads an uploaded workbook: `python -m kiosk.rosters.child FILE`.

The rules come in on standard input, the draft or the one reason against the file goes out on
standard output, both as MessagePack. The parent sets its limits of memory and processor time before
it starts and kills it when it takes too long.
"""

from __future__ import annotations

import sys
import warnings
import zipfile
from pathlib import Path

import msgspec

from kiosk.rosters.draft import Draft, Rules
from kiosk.rosters.sheet import SheetError, read_workbook


class Unusable(msgspec.Struct, frozen=True, tag="unusable"):
    """The file as a whole cannot be used, and what to do."""

    reason: str


class Understood(msgspec.Struct, frozen=True, tag="understood"):
    """The file was read."""

    draft: Draft


Answer = Unusable | Understood
DAMAGED = "文件打不开，可能已损坏或不是真正的 .xlsx，请在 Excel 或 WPS 里打开，另存为 .xlsx 再上传"


def answer(path: Path, rules: Rules) -> Answer:
    """Read a workbook, whatever it is."""
    try:
        return Understood(read_workbook(path, rules))
    except SheetError as error:
        return Unusable(str(error))
    except MemoryError:
        raise
    # A workbook can be wrong in more ways than its reader has exceptions of its own: KeyError,
    # ValueError, ParseError, BadZipFile …
    except (Exception, zipfile.BadZipFile) as error:  # noqa: BLE001
        print(f"{type(error).__name__}: {error}", file=sys.stderr)  # noqa: T201
        return Unusable(DAMAGED)


def main() -> None:
    """Read what the parent names and answer it."""
    warnings.simplefilter("ignore")
    rules = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Rules)
    sys.stdout.buffer.write(msgspec.msgpack.encode(answer(Path(sys.argv[1]), rules)))


if __name__ == "__main__":
    main()
