"""Reading a workbook, row by row: finds the headings, reads each row, and what no row shows by
itself (a 工号 twice).

Runs in the child (`kiosk.rosters.child`): openpyxl unpacks and parses what somebody uploaded.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import openpyxl

from kiosk.model.people import CardNumber, Roster, Worker
from kiosk.rosters.cells import NOTHING, Cell, cell_of
from kiosk.rosters.columns import MOST_CERTIFICATES, NEEDED, Column, headings
from kiosk.rosters.draft import MOST_PROBLEMS, MOST_ROWS, Draft, Level, Problem, Rules
from kiosk.rosters.rows import Found, Row, read_row

DAMAGED = "文件打不开，可能已损坏或不是真正的 .xlsx，请在 Excel 或 WPS 里打开，另存为 .xlsx 再上传"
_MOST_UNPACKED_BYTES = 64 * 1024 * 1024
_MOST_PARTS = 400
_MOST_COLUMNS = 12 + 3 * MOST_CERTIFICATES + 30
"""Columns beyond are not looked at; the template has 19."""
_HEADINGS_WITHIN = 10
_EXAMPLE = "示例"
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell [^>]*?ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
_CHUNK = 1 << 20


class SheetError(Exception):
    """The file as a whole cannot be used; the message says what to do (Chinese)."""


class Heads:
    """The row of headings, once it was found."""

    def __init__(self, row: int, places: dict[int, str]) -> None:
        self.row = row
        self.places = places
        repeated = [name for name in places.values() if list(places.values()).count(name) > 1]
        if repeated:
            raise SheetError(f"第 {row} 行有两列“{repeated[0]}”，请删去一列")
        if lacking := [column.value for column in NEEDED if column not in places.values()]:
            raise SheetError(
                f"第 {row} 行没有“{'”“'.join(lacking)}”这一列，请用模板，或把列名改成这样"
            )


class _Reader:
    """Gathers what is read from the rows."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._workers: list[Worker] = []
        self._cards: list[CardNumber] = []
        self._rows: list[int] = []
        self._problems: list[Problem] = []
        self._counts = dict.fromkeys(Level, 0)
        self._ids: dict[str, int] = {}
        self._numbers: dict[tuple[str, str], int] = {}

    def take(self, number: int, cells: Row) -> None:
        """Read one row."""
        if len(self._rows) >= MOST_ROWS:
            raise SheetError(f"超过 {MOST_ROWS} 人，请分成几个文件上传")
        found = Found(number, [])
        worker, cards = read_row(cells, self._rules, found)
        self._refuse_repeated(worker, cards, found)
        self._workers.append(worker)
        self._cards += cards
        self._rows.append(number)
        self.hear(*found.problems)

    def hear(self, *problems: Problem) -> None:
        """Take note of problems; counts go on when the list is full."""
        for problem in problems:
            self._counts[problem.level] += 1
        self._problems += problems
        if len(self._problems) > 2 * MOST_PROBLEMS:
            self._problems = _gravest(self._problems)

    def draft(self) -> Draft:
        """Return all of it."""
        return Draft(
            Roster(tuple(self._workers), tuple(self._cards)),
            tuple(self._rows),
            tuple(sorted(_gravest(self._problems), key=lambda problem: problem.row)),
            self._counts[Level.ERROR],
            self._counts[Level.NOTICE],
        )

    def _refuse_repeated(self, worker: Worker, cards: list[CardNumber], found: Found) -> None:
        first = self._ids.setdefault(worker.id, found.row)
        if worker.id and first != found.row:
            found.wrong(Column.ID, f"工号 {worker.id} 和第 {first} 行重复，一个人只写一行")
        for card in cards:
            other = self._numbers.setdefault((card.form, card.number), found.row)
            if other != found.row:
                found.wrong(
                    Column.CARD, f"卡号 {card.number} 和第 {other} 行重复，一张卡只能给一个人"
                )


def _gravest(problems: list[Problem]) -> list[Problem]:
    """Keep the errors first, when not all can be kept."""
    return sorted(problems, key=lambda problem: problem.level is Level.NOTICE)[:MOST_PROBLEMS]


def read_workbook(data: bytes, rules: Rules) -> Draft:
    """Read the first sheet of a workbook.

    Raise SheetError, and whatever zipfile and openpyxl raise on a damaged file.
    """
    _refuse_beyond_measure(data)
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
    try:
        sheet = next((sheet for sheet in book.worksheets if sheet.sheet_state == "visible"), None)
        if sheet is None:
            raise SheetError("文件里没有工作表，请用模板填写")
        sheet.reset_dimensions()  # programs write wrong ones, and openpyxl believes them
        merged = _merged(data, sheet._worksheet_path)
        return _read(sheet, merged, rules)
    finally:
        book.close()


def _refuse_beyond_measure(data: bytes) -> None:
    """Look at the archive's own list: of what Excel and WPS write, `zipfile` never unpacks more of
    a part than that says.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_UNPACKED_BYTES:
        raise SheetError("文件解开后太大，不能读取；请把名单复制到新的模板里再上传")
    if any(part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in parts):
        raise SheetError(DAMAGED)
    if "[Content_Types].xml" not in {part.filename for part in parts}:
        raise SheetError("这不是 .xlsx 表格（例如是 .ods 或压缩包），请另存为 .xlsx 再上传")


def _read(sheet: Any, merged: list[tuple[int, str]], rules: Rules) -> Draft:
    reader = _Reader(rules)
    heads: Heads | None = None
    for number, row in enumerate(sheet.iter_rows(max_col=_MOST_COLUMNS), start=1):
        if heads is None:
            heads = _heads(number, row)
        elif (cells := dict(_known(row, heads))) and not _is_example(cells):
            reader.take(number, cells)
    if heads is None:
        raise SheetError("表里没有找到列名“工号”“姓名”，请用模板填写（只读第一张工作表）")
    for number, where in merged:
        if number > heads.row:
            reader.hear(Problem(number, "", f"{where} 是合并单元格，请取消合并，每行都填写"))
    if rules.glyphs.absent:
        packages = " ".join(rules.glyphs.absent)
        text = f"这台机器缺少字体，生僻字可能画不出，请安装 Debian 软件包 {packages}"
        reader.hear(Problem(0, "", text, Level.NOTICE))
    return reader.draft()


def _is_example(cells: Row) -> bool:
    return cells.get(Column.ID, NOTHING).text.startswith(_EXAMPLE)


def _heads(number: int, row: tuple[Any, ...]) -> Heads | None:
    if number > _HEADINGS_WITHIN:
        raise SheetError(
            f"前 {_HEADINGS_WITHIN} 行没有找到列名“工号”“姓名”，请用模板填写（只读第一张工作表）"
        )
    places = headings([_cell(cell).text for cell in row])
    return Heads(number, places) if places else None


def _known(row: tuple[Any, ...], heads: Heads) -> Iterator[tuple[str, Cell]]:
    for place, name in heads.places.items():
        if place < len(row) and row[place].value is not None:
            cell = _cell(row[place])
            if cell.text:
                yield name, cell


def _cell(cell: Any) -> Cell:
    value = cell.value
    # Formats are looked up for numbers alone: a look-up costs more than reading a text.
    form = cell.number_format if isinstance(value, int | float) else ""
    return cell_of(value, cell.data_type, form)


def _merged(data: bytes, sheet: str) -> list[tuple[int, str]]:
    """Return the merged cells: openpyxl leaves them out when it reads row by row.

    They stand behind the rows (ECMA-376, CT_Worksheet).
    """
    found: dict[str, int] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(sheet.lstrip("/")) as file:
        before = b""
        while chunk := file.read(_CHUNK):
            for match in _MERGED.finditer(before + chunk):
                left, top, right, bottom = (part.decode() for part in match.groups())
                found[f"{left}{top}:{right}{bottom}"] = int(bottom)
            before = chunk[-200:]
    return [(row, where) for where, row in found.items()][:MOST_PROBLEMS]
