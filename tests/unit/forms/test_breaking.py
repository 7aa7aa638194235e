"""Lines as Chinese is set: nothing is lost, nothing is too wide, and marks stand where they may."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kiosk.forms.drawing.breaking import broken


def ten_signs(text: str) -> list[str]:
    return broken(text, 10, lambda piece: float(len(piece)))


@given(st.text(alphabet="班前检查，。！（）“”abc12-.＿　 ", max_size=200))
def test_joined_they_are_the_text_and_none_is_too_wide(text: str) -> None:
    lines = ten_signs(text)
    assert "".join(lines) == text
    assert all(len(line.rstrip()) <= 10 for line in lines)


def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one() -> None:
    assert ten_signs("一二三四五六七八九十，然后") == ["一二三四五六七八九", "十，然后"]
    assert ten_signs("一二三四五六七八九（十）") == ["一二三四五六七八九", "（十）"]


def test_a_word_stays_whole_where_it_can() -> None:
    assert ten_signs("按照标准GB30871做") == ["按照标准", "GB30871做"]
    assert ten_signs("W" * 25) == ["W" * 10, "W" * 10, "W" * 5]


def test_what_stands_apart_is_not_torn() -> None:
    assert ten_signs("企业：某厂　　岗位：电焊工") == ["企业：某厂　　", "岗位：电焊工"]
    assert ten_signs("企业：某厂　　班次：白") == ["企业：某厂　　", "班次：白"]
    assert ten_signs("结果：通过  校验码：1") == ["结果：通过  ", "校验码：1"]
    assert ten_signs("一二三　　四五") == ["一二三　　四五"]
    assert "".join(ten_signs("一二三　　" + "长" * 15)) == "一二三　　" + "长" * 15


def test_a_number_and_a_blank_stay_whole() -> None:
    assert ten_signs("动火作业票号20-007") == ["动火作业票号", "20-007"]
    assert ten_signs("有效期至时12.01止") == ["有效期至时12.01", "止"]
    assert ten_signs("乙炔瓶离明火的距离10米") == ["乙炔瓶离明火的距离", "10米"]
    assert ten_signs("重大隐患判定标准第三条") == ["重大隐患判定标准", "第三条"]
    assert ten_signs("请在这里签字：＿＿＿＿") == ["请在这里签字：", "＿＿＿＿"]
    assert ten_signs("温度千万不要超过一百℃") == ["温度千万不要超过一", "百℃"]


def test_an_empty_text_is_one_empty_line() -> None:
    assert ten_signs("") == [""]
