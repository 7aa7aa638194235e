"""Every character of the shipped content that has more than one reading, as it is read there.

`heteronyms.txt` is this list after it was read through. When a sentence brings a new line, the test
prints it: read it, correct `devices.voice.words` when it is wrong, then write the list again with
`python -m tests.unit.packs.heteronyms`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from devices.voice.text import sounded
from devices.voice.words import readings

CONFIG = Path(__file__).parents[3] / "config"
CHECKED = Path(__file__).with_name("heteronyms.txt")
HETERONYMS = frozenset(
    "与丧个中为乘了什仔任会传伺似佛作供便倒假兴冒冲几分切划创刨别刹削剥劲勒匙区单卜占卡卷压参"
    "叉发只叭叶号吁同吐吓吗呛咀和咖咳咽哄哪喝喷嚼圈圩地场坊埋埔堡塔塞壳处大头夹奇奔好子宁宿将"
    "少尺尽尾屏峙巷帖幢干广应度弄弦弹强当得忒恶悬扁扎扒打扫把折抹担拓拗拧择拽拾挑挟挣挨掺提搂"
    "撇撒撩擂攒教散数斗旋晃晕暴曝曲更曾服朝朴杆杈杉查栅校核梗棱槛模横正殷氏汤沉没泊泌泡泥洗济"
    "涌涨淋混溃溅漂漯澄炅炔炮炸煞熏熬爪片牟率瓦畜番疟的监盖盘盛相省看眩眯着矜石碌磅磨禁禅种秘"
    "秤称稍空笼答粘粥糊糜系累纤纶结给绰绿缝缩缪缴翘翟耙肖肚背胖脉脏膀膊臂臊臭舍色艾节芥茄荷莎"
    "菌落葛蒙蔓薄虹蛤血行衰要覃见觉角解论识说读调豁趟踏蹊蹬车轧转轴载辗辟过还迫迹通遂道遗那邪"
    "都采里重量钉钥钻铅铛铣铰铺镐长间闷降难露靓鞘顷颈颤骨鲜龟"
)
"""Characters of several readings in 现代汉语词典, without 一 and 不: their tone turns by rule."""
_SILENT = frozenset({"id", "basis", "photo", "sign", "family", "phone", "same_as", "provenance"})
_WIDTH = 2


def sentences() -> set[str]:
    """Return all that the door may speak: of the packs, of the lists, of the screen's own words."""
    files = [
        *(CONFIG / "packs").rglob("*.toml"),
        *(CONFIG / "lists").glob("*.toml"),
        CONFIG / "texts/zh.toml",
    ]
    return {text for file in files for text in _texts(tomllib.loads(file.read_text("utf-8")))}


def _texts(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield re.sub(r"\{\w*\}", "，", value)
        case dict():
            for key, inner in value.items():
                if key not in _SILENT:
                    yield from _texts(inner)
        case list():
            for inner in value:
                yield from _texts(inner)


def found() -> list[str]:
    """Return the list as it is now: character, reading and what stands around it."""
    built_in = readings({})
    return sorted({line for text in sentences() for line in _read(text, built_in)})


def _read(text: str, built_in: dict[str, list[str]]) -> Iterator[str]:
    said = sounded(text, built_in)
    hanzi = "".join(each.written if re.match("[一-鿿]", each.written) else " " for each in said)
    for at, char in enumerate(hanzi):
        if char in HETERONYMS:
            before = hanzi[max(0, at - _WIDTH) : at].rpartition(" ")[2]
            after = hanzi[at + 1 : at + 1 + _WIDTH].partition(" ")[0]
            yield f"{char} {said[at].sound} {before}[{char}]{after}"


def main() -> None:
    """Write the list; who runs this has read what is new in it."""
    CHECKED.write_text("".join(f"{line}\n" for line in found()), "utf-8")


if __name__ == "__main__":
    main()
