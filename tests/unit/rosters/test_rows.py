"""What a supervisor fills in, and what the preview says of it."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from kiosk.model.glyphs import Glyphs
from kiosk.model.people import CardNumber, Certificate, Role, Standing, Worker
from tests.unit.rosters.books import RULES, WELDING, doubted, read_rows, said


def test_a_whole_row_becomes_a_worker_with_card_and_certificate(tmp_path: Path) -> None:
    row = (
        "A001",
        "张三",
        "焊接班",
        "电焊工、冲压工",
        "班组长",
        "10D",
        "0005632889",
        WELDING,
        "样例-1",
        "2027-12-31",
    )
    draft = read_rows(tmp_path, row)
    held = (Certificate(WELDING, date(2027, 12, 31), "样例-1"),)
    assert draft.roster.workers == (
        Worker("A001", "张三", "焊接班", Role.LEADER, ("welder", "press-operator"), held),
    )
    assert draft.roster.cards == (CardNumber("A001", "10D", "0005632889"),)
    assert draft.sound
    assert draft.problems == ()


def test_full_width_signs_and_odd_blanks_are_made_plain(tmp_path: Path) -> None:
    row = (
        "　Ａ００１ ",
        "张 三",
        "焊接班",
        "电焊工，冲压工",
        "",
        "１０Ｄ",
        "０００５６３２８８９",
        WELDING,
        "",
        "２０２７／１２／３１",
    )
    draft = read_rows(tmp_path, row)
    assert said(draft) == []
    assert draft.roster.workers[0].id == "A001"
    assert draft.roster.cards[0].number == "0005632889"
    assert draft.roster.workers[0].certificates[0].expires_on == date(2027, 12, 31)


@pytest.mark.parametrize(
    "written",
    [
        datetime(2027, 12, 31),
        date(2027, 12, 31),
        46752,
        20271231,
        *(
            "2027-12-31",
            "2027/12/31",
            "2027.12.31",
            "2027年12月31日",
            "20271231",
            "46752",
            "2027-12-31 00:00:00",
        ),
    ],
)
def test_a_date_is_read_however_it_was_written(tmp_path: Path, written: Any) -> None:
    draft = read_rows(tmp_path, ("A001", "张三", "", "电焊工", "", "", "", WELDING, "", written))
    assert said(draft) == []
    assert draft.roster.workers[0].certificates[0].expires_on == date(2027, 12, 31)


@pytest.mark.parametrize("written", ["2027-13-01", "2027-02-30", "明年", "31/12", "12", 12.5])
def test_what_is_no_date_is_named_with_row_and_column(tmp_path: Path, written: Any) -> None:
    draft = read_rows(tmp_path, ("A001", "张三", "", "电焊工", "", "", "", WELDING, "", written))
    ((row, field, text),) = said(draft)
    assert (row, field) == (2, "证件1到期")
    assert "2027-12-31 这样" in text


def test_a_certificate_for_ever_is_written_as_such(tmp_path: Path) -> None:
    draft = read_rows(tmp_path, ("A001", "张三", "", "电焊工", "", "", "", WELDING, "", "长期"))
    assert draft.roster.workers[0].certificates[0].expires_on.year == 9999


def test_numbers_stay_what_is_seen(tmp_path: Path) -> None:
    draft = read_rows(tmp_path, (1001, "张三", "", "冲压工", "", "10D", 5632889))
    assert draft.roster.workers[0].id == "1001"
    assert draft.roster.cards == (CardNumber("1001", "10D", "0005632889"),)


@pytest.mark.parametrize(
    ("row", "field", "part"),
    [
        (("", "张三"), "工号", "没有工号"),
        (("A001", ""), "姓名", "没有姓名"),
        (("A 001", "张三"), "工号", "没有空格"),
        ((".", "张三"), "工号", "开头"),
        (("．．", "张三"), "工号", "开头"),
        (("-", "张三"), "工号", "开头"),
        (("../A001", "张三"), "工号", "只能有"),
        (("张三", "张三"), "工号", "不能就是姓名"),
        (("11010519491231002X", "张三"), "工号", "不能用身份证号"),
        (("13800138000", "张三"), "工号", "手机号"),
        ((datetime(2026, 3, 1), "张三"), "工号", "日期"),
        (("A001", "张三", "", "冲压工", "厂长"), "角色", "工人、班组长、安全员、负责人"),
        (("A001", "张三", "", "冲压工", "", "", "0005632889"), "卡号格式", "没有填卡号格式"),
        (("A001", "张三", "", "冲压工", "", "11D", "0005632889"), "卡号格式", "10D"),
        (("A001", "张三", "", "冲压工", "", "10D", "5632889"), "卡号", "10 位数字"),
        (("A001", "张三", "", "冲压工", "", "10D", 1.5), "卡号", "设为“文本”"),
        (("A001", "张三", "", "冲压工", "", "", "", "", "样例-1", ""), "证件1", "没有填证件名称"),
        (
            ("A001", "张三", "", "冲压工", "", "", "", WELDING, "样例-1", ""),
            "证件1到期",
            "没有到期日",
        ),
        (("A001", "=CONCATENATE(1,2)"), "姓名", "公式"),
        (("A001", "张" * 21), "姓名", "最多 20 个字"),
        (("A001", "张三", "", "、".join(f"岗{n}" for n in range(9))), "岗位", "最多 8 个岗位"),
    ],
)
def test_each_fault_names_its_row_its_column_and_what_to_do(
    tmp_path: Path, row: tuple[Any, ...], field: str, part: str
) -> None:
    draft = read_rows(tmp_path, ("A000", "李四", "", "冲压工"), row)
    faults = [(number, where, text) for number, where, text in said(draft) if where == field]
    assert faults, said(draft)
    assert faults[0][0] == 3
    assert part in faults[0][2]
    assert not draft.sound


def test_a_number_given_twice_is_an_error_of_the_second_row(tmp_path: Path) -> None:
    rows = [
        ("A001", "张三", "", "冲压工", "", "10D", "0005632889"),
        ("A001", "李四", "", "冲压工", "", "10D", "0005632889"),
    ]
    found = said(read_rows(tmp_path, *rows))
    assert [(row, field) for row, field, _ in found] == [(3, "工号"), (3, "卡号")]
    assert all("第 2 行" in text for _, _, text in found)


def test_a_contractor_needs_a_last_day(tmp_path: Path) -> None:
    heads = ("工号", "姓名", "岗位", "人员类别", "有效期至")
    lacking = read_rows(tmp_path, ("C001", "赵六", "冲压工", "承包商", ""), heads=heads)
    assert said(lacking)[0][:2] == (2, "有效期至")
    sound = read_rows(tmp_path, ("C001", "赵六", "冲压工", "承包商", "2026-12-31"), heads=heads)
    worker = sound.roster.workers[0]
    assert (worker.standing, worker.ends_on) == (Standing.CONTRACTOR, date(2026, 12, 31))


def test_what_the_door_would_refuse_is_a_notice_and_no_error(tmp_path: Path) -> None:
    draft = read_rows(
        tmp_path,
        ("A001", "张三", "", "电焊工"),
        ("A002", "李四", "", "电焊"),
        ("A003", "王五", "", ""),
        ("A004", "赵六", "", "电焊工", "", "", "", WELDING, "", "2026-11-23"),
        ("A005", "孙七", "", "冲压工", "", "", "", "熔化焊接", "", "2027-11-23"),
    )
    assert draft.sound
    texts = {row: text for row, _, text in doubted(draft)}
    assert WELDING in texts[2]
    assert "是不是“电焊工”" in texts[3]
    assert "没有岗位" in texts[4]
    assert "到期" in texts[5]
    assert WELDING in texts[6]
    assert draft.roster.workers[1].posts == ("电焊",)


def test_the_calibrated_form_serves_rows_that_name_none(tmp_path: Path) -> None:
    from msgspec.structs import replace

    draft = read_rows(
        tmp_path,
        ("A001", "张三", "", "冲压工", "", "", "8500A1B2"),
        rules=replace(RULES, card_form="8H"),
    )
    assert draft.roster.cards == (CardNumber("A001", "8H", "8500A1B2"),)


def test_columns_may_stand_in_any_order_under_other_names_and_a_title(tmp_path: Path) -> None:
    from tests.unit.rosters.books import a_book, read

    a_book(
        tmp_path / "b.xlsx",
        ("张三", "电焊工", "A001"),
        heads=("姓 名*", "工种", "员工编号（必填）"),
        before=2,
    )
    draft = read(tmp_path / "b.xlsx")
    assert draft.roster.workers[0].id == "A001"
    assert draft.rows == (4,)


def test_who_has_an_odd_id_from_before_keeps_it(tmp_path: Path) -> None:
    rules = replace(RULES, old_ids=frozenset({".."}))
    draft = read_rows(tmp_path, ("..", "张三"), ("-", "李四"), rules=rules)
    assert [row for row, field, _ in said(draft) if field == "工号"] == [3]


class TestGlyphs:
    """What the machine's fonts cannot draw is said, and keeps nobody out."""

    HAN = Glyphs(((0x20, 0x7E), (0x3001, 0x3002), (0x4E00, 0x9FFF)))

    def test_a_name_nothing_can_draw_names_row_field_and_code_point(self, tmp_path: Path) -> None:
        rules = replace(RULES, glyphs=self.HAN)
        rows = (("A001", "张三", "", "冲压工"), ("A002", "李\U0002ebf0四\ue000", "", "冲压工"))
        draft = read_rows(tmp_path, *rows, rules=rules)
        ((row, field, text),) = doubted(draft)
        assert (row, field) == (3, "姓名")
        assert "“\U0002ebf0”（U+2EBF0）“\ue000”（U+E000）" in text
        assert "拼音" in text
        assert draft.sound
        assert draft.roster.workers[1].name == "李\U0002ebf0四\ue000"

    def test_every_text_of_a_row_is_looked_at(self, tmp_path: Path) -> None:
        rules = replace(RULES, glyphs=self.HAN)
        row = ("A001", "张三", "㛃班", "冲压工", "", "", "", "㛃证", "㛃1", "长期")
        fields = [
            field
            for _, field, text in doubted(read_rows(tmp_path, row, rules=rules))
            if "㛃" in text and "U+36C3" in text
        ]
        assert fields == ["班组", "证件1", "证件1编号"]

    def test_of_many_characters_some_are_named_and_all_are_counted(self, tmp_path: Path) -> None:
        rules = replace(RULES, glyphs=self.HAN)
        draft = read_rows(tmp_path, ("A001", "㐀㐁㐂㐃㐄㐅㐅", "", "冲压工"), rules=rules)
        ((_, _, text),) = doubted(draft)
        assert "“㐃”（U+3403）等 6 个字" in text
        assert "㐄" not in text

    def test_a_font_that_is_not_installed_is_named_once(self, tmp_path: Path) -> None:
        rules = replace(RULES, glyphs=Glyphs(absent=("fonts-hanazono", "fontconfig")))
        rows = (("A001", "张㛃", "", "冲压工"), ("A002", "李㛃", "", "冲压工"))
        ((row, field, text),) = doubted(read_rows(tmp_path, *rows, rules=rules))
        assert (row, field) == (0, "")
        assert "请安装 Debian 软件包 fonts-hanazono fontconfig" in text
