"""One cell of a sheet as text, with what its spreadsheet program made of it: programs turn numbers
into dates and drop zeros.
"""

from __future__ import annotations

import enum
import re
from datetime import date, datetime, timedelta
from typing import Any

import msgspec

from kiosk.model.expiry import FOR_EVER
from kiosk.rosters.columns import tidy


class Made(enum.StrEnum):
    """What the program took the cell for."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    FORMULA = "formula"
    ERROR = "error"


class Cell(msgspec.Struct, frozen=True):
    """A cell that holds something."""

    text: str
    made: Made = Made.TEXT


NOTHING = Cell("")
_SERIAL_DAYS = (36526, 73415)
"""2000-01-01 to 2100-12-31 as days since 1899-12-30, which is how programs keep dates (ECMA-376
part 1, 18.17.4.1).
"""
_EPOCH = date(1899, 12, 30)
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]0{1,2}:00(?::00(?:\.0+)?)?)?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_ZEROS = re.compile(r"0{2,20}")


def cell_of(value: Any, data_type: str, number_format: str) -> Cell:
    """Read the value that openpyxl has for a cell."""
    if value is None:
        return NOTHING
    if data_type == "f":
        return Cell(str(value)[:40], Made.FORMULA)
    if data_type == "e":
        return Cell(str(value), Made.ERROR)
    if isinstance(value, datetime):
        return Cell(value.date().isoformat(), Made.DATE)
    if isinstance(value, date):
        return Cell(value.isoformat(), Made.DATE)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return Cell(tidy(str(value)))
    return Cell(_digits(value, number_format), Made.NUMBER)


def _digits(value: float, number_format: str) -> str:
    """Write a number as the sheet shows it: whole without a point, with the leading zeros of a
    format such as 00000.
    """
    if value != value or value in (float("inf"), float("-inf")) or int(value) != value:
        return repr(value)
    text = str(int(value))
    return text.zfill(len(number_format)) if _ZEROS.fullmatch(number_format) else text


def as_day(cell: Cell) -> date | None:
    """Read a date as people and programs write it; None when it is none."""
    if cell.text in ("长期", "长期有效", "永久"):
        return FOR_EVER
    found = _DAY.fullmatch(cell.text) or _COMPACT.fullmatch(cell.text)
    try:
        if found:
            return date(*map(int, found.groups()))
        if (
            cell.text.isascii()
            and cell.text.isdigit()
            and _SERIAL_DAYS[0] <= int(cell.text) <= _SERIAL_DAYS[1]
        ):
            return _EPOCH + timedelta(days=int(cell.text))
    except ValueError:  # the 31st of June
        return None
    return None
