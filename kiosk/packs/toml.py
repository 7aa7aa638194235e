"""Reading a TOML file that a person wrote: settings, texts, lists, rules, packs, rosters.

The one place where it is decided what such a file may be. UTF-8 is read, with or without the mark
that Windows editors put in front. Everything else is refused with what to do about it, for a guess
at the encoding would put wrong characters on the screen and into the journal.
"""

from __future__ import annotations

import pickle
import re
import string
import tomllib
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

Table = dict[str, Any]

LIMIT_KB = 512
_SAVE = "请用记事本打开，另存为，编码选 UTF-8"
_MARKS = ((b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"))
_MOST_TOLD = 5


class TomlError(Exception):
    """A file is not the TOML that it has to be; the message (Chinese) says where in it, and what to
    do.
    """


def read_toml(path: Path) -> Table:
    """Read a file. Raise TomlError, also when it is not there or cannot be opened."""
    try:
        size_kb = path.stat().st_size / 1024
        if size_kb > LIMIT_KB:
            raise TomlError(f"有 {size_kb:.0f} KB，最多 {LIMIT_KB} KB，请检查是不是别的文件")
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise TomlError("没有这个文件，请建立它，或改正它的名字") from error
    except IsADirectoryError as error:
        raise TomlError("是文件夹，应当是文件") from error
    except OSError as error:
        raise TomlError(f"不能读取，请检查文件的权限和存储卡（{error.strerror}）") from error
    return parsed(data)


def parsed(data: bytes) -> Table:
    """Return what the bytes of a file say. Raise TomlError."""
    try:
        table: Table = pickle.loads(_packed(data))
    except RecursionError as error:
        raise TomlError("括号或点号套得太深，不是这里要的文件") from error
    return table


@lru_cache(maxsize=64)
def _packed(data: bytes) -> bytes:
    """Return a table, packed, so that each caller has one of its own.

    A process reads the same content several times: shipped, with the factory's own, for drafts.
    Parsing a pack takes as long as all else of a start that is no import.
    """
    return pickle.dumps(_loaded(data))


def _loaded(data: bytes) -> Table:
    text = _decoded(data)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise TomlError(_mistake(text.replace("\r\n", "\n"), str(error))) from error
    except ValueError as error:  # int has a limit of its own
        raise TomlError("有一个数太长，请检查是不是别的文件") from error


def _decoded(data: bytes) -> str:
    if name := next((name for mark, name in _MARKS if data.startswith(mark)), ""):
        raise TomlError(f"是 {name} 编码，不是 UTF-8，{_SAVE}")
    if b"\0" in data:
        raise TomlError(f"不是文字，或者是没有标记的 UTF-16 编码，{_SAVE}")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TomlError(_encoding(data, error.start)) from error
    if not data.startswith(b"\xef\xbb\xbf") and _reads_as_both(text, data):
        raise TomlError(f"看不出是 UTF-8 还是 GBK 编码，{_SAVE}（带 BOM）")
    return text


def _encoding(data: bytes, at: int) -> str:
    line = data.count(b"\n", 0, at) + 1
    name = "，像是 GBK（记事本里叫 ANSI）" if _is_gbk(data) else ""
    return f"第 {line} 行起不是 UTF-8 文字{name}，{_SAVE}"


def _is_gbk(data: bytes) -> bool:
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return True


def _reads_as_both(text: str, data: bytes) -> bool:
    """Return whether a text may be GBK that happens to be sound UTF-8.

    小 in GBK is the same two bytes as a Cyrillic letter in UTF-8. Chinese in UTF-8 takes three
    bytes a character; words in GBK do not come out as three throughout.
    """
    beyond = [sign for sign in text if sign > "\x7f"]
    return bool(beyond) and all(sign < "\u0800" for sign in beyond) and _is_gbk(data)


_QUOTES = "“”„‟＂"
_SINGLE_QUOTES = "‘’‚‛＇"
_INSTEAD = {
    **{
        chr(ord(sign) + 0xFEE0): sign
        for sign in f"=[]{{}},#.:-_+{string.ascii_letters}{string.digits}"
    },
    **dict.fromkeys(_QUOTES, '"'),
    **dict.fromkeys(_SINGLE_QUOTES, "'"),
    **dict.fromkeys("【〔", "["),
    **dict.fromkeys("】〕", "]"),
    **dict.fromkeys("、", ","),
    **dict.fromkeys("。", "."),
    **dict.fromkeys("—–−", "-"),
    **dict.fromkeys("\u3000\u00a0\u2002\u2003", "空格"),
}
"""What people type with a Chinese keyboard, or paste, and what TOML has in its place."""
_NAMES = {"\u3000": "全角空格", "\u00a0": "不间断空格"}
_UNSEEN = "\ufeff\u200b\u200c\u200d\u200e\u200f\u2028\u2029"

_PIECES = re.compile(
    rf"""
      (?P<skipped> \"\"\" (?:\\.|[^\\])*? \"\"\" | '''.*?'''
          | "(?:\\.|[^"\\\n])*" | '[^'\n]*' | \#[^\n]* )
    | (?P<open> "[^\n]* | '[^\n]* )
    | (?P<quoted> [{_QUOTES}] [^{_QUOTES}"\n]* [{_QUOTES}"]
          | [{_SINGLE_QUOTES}] [^{_SINGLE_QUOTES}'\n]* [{_SINGLE_QUOTES}'] )
    | (?P<comment> ＃ [^\n]* )
    | (?P<other> [^\x00-\x7f] )
    """,
    re.VERBOSE | re.DOTALL,
)


def _mistake(text: str, told: str) -> str:
    """Return what is wrong in a text that is no TOML: the characters to replace, else the place."""
    wrong = list(dict.fromkeys(_wrong_signs(text)))
    if wrong:
        rest = f"；另外还有 {len(wrong) - _MOST_TOLD} 处" if len(wrong) > _MOST_TOLD else ""
        return "；".join(wrong[:_MOST_TOLD]) + rest
    what, line = _translated(told)
    lines = text.rstrip("\n").split("\n")
    where, shown = f"第 {line} 行", lines[line - 1].strip() if 0 < line <= len(lines) else ""
    if not line:
        where, shown = f"第 {len(lines)} 行（文件末尾）", lines[-1].strip()
    maybe = next((sign for sign in reversed(shown) if sign in _QUOTES), "")
    if maybe:
        what = f'{what}；如果 {maybe} 是用来结束文字的，要改成英文半角的 "'
    return f"{where}写法有误：{what}（{shown[:40]}）"


def _wrong_signs(text: str) -> Iterator[str]:
    for piece in _PIECES.finditer(text):
        found, at = piece.group(), piece.start()
        match piece.lastgroup:
            case "quoted":
                yield from _replace(text, at, found[0])
                yield from _replace(text, piece.end() - 1, found[-1])
            case "open":
                quotes = _QUOTES if found[0] == '"' else _SINGLE_QUOTES
                last = max(found.rfind(quote) for quote in quotes)
                yield from _replace(text, at + last, found[last]) if last >= 0 else ()
            case "comment" | "other":
                yield from _replace(text, at, found[0])


def _replace(text: str, at: int, sign: str) -> Iterator[str]:
    """Yield which character to replace, and with which; nothing where none is wrong."""
    line = text.count("\n", 0, at) + 1
    if sign in _UNSEEN:
        yield f"第 {line} 行有一个看不见的字符（U+{ord(sign):04X}），请删掉这一行重新输入"
    elif _INSTEAD.get(sign) == "空格":
        yield f"第 {line} 行的{_NAMES.get(sign, '特殊空格')}要改成普通空格"
    elif sign in _INSTEAD:
        yield f"第 {line} 行的全角符号 {sign} 要改成英文半角的 {_instead(text, at, sign)}"
    elif sign > "\x7f" and unicodedata.category(sign).startswith(("P", "S")):
        yield f"第 {line} 行的 {sign} 不能写在引号外面，请删掉它"


def _instead(text: str, at: int, sign: str) -> str:
    """Return what is meant: a colon before a value stands where TOML has an equals sign."""
    is_name = "=" not in text[text.rfind("\n", 0, at) + 1 : at].replace("＝", "=")
    return "=" if sign == "：" and is_name else _INSTEAD[sign]


_MEANINGS = (
    (
        "Invalid statement",
        "看不懂这一行；名字只能用英文字母、数字、_ 和 -，中文的名字要放在英文双引号里",
    ),
    ("Expected '=' after a key", "名字后面要有等号 ="),
    ("Invalid value", "等号后面的值写得不对；文字要放在英文双引号里"),
    ("Cannot overwrite a value", "同一个名字写了两遍，请删掉一个"),
    ("Cannot declare", "同一节 [ ] 写了两遍，请合成一节"),
    ("Cannot mutate", "同一个名字写了两遍，请删掉一个"),
    ("Cannot redefine", "同一个名字写了两遍，请删掉一个"),
    ("Duplicate inline table key", "同一个名字写了两遍，请删掉一个"),
    ("Unterminated string", "文字没有用引号结束"),
    ("Expected \"'''\"", "文字没有用引号结束"),
    ('Expected \'"""\'', "文字没有用引号结束"),
    ('Expected "\'"', "文字没有用引号结束"),
    (r"Illegal character '\n'", "文字没有用引号结束"),
    (r"Illegal character '\r'", "换行的写法不对，请用记事本重新保存"),
    ("Illegal character", "有不能用的控制字符，请删掉这一行重新输入"),
    ("Unescaped '\\' in a string", r"文字里的 \ 要写成 \\"),
    ("Invalid hex value", r"文字里的 \ 要写成 \\"),
    ("Escaped character is not a Unicode", r"文字里的 \ 要写成 \\"),
    ("Unclosed array", "方括号 [ ] 没有成对，或者缺少逗号"),
    ("Unclosed inline table", "花括号 { } 没有成对，或者缺少逗号"),
    ("Expected ']' at the end of a table", "方括号 [ ] 没有成对"),
    ("Expected ']]' at the end of an array", "双方括号 [[ ]] 没有成对"),
    ("Expected newline or end of document", "一行只能写一项，请把后面的移到下一行或删掉"),
    ("Invalid initial character for a key part", "名字的写法不对"),
    ("Invalid date or datetime", "没有这个日期或时间"),
)
"""What `tomllib` says, and what somebody who edits the file can do with it."""


def _translated(told: str) -> tuple[str, int]:
    """Return what `tomllib` says in words for people, and the line; 0 for the end of the file."""
    place = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)$", told)
    what = told[: place.start()] if place else told
    meaning = next((words for start, words in _MEANINGS if what.startswith(start)), what)
    return meaning, int(place[1] or 0) if place else 0
