"""One reading of a spreadsheet in a process of its own, and what it cost: `bare` by openpyxl alone,
`import` as the product reads it.

`bare` walks through every cell's value as openpyxl's documentation has it for large files, and
keeps nothing.
"""

from __future__ import annotations

import resource
import sys
import time
from datetime import date
from pathlib import Path

import msgspec


class Cost(msgspec.Struct, frozen=True):
    """Time from the first line of work to its end, and the peak of resident memory, of children
    too.
    """

    seconds: float
    peak_mb: float


def bare(path: Path) -> None:
    """Read every value."""
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True)
    assert sum(1 for _ in book.worksheets[0].iter_rows(values_only=True)) > 1
    book.close()


def imported(path: Path) -> None:
    """Read and check, as an upload is."""
    from kiosk.rosters import PostRule, Rules, compare, read_sheet

    kind = "熔化焊接与热切割作业"
    draft = read_sheet(
        path.read_bytes(),
        Rules(date(2026, 11, 24), {"电焊工": PostRule("welder", (kind,))}, {kind: kind}),
    )
    assert draft.sound, draft.problems
    compare(draft, {})


def main() -> None:
    """Measure one of the two."""
    began_s = time.perf_counter()
    {"bare": bare, "import": imported}[sys.argv[1]](Path(sys.argv[2]))
    seconds = time.perf_counter() - began_s
    peak_kb = sum(
        resource.getrusage(who).ru_maxrss
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    sys.stdout.buffer.write(msgspec.json.encode(Cost(seconds, peak_kb / 1024)))


if __name__ == "__main__":
    main()
