"""Readings that the general dictionary gets wrong or leaves open, in the trade's own words.

Every line was heard wrong first: pypinyin 0.55 reads 乙炔 as yi3 gui4 and 卡料 as ka3 liao4. A site adds its own words in the
configuration; a word there wins over one here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from devices import SettingsError

_TABLE = """
一备三查 yi2 bei4 san1 cha2 / 乙炔 yi3 que1 / 重新 chong2 xin1 / 班长 ban1 zhang3 / 线长 xian4 zhang3
卡料 qia3 liao4 / 卡住 qia3 zhu4 / 卡阻 qia3 zu3 / 卡死 qia3 si3 / 卡滞 qia3 zhi4 / 卡盘 qia3 pan2 / 卡涩 qia3 se4
系安全带 ji4 an1 quan2 dai4 / 系牢 ji4 lao2 / 系好 ji4 hao3 / 系挂 ji4 gua4 / 系紧 ji4 jin3 / 未系 wei4 ji4
调模 tiao2 mu2 / 装模 zhuang1 mu2 / 拆模 chai1 mu2 / 换模 huan4 mu2 / 试模 shi4 mu2 / 上模 shang4 mu2 / 下模 xia4 mu2
冲模 chong4 mu2 / 冲头 chong4 tou2 / 冲孔 chong4 kong3 / 连冲 lian2 chong4 / 轧伤 ya4 shang1 / 刨床 bao4 chuang2
盛装 cheng2 zhuang1 / 出血 chu1 xue4 / 流血 liu2 xue4 / 弹出 tan2 chu1 / 落下 luo4 xia4 / 拽 zhuai4 / 挑开 tiao3 kai1
干砂 gan1 sha1 / 盘发 pan2 fa4 / 束发 shu4 fa4 / 数一数 shu3 yi5 shu3 / 慢慢地 man4 man4 de5 / 硬拉 ying4 la1
"""
_HANZI = re.compile("[㐀-䶿一-鿿〇]+")
_SYLLABLE = re.compile(r"[a-zü]+[1-5]")

Readings = Mapping[str, Sequence[str]]
"""A word in Hanzi → its pinyin, one syllable a character, tone 1 to 5 as a digit."""


def _built_in() -> dict[str, list[str]]:
    entries = (entry.split() for entry in _TABLE.replace("\n", " / ").split(" / ") if entry.strip())
    return {word: syllables for word, *syllables in entries}


def readings(site: Readings) -> dict[str, list[str]]:
    """Join the site's words to the built-in ones.

    Raises SettingsError for a word that is not all Hanzi, or has not one toned syllable for each character.
    """
    for word, syllables in site.items():
        if not _HANZI.fullmatch(word):
            raise SettingsError(f"[voice] dictionary.{word}: expected a word of Chinese characters")
        if len(word) != len(syllables) or not all(map(_SYLLABLE.fullmatch, syllables)):
            raise SettingsError(
                f"[voice] dictionary.{word}: expected {len(word)} pinyin syllables with tones 1 to 5,"
                f" such as yi3 que1, got {list(syllables)}"
            )
    return _built_in() | {word: list(syllables) for word, syllables in site.items()}


def occurring(text: str, among: Readings) -> dict[str, list[str]]:
    """Give the readings that matter for a text, so that a new word renders only the sentences it occurs in again."""
    return {word: list(syllables) for word, syllables in sorted(among.items()) if word in text}
