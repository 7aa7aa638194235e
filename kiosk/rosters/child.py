"""The child process that reads an uploaded workbook: a `SheetJob` on standard input, a `Draft` or
the one reason against the file on standard output.
"""

from __future__ import annotations

import sys
import warnings

import msgspec

from kiosk.rosters.draft import Draft
from kiosk.rosters.reading import SheetJob
from kiosk.rosters.sheet import DAMAGED, SheetError, read_workbook
from kiosk.uploads.answers import Refused, give, puzzled


def answer(job: SheetJob) -> Draft | Refused:
    """Read a workbook, whatever it is."""
    try:
        return read_workbook(job.file, job.rules)
    except SheetError as error:
        return Refused(str(error))
    except MemoryError:
        raise
    # A workbook can be wrong in more ways than its reader has exceptions of its own: KeyError,
    # ValueError, ParseError, BadZipFile …
    except Exception as error:  # noqa: BLE001
        return puzzled(error, DAMAGED)


def main() -> None:
    """Read what the parent sends and answer it."""
    warnings.simplefilter("ignore")
    give(answer(msgspec.msgpack.decode(sys.stdin.buffer.read(), type=SheetJob)))


if __name__ == "__main__":
    main()
