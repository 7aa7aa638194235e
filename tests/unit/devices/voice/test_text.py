"""How sentences become pinyin, and that espeak-ng then says what a person would."""

import re
import subprocess

import pytest

from devices import SettingsError
from devices.voice.text import normalise, pinyin
from devices.voice.words import occurring, readings

BUILT_IN = readings({})


def phonemes(text: str) -> str:
    command = ["espeak-ng", "-v", "cmn-latn-pinyin", "-x", "-q"]
    return subprocess.run(
        command, input=text, text=True, capture_output=True, check=True
    ).stdout.strip()


def unparted(said: str) -> str:
    """Return phonemes without stress and word ends: espeak-ng 1.52 joins numerals it knows."""
    return re.sub(r"['_| ]", "", said)


@pytest.mark.parametrize(
    ("word", "homophone"),
    [
        ("班长", "班掌"),
        ("重新", "虫新"),
        ("调整", "条整"),
        ("应答", "映达"),
        ("冲压", "铳压"),
        ("系好", "寄好"),
        ("处理", "除理"),
        ("着装", "浊装"),
        ("钻床", "攥床"),
        ("量具", "粮具"),
        ("校验", "叫验"),
        ("长发", "常珐"),
        ("得分", "德分"),
        ("乙炔", "乙缺"),
        ("出血", "出谑"),
        ("35.5", "三十五点五"),
        ("50%", "百分之五十"),
        ("2025年", "二零二五年"),
        ("PPE", "pi4 pi4 yi4"),
    ],
)
def test_trap_words_sound_like_their_unambiguous_homophones(word: str, homophone: str) -> None:
    assert unparted(phonemes(pinyin(word, BUILT_IN))) == unparted(phonemes(homophone))


def test_a_sentence_of_traps_contains_no_english() -> None:
    spoken = pinyin("班长重新调整模具，乙炔瓶间距≥5 m、温度35.5℃、PPE齐全，拨打119。", BUILT_IN)
    assert "(en)" not in phonemes(spoken)
    assert phonemes(spoken).count("_|") == len(
        [part for part in spoken.split() if part.strip(",.")]
    )


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("一备三查", "yi2 bei4 san1 cha2"),
        ("卡料先停机", "qia3 liao4 xian1 ting2 ji1"),
        ("请刷工卡", "qing3 shua1 gong1 ka3"),
        ("系安全带", "ji4 an1 quan2 dai4"),
        ("应急处置卡", "ying4 ji2 chu3 zhi4 ka3"),
        ("应先断电", "ying1 xian1 duan4 dian4"),
    ],
)
def test_words_of_the_trade_are_read_as_the_trade_reads_them(written: str, read: str) -> None:
    assert pinyin(written, BUILT_IN) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("不涉及", "bu2 she4 ji2"),
        ("不符合", "bu4 fu2 he2"),
        ("一项", "yi2 xiang4"),
        ("一人一卡", "yi4 ren2 yi4 ka3"),
        ("看一看", "kan4 yi5 kan4"),
        ("第一", "di4 yi1"),
        ("统一检查", "tong3 yi1 jian3 cha2"),
        ("1号", "yi1 hao4"),
        ("1.5 m", "yi1 dian3 wu3 mi3"),
        ("110", "yao1 yao1 ling2"),
        ("210个", "er4 bai3 yi1 shi2 ge4"),
    ],
)
def test_bu_and_yi_change_their_tone_as_spoken(written: str, read: str) -> None:
    assert pinyin(written, BUILT_IN) == read


def test_punctuation_is_where_one_breathes() -> None:
    assert pinyin("“电源已断，现场无火种，确认完毕！”", {}) == (
        "dian4 yuan2 yi3 duan4, xian4 chang3 wu2 huo3 zhong3, que4 ren4 wan2 bi4!"
    )
    assert pinyin("准备好了吗？\n（确认）——好。", {}) == "zhun3 bei4 hao3 le5 ma5? que4 ren4, hao3."


@pytest.mark.parametrize("text", ["", "  ", "……", "“”", "！？"])
def test_text_without_a_word_gives_nothing_to_say(text: str) -> None:
    assert pinyin(text, BUILT_IN) == ""


def test_texts_that_sound_the_same_have_one_form() -> None:
    assert normalise(" 请  刷卡！​") == normalise("请 刷卡!")


def test_a_word_of_the_site_wins_and_concerns_only_its_sentences() -> None:
    site = readings({"一项": ["yi1", "xiang4"], "乙炔": ["yi3", "que4"]})
    assert pinyin("一项乙炔", site) == "yi1 xiang4 yi3 que4"
    assert occurring("检查乙炔瓶", site) == {"乙炔": ["yi3", "que4"]}
    assert occurring("请刷卡", site) == {}


@pytest.mark.parametrize("syllables", [["yi3"], ["yi", "que1"], ["yi3", "que6"], ["yi3", "QUE1"]])
def test_a_reading_that_is_no_pinyin_is_refused_by_name(syllables: list[str]) -> None:
    with pytest.raises(SettingsError, match=r"dictionary\.乙炔"):
        readings({"乙炔": syllables})


def test_a_word_that_is_not_chinese_is_refused() -> None:
    with pytest.raises(SettingsError, match=r"dictionary\.PPE"):
        readings({"PPE": ["pi1", "pi1", "yi4"]})
