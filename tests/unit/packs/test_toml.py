"""What a person saved with any editor is read, or refused with what to do about it."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.packs.toml import LIMIT_KB, TomlError, parsed, read_toml


def refusal(text: str | bytes) -> str:
    with pytest.raises(TomlError) as refused:
        parsed(text.encode() if isinstance(text, str) else text)
    return str(refused.value)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ('name = "东门"\n', "utf-8"),
        ('name = "东门"\n', "utf-8-sig"),
        ('\t name\t=\t"东门"\t# 说明，“引号”＝\r\n', "utf-8"),
        ('name = "东门"\r\n', "utf-8-sig"),
        ("# “说明”，＝［］\nname = '东门'", "utf-8"),
        ('name = "东门"', "utf-8-sig"),
    ],
)
def test_what_is_sound_is_read_whatever_the_editor_put_around_it(text: str, encoding: str) -> None:
    assert parsed(text.encode(encoding)) == {"name": "东门"}


def test_full_width_signs_in_words_are_words() -> None:
    text = 'a = "“好”，＝［］＃：。"\nb = \'“”‘’\'\nc = """\n“多行”，\n"""\n"名，字" = 1\n'
    assert parsed(text.encode())["a"] == "“好”，＝［］＃：。"


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "gb2312"])
@pytest.mark.parametrize("words", ["东门", "小", "一号车间东门，请刷卡", "效果", "路"])
def test_chinese_in_another_encoding_is_never_read(words: str, encoding: str) -> None:
    said = refusal(f'a = 1\nname = "{words}"\n'.encode(encoding))
    assert "GBK" in said
    assert "另存为，编码选 UTF-8" in said


COMMON = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动"


@given(st.text(COMMON, min_size=1))
def test_no_common_words_in_gbk_pass_for_utf_8(words: str) -> None:
    with pytest.raises(TomlError):
        parsed(f'name = "{words}"'.encode("gb18030"))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_two_bytes_a_character_are_named(encoding: str) -> None:
    said = refusal('name = "东门"\n'.encode(encoding))
    assert "UTF-16" in said
    assert "编码选 UTF-8" in said


def test_bytes_of_no_encoding_name_their_line() -> None:
    assert refusal(b'a = 1\nb = "\xff\xff"\n').startswith("第 2 行起不是 UTF-8 文字")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a = “张三”\n", ['第 1 行的全角符号 “ 要改成英文半角的 "', "全角符号 ” 要改成"]),
        ('a = 1\nb = "张三”\nc = 2\n', ['第 2 行的全角符号 ” 要改成英文半角的 "']),
        ('a = “张三"\n', ['第 1 行的全角符号 “ 要改成英文半角的 "']),
        ("a = ＂张三＂\n", ['全角符号 ＂ 要改成英文半角的 "']),
        ("a = ‘张三’\n", ["全角符号 ‘ 要改成英文半角的 '", "全角符号 ’"]),
        ("a = '张三’\n", ["全角符号 ’ 要改成英文半角的 '"]),
        ("a ＝ 1\n", ["全角符号 ＝ 要改成英文半角的 ="]),
        ('a："张三"\n', ["全角符号 ： 要改成英文半角的 ="]),
        ("a = 06：00：00\n", ["全角符号 ： 要改成英文半角的 :"]),
        ("\n［station］\n", ["第 2 行的全角符号 ［ 要改成英文半角的 [", "全角符号 ］"]),
        ("【station】\n", ["全角符号 【 要改成英文半角的 [", "全角符号 】"]),
        ('a = ["x"，"y"]\n', ["全角符号 ， 要改成英文半角的 ,"]),
        ('a = ["x"、"y"]\n', ["全角符号 、 要改成英文半角的 ,"]),
        ("a = ｛b = 1｝\n", ["全角符号 ｛ 要改成英文半角的 {", "全角符号 ｝"]),
        ("a = 1 ＃ 说明，这里\n", ["全角符号 ＃ 要改成英文半角的 #"]),
        ("a = １\n", ["全角符号 １ 要改成英文半角的 1"]),
        ("a = 1．5\n", ["全角符号 ． 要改成英文半角的 ."]),
        ("a\u3000= 1\n", ["第 1 行的全角空格要改成普通空格"]),
        ('a\u00a0= "东"\n', ["第 1 行的不间断空格要改成普通空格"]),
        ("a = 1\n\u200bb = 2\n", ["第 2 行有一个看不见的字符"]),
        ("a = 1；\n", ["第 1 行的 ； 不能写在引号外面"]),
        ('a = [\n  "x”,\n  "y",\n]\n', ["第 2 行的全角符号 ”"]),
        ('a = "x”, "y"\n', ["第 1 行", "如果 ” 是用来结束文字的"]),
    ],
)
def test_a_full_width_sign_is_named_with_its_line_and_what_belongs_there(
    text: str, says: list[str]
) -> None:
    said = refusal(text)
    assert all(each in said for each in says), said


def test_a_file_full_of_them_names_the_first_few() -> None:
    said = refusal("".join(f"a{number} ＝ 1\n" for number in range(9)))
    assert said.count("要改成") == 5
    assert said.endswith("另外还有 4 处")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a = 1\nb = 张三\n", "第 2 行写法有误：等号后面的值写得不对"),
        ("[a\nb = 1\n", "第 1 行写法有误：方括号"),
        ('a = "张三\nb = 1\n', "第 1 行写法有误：文字没有用引号结束"),
        ("a = 1\n\na = 2\nb = 3\n", "第 3 行写法有误：同一个名字写了两遍"),
        ("[a]\n[a]\n", "第 2 行写法有误：同一节 [ ] 写了两遍"),
        ("a = 1 b = 2\n", "第 1 行写法有误：一行只能写一项"),
        ("a\n", "第 1 行写法有误：名字后面要有等号"),
        ("名字 = 1\n", "中文的名字要放在英文双引号里"),
        ('a = "C:\\x"\n', "要写成 \\\\"),
        ("a = [1\n", "第 1 行（文件末尾）写法有误：方括号"),
        ("a = " + "[" * 100_000, "括号或点号套得太深"),
        ("a." * 5_000 + "a = 1", "括号或点号套得太深"),
    ],
)
def test_any_other_mistake_says_its_line_and_what_is_wrong_there(text: str, says: str) -> None:
    assert says in refusal(text)


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_anything_at_all_is_a_table_or_a_sentence(data: bytes) -> None:
    with suppress(TomlError):
        parsed(data)


def test_a_file_that_cannot_be_read_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(TomlError, match="没有这个文件"):
        read_toml(tmp_path / "none.toml")
    with pytest.raises(TomlError, match="是文件夹"):
        read_toml(tmp_path)
    large = tmp_path / "large.toml"
    large.write_text("#" * (LIMIT_KB * 1024 + 1))
    with pytest.raises(TomlError, match=f"最多 {LIMIT_KB} KB"):
        read_toml(large)
