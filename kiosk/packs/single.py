"""Content that is one file: read, fitted to its type, then checked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import msgspec

from kiosk.packs.files import Table, read_table
from kiosk.packs.problems import Found, PackError, decoded, located

T = TypeVar("T", bound=msgspec.Struct)


def load_single(path: Path, kind: type[T], faults: Callable[[T], Found]) -> T:
    """Load one TOML file as `kind`; `faults` finds what its type cannot say.

    Raise PackError with all problems.
    """
    return checked(path, read_table(path), kind, faults)


def checked(path: Path, table: Table, kind: type[T], faults: Callable[[T], Found]) -> T:
    """Fit what stands in a file to `kind`, and check it. Raise PackError with all problems."""
    loaded = decoded(path, table, kind)
    problems = located(path, faults(loaded))
    if problems:
        raise PackError(problems)
    return loaded
