"""Writing figures, units and signs out in Hanzi, as a person would read them aloud.

espeak-ng 1.51 loses the decimal point (35.5 becomes 三十五 五), reads 2025年 as a quantity and 50%
half in English, so it is never given a figure. Input is text as `devices.voice.text.normalise`
leaves it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

DIGITS = "零一二三四五六七八九"
UNITS = {
    "mm": "毫米", "cm": "厘米", "m": "米", "km": "千米", "m2": "平方米", "m3": "立方米", "L": "升",
    "mL": "毫升",
    "m/s": "米每秒", "km/h": "千米每小时", "r/min": "转每分", "mg/m3": "毫克每立方米",
    "L/min": "升每分",
    "g": "克", "mg": "毫克", "kg": "千克", "t": "吨", "N": "牛", "kN": "千牛", "Pa": "帕",
    "kPa": "千帕", "MPa": "兆帕",
    "V": "伏", "mV": "毫伏", "kV": "千伏", "A": "安", "mA": "毫安", "W": "瓦", "kW": "千瓦",
    "kWh": "千瓦时",
    "Ω": "欧", "kΩ": "千欧", "MΩ": "兆欧", "Hz": "赫兹", "kHz": "千赫", "°C": "摄氏度", "°": "度",
    "dB": "分贝", "lx": "勒克斯",
    "s": "秒", "min": "分钟", "h": "小时", "d": "天",
}  # fmt: skip
"""SI symbols (GB 3100) as they are read aloud; `°C` is what NFKC makes of ℃."""

COUNTED = (
    "个 人 名 位 台 只 条 根 块 片 把 件 套 瓶 张 次 遍 圈 步 处 份 项 种 侧 端 "
    "分钟 秒 小时 天 年 米 吨"
)
"""What follows 两 and not 二 when there are exactly two of it."""

SIGNS = {"≥": "大于等于", "≤": "小于等于", ">": "大于", "<": "小于", "≈": "约", "±": "正负",
         "×": "乘", "÷": "除以", "=": "等于", "+": "加"}  # fmt: skip

_NUMBER = r"\d+(?:\.\d+)*"
_UNIT = "|".join(re.escape(unit) for unit in sorted(UNITS, key=len, reverse=True))
_COUNTED = "|".join(COUNTED.split())
_CALL = r"(?:拨打|拨|呼叫|电话|热线|报警)[^\S\n]*:?[^\S\n]*"
_EMERGENCY = r"(?<![\d.])1(?:10|19|20|22)"


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


def _date(found: re.Match[str]) -> str:
    year, month, day = found.groups()
    return f"{by_digit(year)}年{cardinal(int(month))}月{cardinal(int(day))}日"


def _clock(found: re.Match[str]) -> str:
    hour, minute = found.groups()
    return f"{cardinal(int(hour))}点" + ("整" if minute == "00" else f"{quantity(minute)}分")


def _percent(found: re.Match[str]) -> str:
    low, high = found.groups()
    return "百分之" + (f"{quantity(low)}到" if low else "") + quantity(high)


def _measured(found: re.Match[str]) -> str:
    figure, unit = found.groups()
    return ("两" if figure == "2" else quantity(figure)) + UNITS[unit]


Rule = tuple[str, Callable[[re.Match[str]], str]]
RULES: tuple[Rule, ...] = (
    (r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)", _date),
    (r"(?<!\d)\d{4}(?=\s*年)", lambda m: by_digit(m[0])),
    (
        rf"([A-Z]+(?:/[A-Z])?)\s?({_NUMBER})-(\d{{4}})(?!\d)",
        lambda m: f"{m[1]} {by_digit(m[2])},{by_digit(m[3])}",
    ),
    (r"(?<![\d:])([01]?\d|2[0-4]):([0-5]\d)(?![\d:])", _clock),
    (
        rf"(?<![\d:])({_NUMBER}):({_NUMBER})(?![\d:])",
        lambda m: f"{quantity(m[1])}比{quantity(m[2])}",
    ),
    (
        r"(?<!\d)(0\d{2,3})-(\d{7,8})(?!\d)",
        lambda m: f"{by_digit(m[1], '幺')},{by_digit(m[2], '幺')}",
    ),
    (
        rf"({_CALL})(\d{{3,12}})(?!\d|[^\S\n]*(?:{_UNIT})(?![A-Za-z]))",
        lambda m: m[1] + by_digit(m[2], "幺"),
    ),
    (r"(?<!\d)1[3-9]\d{9}(?!\d)", lambda m: by_digit(m[0], "幺")),
    # The emergency numbers standing alone (“断电，120。”), but not “打 120 个孔”.
    (rf"{_EMERGENCY}(?=\s*(?:$|[,、。;!]|急救|火警|报警|电话))", lambda m: by_digit(m[0], "幺")),
    (rf"(?<=打){_EMERGENCY}(?!\d|\s*(?:{_COUNTED}|{_UNIT}))", lambda m: by_digit(m[0], "幺")),
    (rf"(?<![\w-])({_NUMBER})(\s*(?:{_UNIT}|%)?)\s*[-~–—−]\s*(?=\d)", lambda m: f"{m[1]}{m[2]}到"),
    (r"(?<![\w)])[-−](?=\d)", lambda _: "负"),
    (r"[≥≤≈±×÷=+]|[<>](?=\s*\d)", lambda m: SIGNS[m[0]]),
    (rf"(?:({_NUMBER})到)?({_NUMBER})\s*%", _percent),
    (rf"({_NUMBER})[^\S\n]*({_UNIT})(?![A-Za-z])", _measured),
    (r"(\d+)/(\d+)", lambda m: f"{quantity(m[2])}分之{quantity(m[1])}"),
    (r"(\d+)#", lambda m: f"{quantity(m[1])}号"),
    (rf"(?<![\d.第])2(?=\s*(?:{_COUNTED}))", lambda _: "两"),
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
