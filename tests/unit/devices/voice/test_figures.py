"""Figures as people write them into a sentence, mostly straight behind a character: signs, ranges,
units, formulae, names and numbers to dial.
"""

from __future__ import annotations

import pytest

from devices.voice.numerals import in_words
from devices.voice.text import normalise


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("不低于-10℃", "不低于负十摄氏度"),
        ("不低于−10℃", "不低于负十摄氏度"),
        ("不低于－10℃", "不低于负十摄氏度"),
        ("不低于–10℃", "不低于负十摄氏度"),
        ("-18℃冷库", "负十八摄氏度冷库"),
        ("冷库（-18℃）", "冷库(负十八摄氏度)"),
        ("温度：-2℃", "温度:负二摄氏度"),
        ("夜里-20℃~-5℃", "夜里负二十摄氏度到负五摄氏度"),
        ("用于-20~40℃", "用于负二十到四十摄氏度"),
        ("间隙-0.5mm", "间隙负零点五毫米"),
        ("见图-3", "见图-三"),
        ("锅炉-01", "锅炉-零一"),
    ],
)
def test_a_minus_behind_a_character_is_heard(written: str, read: str) -> None:
    assert in_words(normalise(written)) == read


@pytest.mark.parametrize("dash", ["-", "–", "—", "~", "～", "〜", "−", "－", "─", " - ", "——"])
def test_every_dash_between_figures_is_a_range(dash: str) -> None:
    assert in_words(normalise(f"间隔10{dash}15分钟")) == "间隔十到十五分钟"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("间隔10至15分钟", "间隔十至十五分钟"),
        ("间隔10分钟-15分钟", "间隔十分钟到十五分钟"),
        ("电压220V~380V", "电压二百二十伏到三百八十伏"),
        ("氧含量19.5%～23.5%", "氧含量百分之十九点五到百分之二十三点五"),
        ("氧含量19.5~23.5%VOL", "氧含量百分之十九点五到二十三点五VOL"),
        ("5月1日-5月3日", "五月一日到五月三日"),
        ("1-2米", "一到两米"),
        ("第3-5条", "第三到五条"),
        ("上班8:00-17:30", "上班八点整到十七点三十分"),
        ("2026-2028年", "二零二六到二零二八年"),
        ("2025年-2026年", "二零二五年到二零二六年"),
        ("编号3-1-2", "编号三杠一杠二"),
    ],
)
def test_ranges_behind_a_character_are_ranges(written: str, read: str) -> None:
    assert in_words(normalise(written)) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2.5mm²", "二点五平方毫米"),
        ("16mm2", "十六平方毫米"),
        ("30m²", "三十平方米"),
        ("6m³", "六立方米"),
        ("50cm²", "五十平方厘米"),
        ("25N·m", "二十五牛米"),
        ("25N⋅m", "二十五牛米"),
        ("20g/m³", "二十克每立方米"),
        ("8mg/m³", "八毫克每立方米"),
        ("5μg/m³", "五微克每立方米"),
        ("25ppm", "二十五ppm"),
        ("10%LEL", "百分之十LEL"),
        ("85dB(A)", "八十五分贝"),
        ("85dB（A）", "八十五分贝"),
        ("300lx", "三百勒克斯"),
        ("50μm", "五十微米"),
        ("60A·h", "六十安时"),
        ("60Ah", "六十安时"),
        ("3kW·h", "三千瓦时"),
        ("3kWh", "三千瓦时"),
        ("30mA", "三十毫安"),
        ("10kV", "十千伏"),
        ("36V", "三十六伏"),
        ("2V", "两伏"),
        ("7.5kW", "七点五千瓦"),
        ("60W", "六十瓦"),
        ("0.8MPa", "零点八兆帕"),
        ("0.8Mpa", "零点八兆帕"),
        ("50kPa", "五十千帕"),
        ("4Ω", "四欧"),
        ("0.5MΩ", "零点五兆欧"),
        ("9.8m/s²", "九点八米每二次方秒"),
        ("1.5m/s", "一点五米每秒"),
        ("5km/h", "五千米每小时"),
        ("200kg/h", "二百千克每小时"),
        ("4t/h", "四吨每小时"),
        ("2900r/min", "两千九百转每分"),
        ("2900rpm", "两千九百转每分"),
        ("5L/min", "五升每分"),
        ("6m³/min", "六立方米每分"),
        ("7.8g/cm³", "七点八克每立方厘米"),
        ("400N/mm²", "四百牛每平方毫米"),
        ("50KG", "五十千克"),
        ("12MM", "十二毫米"),
        ("120°", "一百二十度"),
        ("220°C", "二百二十摄氏度"),
        ("50Hz", "五十赫兹"),
        ("100kVA", "一百千伏安"),
        ("５０％", "百分之五十"),
        ("3‰", "千分之三"),
        ("３．５ｍ", "三点五米"),
        ("1,200kg", "一千二百千克"),
        ("1,250,000元", "一百二十五万元"),
        ("±5℃", "正负五摄氏度"),
        ("±2%", "百分之正负二"),
        ("20±2mm", "二十正负二毫米"),
        ("4×25mm²", "四乘二十五平方毫米"),
        ("3*2.5mm²", "三乘二点五平方毫米"),
        ("≥2m", "大于等于两米"),
        (">=2m", "大于等于两米"),
        ("1/2", "二分之一"),
        ("½", "二分之一"),
        ("1½小时", "一又二分之一小时"),
        ("10²", "十的二次方"),
        ("220/380V", "二百二十,三百八十伏"),
        ("10/3.2t", "十,三点二吨"),
    ],
)
def test_a_figure_with_its_unit_behind_a_character(written: str, read: str) -> None:
    assert in_words(normalise(f"不超过{written}")) == f"不超过{read}"
    assert in_words(normalise(f"规定{written}，先停")) == f"规定{read},先停"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("CO2瓶", "CO二瓶"),
        ("关CO₂瓶阀", "关CO二瓶阀"),
        ("H₂S不超过10mg/m³", "H二S不超过十毫克每立方米"),
        ("单位mg/m³", "单位毫克每立方米"),
        ("L-CNG站", "L CNG站"),
        ("按E-stop", "按E stop"),
        ("Q235钢板", "Q二三五钢板"),
        ("M12螺栓", "M十二螺栓"),
        ("DN150管", "DN一百五十管"),
        ("IP65灯", "IP六五灯"),
        ("Φ6钢丝绳", "直径六钢丝绳"),
        ("钻φ8.5mm孔", "钻直径八点五毫米孔"),
        ("No.3炉", "三号炉"),
        ("2#炉", "二号炉"),
        ("GBZ 2.1-2019", "GBZ 二点一,二零一九"),
        ("GB 39800.10-2025", "GB 三九八零零点一零,二零二五"),
        ("ISO 45001", "ISO 四五零零一"),
        ("5S检查", "五S检查"),
    ],
)
def test_formulae_and_names(written: str, read: str) -> None:
    assert in_words(normalise(written)) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("打119、120", "打幺幺九、幺二零"),
        ("119 120", "幺幺九 幺二零"),
        ("打119和120", "打幺幺九和幺二零"),
        ("119,120", "幺幺九,幺二零"),
        ("110/119/120", "幺幺零/幺幺九/幺二零"),
        ("打120处理", "打幺二零处理"),
        ("车祸打122", "车祸打幺二二"),
        ("举报12350", "举报幺二三五零"),
        ("12345热线", "幺二三四五热线"),
        ("12350千克", "一万二千三百五十千克"),
        ("400-123-4567", "四零零,幺二三四五六七"),
        ("压力110kPa、120kPa", "压力一百一十千帕、一百二十千帕"),
    ],
)
def test_numbers_to_dial(written: str, read: str) -> None:
    assert in_words(normalise(written)) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("早上8:30", "早上八点三十分"),
        ("16：00下班", "十六点整下班"),
        ("8:30:15", "八点三十分十五秒"),
        ("自2026-05-01起", "自二零二六年五月一日起"),
        ("自2026/5/1起", "自二零二六年五月一日起"),
        ("自2026-05起", "自二零二六年五月起"),
        ("5月1日", "五月一日"),
        ("24h", "二十四小时"),
    ],
)
def test_days_and_times(written: str, read: str) -> None:
    assert in_words(normalise(written)) == read
