"""Symbols of units, alone and composed, and how they are read aloud: kg/m³ is 千克每立方米.

Input is text as `devices.voice.text.normalise` leaves it: ℃ has become °C, m² has become m2.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_NAMES = {
    "nm": "纳米", "μm": "微米", "mm": "毫米", "cm": "厘米", "dm": "分米", "m": "米", "km": "千米",
    "μg": "微克", "mg": "毫克", "g": "克", "kg": "千克", "t": "吨", "mol": "摩尔",
    "μL": "微升", "mL": "毫升", "L": "升", "l": "升", "ha": "公顷",
    "N": "牛", "kN": "千牛", "MN": "兆牛", "Pa": "帕", "hPa": "百帕", "kPa": "千帕", "MPa": "兆帕",
    "GPa": "吉帕", "bar": "巴", "mbar": "毫巴", "J": "焦", "kJ": "千焦", "MJ": "兆焦",
    "cal": "卡", "kcal": "千卡", "mW": "毫瓦", "W": "瓦", "kW": "千瓦", "MW": "兆瓦",
    "Wh": "瓦时", "kWh": "千瓦时", "MWh": "兆瓦时", "VA": "伏安", "kVA": "千伏安", "kvar": "千乏",
    "mV": "毫伏", "V": "伏", "kV": "千伏", "μA": "微安", "mA": "毫安", "A": "安", "kA": "千安",
    "Ah": "安时", "mAh": "毫安时", "Ω": "欧", "mΩ": "毫欧", "kΩ": "千欧", "MΩ": "兆欧",
    "μF": "微法", "T": "特", "mT": "毫特",
    "Hz": "赫兹", "kHz": "千赫", "MHz": "兆赫", "GHz": "吉赫", "rpm": "转每分", "r": "转",
    "°C": "摄氏度", "°F": "华氏度", "°": "度", "K": "开",
    "dB(A)": "分贝", "dBA": "分贝", "dB": "分贝", "lx": "勒克斯", "lm": "流明", "cd": "坎",
    "μs": "微秒", "ms": "毫秒", "s": "秒", "min": "分钟", "h": "小时", "d": "天",
}  # fmt: skip
"""Symbols of GB 3100 and others that a workshop uses."""

_ANY_CASE = ("kg", "mm", "cm", "km", "kw", "kwh", "kva", "mpa", "kpa", "kv", "ml", "kn", "hz",
             "rpm", "min", "db")  # fmt: skip
"""What people write KG, Mpa, KW, and mean nothing else by."""
_IN_LOWER = {name.lower(): name for name in _NAMES if name.lower() in _ANY_CASE}
_POWERS = {"m2": "平方", "m3": "立方"}
_SHORT = {"min": "分", "h": "时"}


def _either(symbols: Iterable[str]) -> str:
    return "|".join(re.escape(symbol) for symbol in sorted(symbols, key=len, reverse=True))


_FACTOR = rf"(?:[kcdmnμ]?m[23]|s2|{_either(_NAMES)}|(?i:{_either(_ANY_CASE)})|(?<=/)[人次班])"
_COMPOSED = rf"{_FACTOR}(?:[·.]{_FACTOR})*(?:/{_FACTOR}(?:·{_FACTOR})*)?"
UNIT = rf"(?:{_COMPOSED})(?![A-Za-z])"
"""A unit behind a figure."""
LONE_UNIT = (
    rf"(?<![A-Za-z0-9])(?:{_FACTOR}/{_FACTOR}|[kcdmn]?m[23](?:/{_FACTOR})?|kW·?h|N·m|°[CF])"
    "(?![A-Za-z0-9/])"
)
"""What is plainly a unit with no figure before it: 单位 mg/m³."""


def read(unit: str) -> str:
    """Return how a unit is read aloud."""
    over, _, under = unit.partition("/")
    first, *others = re.split("[·.]", over)
    words = _name(first) + "".join(_SHORT.get(other) or _name(other) for other in others)
    return words + (f"每{''.join(map(_below, under.split('·')))}" if under else "")


def _below(factor: str) -> str:
    return {"min": "分", "s2": "二次方秒"}.get(factor) or _name(factor)


def _name(factor: str) -> str:
    if factor[-2:] in _POWERS:
        return _POWERS[factor[-2:]] + _NAMES[factor[:-1]]
    return _NAMES.get(factor) or _NAMES.get(_IN_LOWER.get(factor.lower(), ""), factor)
