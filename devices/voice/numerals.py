"""Writing figures, units and signs out in Hanzi, as a person would read them aloud.

espeak-ng 1.51 loses the decimal point (35.5 becomes 三十五 五), reads 2025年 as a quantity and 50%
half in English, so it is never given a figure. Input is text as `devices.voice.text.normalise`
leaves it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from devices.voice.units import LONE_UNIT, UNIT, read

DIGITS = "零一二三四五六七八九"
COUNTED = (
    "个 人 名 位 台 只 条 根 块 片 把 件 套 瓶 张 次 遍 圈 步 处 份 项 种 侧 端 "
    "分钟 秒 小时 天 年 米 吨"
)
"""What follows 两 and not 二 when there are exactly two of it."""

SIGNS = {">=": "大于等于", "<=": "小于等于", "≥": "大于等于", "≤": "小于等于", "≧": "大于等于",
         "≦": "小于等于", "⩾": "大于等于", "⩽": "小于等于", "≯": "不大于", "≮": "不小于",
         ">": "大于", "<": "小于", "≈": "约", "≠": "不等于", "±": "正负", "×": "乘",
         "÷": "除以", "=": "等于", "+": "加"}  # fmt: skip

_NUMBER = r"\d+(?:\.\d+)*"
_COUNTED = "|".join(COUNTED.split())
_WRITTEN = "厘米|毫米|公里|公斤|千克|克|升|度|摄氏度|兆帕|千帕|伏|瓦|元"
_MEASURE = f"(?:{UNIT}|%|‰|{_COUNTED}|{_WRITTEN}|月|日|号|点|时|分|周|岁|倍|级|层|安|转)"
_DASH = r"(?:——|[-~‐‑‒–—―−〜∼─])"
_AFTER_LATIN = r"(?<![A-Za-z0-9_.])"
"""Not inside a name such as A-3. `\\w` would not do: it takes Hanzi for letters."""
_SIGNED = r"[-+−±]?\d"
_CALL = r"(?:拨打|拨|呼叫|电话|热线|报警)[^\S\n]*:?[^\S\n]*"
_DIALLED = r"1(?:10|19|20|22)"
_EMERGENCY = rf"(?<![\d.]){_DIALLED}"
_LISTED = r"\s*[/、,和或与及\s]\s*"
_NOT_COUNTED = rf"(?!\d|\.\d|\s*(?!处理|位置)(?:{_COUNTED}|{_WRITTEN}|{UNIT}))"
_STANDARD = "GB|GBZ|AQ|JB|TSG|ISO|IEC|DB|HG|YB|SY|XF|GA|JGJ|CJJ|DL"


def by_digit(figure: str, one: str = "一") -> str:
    """Read a figure digit by digit, with `one` for 1 (幺 in telephone numbers) and 点 for each
    point.
    """
    return "".join(
        "点" if char == "." else one if char == "1" else DIGITS[int(char)] for char in figure
    )


def cardinal(number: int) -> str:
    """Read a whole number below 10¹² as a quantity: 20305 is 两万零三百零五."""
    words = ""
    for size, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        group, number = divmod(number, size)
        if group:
            words += ("零" if words and group < 1000 else "") + _below_ten_thousand(group) + name
    words = words or "零"
    return re.sub("^一十", "十", re.sub("^二(?=[千万亿])", "两", words))


def _below_ten_thousand(number: int) -> str:
    words, gap = "", ""
    for size, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, size)
        if digit:
            words += gap + DIGITS[digit] + name
        gap = "零" if words and not digit else ""
    return words


def quantity(figure: str) -> str:
    """Read a figure such as 35.5; one with leading zeros or nine digits and more is a code, read
    digit by digit.
    """
    whole, point, rest = figure.partition(".")
    code = len(whole) > 8 or (whole[0] == "0" and len(whole) > 1)
    return (by_digit(whole) if code else cardinal(int(whole))) + by_digit(point + rest)


def _dialled(found: re.Match[str]) -> str:
    return re.sub(r"\d+", lambda m: by_digit(m[0], "幺"), found[0])


def _date(found: re.Match[str]) -> str:
    year, month, day = found.groups()
    return f"{by_digit(year)}年{cardinal(int(month))}月" + (
        f"{cardinal(int(day))}日" if day else ""
    )


def _clock(found: re.Match[str]) -> str:
    hour, minute, second = found.groups()
    on_the_hour = minute == "00" and not second
    words = f"{cardinal(int(hour))}点" + ("整" if on_the_hour else f"{quantity(minute)}分")
    return words + (f"{quantity(second)}秒" if second else "")


def _share(found: re.Match[str]) -> str:
    low, sign, high, of = found.groups()
    words = {"%": "百分之", "‰": "千分之"}[of]
    return words + (f"{quantity(low)}到" if low else "") + (sign or "") + quantity(high)


def _measured(found: re.Match[str]) -> str:
    sign, figure, unit = found.groups()
    counted = figure == "2" and sign not in ("负", "正负", "乘")
    return (sign or "") + ("两" if counted else quantity(figure)) + read(unit)


def _of_name(found: re.Match[str]) -> str:
    """Read the figure of a name: CO2 and M12 as numbers, Q235 and IP65 digit by digit."""
    letters, figure = found.groups()
    number = letters in ("DN", "PN") or (len(figure) < 3 and letters != "IP")
    return letters + (cardinal(int(figure)) if number and figure[0] != "0" else by_digit(figure))


def _slashed(found: re.Match[str]) -> str:
    """Read 3/4 as a fraction, and 10/3.2 t or 220/380 V as two figures."""
    over, under, unit = found.groups()
    if not unit and over.isdigit() and under.isdigit() and int(over) < int(under) <= 100:
        return f"{quantity(under)}分之{quantity(over)}"
    return f"{over},{under}{unit or ''}"


Rule = tuple[str, Callable[[re.Match[str]], str]]
RULES: tuple[Rule, ...] = (
    (
        rf"(?<!\d)(\d{{1,2}}:\d\d)\s*{_DASH}\s*(?=\d{{1,2}}:\d\d)",
        lambda m: f"{m[1]}到",
    ),
    (r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)", _date),
    (r"(?<![\dA-Za-z.])((?:19|20)\d\d)-(0[1-9]|1[0-2])()(?!\d)", _date),
    (
        rf"(?<!\d)(\d{{4}})(\s*年?\s*{_DASH}\s*)(\d{{4}})(?=\s*年)",
        lambda m: f"{by_digit(m[1])}{'年' if '年' in m[2] else ''}到{by_digit(m[3])}",
    ),
    (r"(?<!\d)\d{4}(?=\s*年)", lambda m: by_digit(m[0])),
    (
        rf"([A-Z]+(?:/[A-Z])?)\s?({_NUMBER})-(\d{{4}})(?!\d)",
        lambda m: f"{m[1]} {by_digit(m[2])},{by_digit(m[3])}",
    ),
    (
        rf"(?<![A-Za-z])((?:{_STANDARD})(?:/[A-Z])?)\s?(\d{{2,}}(?:\.\d+)?)(?!\d)",
        lambda m: f"{m[1]} {by_digit(m[2])}",
    ),
    (r"(?<![\d:])([01]?\d|2[0-4]):([0-5]\d)(?::([0-5]\d))?(?![\d:])", _clock),
    (
        rf"(?<![\d:])({_NUMBER})[:∶]({_NUMBER})(?![\d:])",
        lambda m: f"{quantity(m[1])}比{quantity(m[2])}",
    ),
    (
        r"(?<!\d)(0\d{2,3}|[48]00)-(\d{3,8}(?:-\d{3,4})?)(?!\d)",
        lambda m: f"{by_digit(m[1], '幺')},{by_digit(m[2].replace('-', ''), '幺')}",
    ),
    (
        rf"({_CALL})(\d{{3,12}})(?!\d|[^\S\n]*{UNIT})",
        lambda m: m[1] + by_digit(m[2], "幺"),
    ),
    (r"(?<!\d)1[3-9]\d{9}(?!\d)", _dialled),
    # The emergency numbers standing alone (“断电，120。”), but not “打 120 个孔”; 12350 anywhere.
    (rf"{_EMERGENCY}(?:{_LISTED}{_DIALLED})+{_NOT_COUNTED}", _dialled),
    (rf"{_EMERGENCY}(?=\s*(?:$|[,、。;!)]|急救|火警|报警|电话))", _dialled),
    (rf"(?<=打){_EMERGENCY}{_NOT_COUNTED}", _dialled),
    (rf"(?<![\dA-Za-z.])(?:123(?!00)\d\d|95598){_NOT_COUNTED}", _dialled),
    (
        r"(?<![A-Za-z0-9.-])\d+(?:-\d+){2,}(?![\d.])",
        lambda m: "杠".join(quantity(part) for part in m[0].split("-")),
    ),
    (
        rf"{_AFTER_LATIN}({_NUMBER})(\s*{_MEASURE})?\s*{_DASH}\s*(?={_SIGNED})",
        lambda m: f"{m[1]}{m[2] or ''}到",
    ),
    # “低于-10℃” is below zero; “图-3” and “锅炉-01” are names.
    (r"(?<![A-Za-z0-9_)\]%图表件号栋楼区])(?<!\d\s)[-−–](?=\d)(?!-?0\d)", lambda _: "负"),
    (r"(?<![\w)\]])~\s*(?=\d)", lambda _: "约"),
    (r"(?<=[A-Za-z0-9])-(?=[A-Za-z])|(?<=[A-Za-z])-(?=\d)", lambda _: " "),
    (r"[Φφ⌀∅Øø]\s?(?=\d)", lambda _: "直径"),
    (r"(?<![A-Za-z])[Nn][Oo]\.?\s?(\d+)", lambda m: f"{quantity(m[1])}号"),
    (r"(?<=\d)\s*[*xX✕]\s*(?=\d)", lambda _: "乘"),
    (r"(?<![A-Za-z0-9_)\s])\+(?=\d)", lambda _: "正"),
    (r"[<>]=|[≥≤≧≦⩾⩽≯≮≈≠±×÷=+]|[<>](?=\s*\d)", lambda m: SIGNS[m[0]]),
    (
        rf"(?<![\d.])({_NUMBER})/({_NUMBER})(?![\d./])(\s*{UNIT})?",
        _slashed,
    ),
    (r"(\d+)\u2044(\d+)", lambda m: f"{quantity(m[2])}分之{quantity(m[1])}"),
    (rf"(?:({_NUMBER})到)?(负|正负)?({_NUMBER})\s*([%‰])", _share),
    (rf"(?<![A-Za-z\d.])(负|正负|乘)?({_NUMBER})[^\S\n]*({UNIT})", _measured),
    (LONE_UNIT, lambda m: read(m[0])),
    (r"(\d+)#", lambda m: f"{quantity(m[1])}号"),
    (r"([A-Za-z]+)(\d+)(?![\d.])", _of_name),
    (rf"(?<![A-Za-z\d.第])2(?=\s*(?:{_COUNTED}))", lambda _: "两"),
    (_NUMBER, lambda m: quantity(m[0])),
)
"""Applied one after the other; an earlier rule takes the figures it knows more about from the later
ones.
"""


def in_words(text: str) -> str:
    """Write every figure, unit and sign of a text in Hanzi; Latin letters that are no unit stay."""
    for pattern, words in RULES:
        text = re.sub(pattern, words, text)
    return text
