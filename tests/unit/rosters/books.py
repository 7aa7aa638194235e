"""Workbooks as people and their programs make them, good and odd."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

from kiosk.rosters import Draft, PostRule, Rules, read_sheet
from kiosk.rosters.sheet import read_workbook

TODAY = date(2026, 11, 24)
WELDING = "熔化焊接与热切割作业"
RULES = Rules(
    TODAY,
    {"电焊工": PostRule("welder", (WELDING,)), "冲压工": PostRule("press-operator")},
    {WELDING: WELDING},
)
HEADS = (
    "工号",
    "姓名",
    "班组",
    "岗位",
    "角色",
    "卡号格式",
    "卡号",
    "证件1",
    "证件1编号",
    "证件1到期",
)


def a_book(path: Path, *rows: Sequence[Any], heads: Sequence[Any] = HEADS, before: int = 0) -> Any:
    """Make a workbook with these rows below its headings; return it open, for more oddities."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for _ in range(before):
        sheet.append(["人员名单"])
    sheet.append(list(heads))
    for row in rows:
        sheet.append(list(row))
    book.save(path)
    return book


def read(path: Path, rules: Rules = RULES) -> Draft:
    """Read a file as the pages do: in a child with limits."""
    return read_sheet(path.read_bytes(), rules)


def read_rows(
    folder: Path, *rows: Sequence[Any], heads: Sequence[Any] = HEADS, rules: Rules = RULES
) -> Draft:
    """Read rows of a sound workbook, which needs no child."""
    a_book(folder / "people.xlsx", *rows, heads=heads)
    return read_workbook((folder / "people.xlsx").read_bytes(), rules)


def said(draft: Draft) -> list[tuple[int, str, str]]:
    """Return the errors: row, field, text."""
    return [
        (found.row, found.field, found.text) for found in draft.problems if found.level == "error"
    ]


def doubted(draft: Draft) -> list[tuple[int, str, str]]:
    """Return the notices."""
    return [
        (found.row, found.field, found.text) for found in draft.problems if found.level == "notice"
    ]


def with_part(path: Path, name: str, content: bytes) -> None:
    """Replace one part of a workbook's archive."""
    old = {part: data for part, data in _parts(path) if part != name}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, data in {**old, name: content}.items():
            archive.writestr(part, data)


def _parts(path: Path) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]
