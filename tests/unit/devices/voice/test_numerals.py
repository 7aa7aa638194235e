"""How figures, units and signs are read aloud."""

import pytest

from devices.voice.numerals import cardinal, in_words, quantity
from devices.voice.text import normalise


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "零"),
        (7, "七"),
        (10, "十"),
        (15, "十五"),
        (110, "一百一十"),
        (105, "一百零五"),
        (1005, "一千零五"),
        (1050, "一千零五十"),
        (2000, "两千"),
        (2200, "两千二百"),
        (10010, "一万零一十"),
        (20305, "两万零三百零五"),
        (100000, "十万"),
        (1000001, "一百万零一"),
        (200000000, "两亿"),
        (100000001, "一亿零一"),
    ],
)
def test_whole_numbers_are_read_as_quantities(number: int, words: str) -> None:
    assert cardinal(number) == words


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        ("35.5", "三十五点五"),
        ("0.05", "零点零五"),
        ("0037", "零零三七"),
        ("123456789", "一二三四五六七八九"),
    ],
)
def test_decimals_keep_their_point_and_codes_are_read_by_digit(figure: str, words: str) -> None:
    assert quantity(figure) == words


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("50%", "百分之五十"),
        ("O₂ 19.5–21 %", "O二 百分之十九点五到二十一"),
        ("2025年", "二零二五年"),
        ("2025-11-24", "二零二五年十一月二十四日"),
        ("GB/T 33579-2017", "GB/T 三三五七九,二零一七"),
        ("08:05", "八点零五分"),
        ("20:00", "二十点整"),
        ("CPR(30:2)", "CPR(三十比二)"),
        ("间隙≤3 mm", "间隙小于等于三毫米"),
        ("火点≥10m", "火点大于等于十米"),
        ("220V", "二百二十伏"),
        ("0.3 MPa", "零点三兆帕"),
        ("120 kPa", "一百二十千帕"),
        ("-5 ℃", "负五摄氏度"),
        ("15-20 min", "十五到二十分钟"),
        ("200–300 mm", "二百到三百毫米"),
        ("1500 r/min", "一千五百转每分"),
        ("1,200 m", "一千二百米"),
        ("1，200 m", "一,二百米"),
        ("3/4", "四分之三"),
        ("1#配电箱", "一号配电箱"),
        ("Ⅳ级", "四级"),
    ],
)
def test_signs_and_units_are_written_out(written: str, read: str) -> None:
    assert in_words(normalise(written)) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("拨打 119", "拨打 幺幺九"),
        ("立即断电，拨 120。", "立即断电,拨 幺二零。"),
        ("随人送医，120。", "随人送医,幺二零。"),
        ("电话：0371-12345678", "电话:零三七幺,幺二三四五六七八"),
        ("13800138000", "幺三八零零幺三八零零零"),
        ("打120叫救护车", "打幺二零叫救护车"),
        ("打120个孔", "打一百二十个孔"),
        ("120 ℃", "一百二十摄氏度"),
        ("电话间 110 V", "电话间 一百一十伏"),
    ],
)
def test_telephone_numbers_are_read_as_one_dials_them(written: str, read: str) -> None:
    assert in_words(normalise(written)) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2个人", "两个人"),
        ("2 m", "两米"),
        ("12个", "十二个"),
        ("第2条", "第二条"),
        ("2班", "二班"),
        ("2号机", "二号机"),
    ],
)
def test_two_of_something_is_liang(written: str, read: str) -> None:
    assert in_words(normalise(written)) == read
