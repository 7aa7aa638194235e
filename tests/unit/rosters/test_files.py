"""Any file a person might upload: each gets one sentence about what to do, and nothing of it is
applied.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from kiosk.model.people import Worker
from kiosk.rosters import MOST_UPLOAD_BYTES, Change, compare, write_people, write_template
from tests.unit.rosters.books import RULES, WELDING, a_book, read, said, with_part

SHEET = "xl/worksheets/sheet1.xml"


def archive(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (b"", "空的"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), ".xls"),
        ("工号,姓名\nA001,张三\n".encode(), "CSV"),
        (b"%PDF-1.7", "不是 .xlsx"),
        (b"PK\x03\x04 not really", "损坏"),
        (archive(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), ".ods"),
        (archive(**{"[Content_Types].xml": b"<Types/>"}), "另存为 .xlsx"),
        (bytes(MOST_UPLOAD_BYTES + 1), "太大"),
    ],
    ids=["empty", "xls", "csv", "pdf", "torn", "ods", "no-book", "too-large"],
)
def test_a_file_of_another_kind_is_refused_in_one_sentence(
    tmp_path: Path, content: bytes, part: str
) -> None:
    (tmp_path / "file.xlsx").write_bytes(content)
    draft = read(tmp_path / "file.xlsx")
    ((row, _, text),) = said(draft)
    assert row == 0
    assert part in text
    assert not draft.sound


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    a_book(path, ("A001", "张三"))
    with_part(path, SHEET, b" " * (65 * 1024 * 1024))
    assert path.stat().st_size < 100_000
    assert "解开后太大" in said(read(path))[0][2]


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_packing_whose_unpacking_cannot_be_bounded_is_not_unpacked(
    tmp_path: Path, method: int
) -> None:
    plain, path = tmp_path / "plain.xlsx", tmp_path / "other.xlsx"
    a_book(plain, ("A001", "张三"))
    with zipfile.ZipFile(plain) as book, zipfile.ZipFile(path, "w", method) as repacked:
        for part in book.namelist():
            repacked.writestr(part, book.read(part))
    assert "另存为 .xlsx" in said(read(path))[0][2]


def test_many_empty_rows_end_at_the_limit_of_the_child_and_not_of_the_machine(
    tmp_path: Path,
) -> None:
    path = tmp_path / "far.xlsx"
    book = a_book(path, ("A001", "张三", "", "冲压工"))
    book.active.cell(row=1_048_576, column=20, value="x")
    book.save(path)
    assert read(path).roster.workers[0].id == "A001"


def test_entities_that_multiply_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "laughs.xlsx"
    a_book(path, ("A001", "张三"))
    lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
    doctype = f'<!DOCTYPE x [<!ENTITY l0 "lol">{lines}]>'
    with_part(
        path, SHEET, f'<?xml version="1.0"?>{doctype}<worksheet><a>&l8;</a></worksheet>'.encode()
    )
    assert "打不开" in said(read(path))[0][2]


def test_a_merged_cell_is_named_and_a_merged_title_is_not(tmp_path: Path) -> None:
    path = tmp_path / "merged.xlsx"
    book = a_book(path, ("A001", "张三"), ("A002", "李四"), before=1)
    book.active.merge_cells("A1:C1")
    book.active.merge_cells("C3:C4")
    book.save(path)
    assert said(read(path)) == [(4, "", "C3:C4 是合并单元格，请取消合并，每行都填写")]


@pytest.mark.parametrize(
    ("heads", "part"),
    [
        (("甲", "乙"), "没有找到列名"),
        (("工号", "班组"), "没有“姓名”"),
        (("姓名", "班组"), "没有“工号”"),
        (("工号", "姓名", "姓名"), "两列“姓名”"),
    ],
)
def test_wrong_columns_are_said_to_be_wrong(
    tmp_path: Path, heads: tuple[str, ...], part: str
) -> None:
    a_book(tmp_path / "b.xlsx", ("A001", "张三"), heads=heads)
    assert part in said(read(tmp_path / "b.xlsx"))[0][2]


def test_a_sheet_without_people_says_so(tmp_path: Path) -> None:
    (tmp_path / "t.xlsx").write_bytes(write_template(["电焊工"], [WELDING]))
    assert "没有人员" in said(read(tmp_path / "t.xlsx"))[0][2]


def test_a_wrong_dimension_hides_no_row(tmp_path: Path) -> None:
    path = tmp_path / "d.xlsx"
    a_book(path, ("A001", "张三", "", "冲压工"))
    with zipfile.ZipFile(path) as book:
        sheet = book.read(SHEET)
    with_part(path, SHEET, sheet.replace(b'ref="A1:J2"', b'ref="A1"'))
    assert len(read(path).roster.workers) == 1


def test_more_than_twenty_thousand_people_are_too_many(tmp_path: Path) -> None:
    book = openpyxl.Workbook(write_only=True)  # a tenth of the time of the pages' own sheet
    sheet = book.create_sheet("人员")
    sheet.append(("工号", "姓名"))
    for number in range(20_001):
        sheet.append((f"P{number:05}", "样例"))
    book.save(tmp_path / "m.xlsx")
    assert "超过 20000 人" in said(read(tmp_path / "m.xlsx"))[0][2]


def test_the_list_comes_back_unchanged(tmp_path: Path) -> None:
    from kiosk.packs import load_roster

    people = load_roster(Path(__file__).parents[3] / "config/sample/people.toml").workers
    titles = {"welder": "电焊工", "press-operator": "冲压工"}
    (tmp_path / "p.xlsx").write_bytes(write_people(people, titles, (WELDING,)))
    draft = read(tmp_path / "p.xlsx", RULES)
    assert draft.sound
    assert compare(draft, {worker.id: worker for worker in people}).count(Change.SAME) == len(
        people
    )


def test_a_name_that_looks_like_a_formula_stays_a_name(tmp_path: Path) -> None:
    (tmp_path / "p.xlsx").write_bytes(write_people([Worker("A001", '=HYPERLINK("x")')], {}, ()))
    cell = openpyxl.load_workbook(tmp_path / "p.xlsx")["人员"]["B2"]
    assert cell.data_type == "s"
