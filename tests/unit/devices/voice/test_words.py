"""How words are read that the general dictionary gets wrong: each case was heard at a real post
first.
"""

from __future__ import annotations

import pytest

from devices.voice.text import pinyin
from devices.voice.words import readings

BUILT_IN = readings({})


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("合模", "he2 mu2"),
        ("开模", "kai1 mu2"),
        ("压板螺栓", "ya1 ban3 luo2 shuan1"),
        ("袖口扎紧", "xiu4 kou3 za1 jin3"),
        ("近心端扎好", "jin4 xin1 duan1 za1 hao3"),
        ("钉子扎进手", "ding1 zi5 zha1 jin4 shou3"),
        ("没过期", "mei2 guo4 qi1"),
        ("木料弹回", "mu4 liao4 tan2 hui2"),
        ("会脏", "hui4 zang1"),
        ("脏不脏", "zang1 bu4 zang1"),
        ("心脏", "xin1 zang4"),
        ("货垛稳", "huo4 duo4 wen3"),
        ("货堆要倒", "huo4 dui1 yao4 dao3"),
        ("人倒地", "ren2 dao3 di4"),
        ("不再倒", "bu2 zai4 dao3"),
        ("触电倒在焊机旁", "chu4 dian4 dao3 zai4 han4 ji1 pang2"),
        ("倒车", "dao4 che1"),
        ("倒送电", "dao4 song4 dian4"),
        ("按倒转", "an4 dao4 zhuan4"),
        ("卡牢", "qia3 lao2"),
        ("卡在锯片里", "qia3 zai4 ju4 pian4 li3"),
        ("工卡在身", "gong1 ka3 zai4 shen1"),
        ("够长", "gou4 chang2"),
        ("班长", "ban1 zhang3"),
        ("空当", "kong4 dang1"),
    ],
)
def test_words_of_the_posts_are_read_in_the_sense_meant(written: str, read: str) -> None:
    assert pinyin(written, BUILT_IN) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("热切割作业", "re4 qie1 ge1 zuo4 ye4"),
        ("在校验期", "zai4 jiao4 yan4 qi1"),
        ("照片太暗", "zhao4 pian4 tai4 an4"),
        ("再指发帽", "zai4 zhi3 fa4 mao4"),
        ("两只手一起按", "liang3 zhi1 shou3 yi4 qi3 an4"),
        ("只按一只", "zhi3 an4 yi4 zhi1"),
        ("验三相", "yan4 san1 xiang4"),
        ("相邻带电处", "xiang1 lin2 dai4 dian4 chu4"),
        ("戴着手套摸转动的皮带", "dai4 zhe5 shou3 tao4 mo1 zhuan4 dong4 de5 pi2 dai4"),
        ("湿着手去插插头", "shi1 zhe5 shou3 qu4 cha1 cha1 tou2"),
        ("防静电着装", "fang2 jing4 dian4 zhuo2 zhuang1"),
        ("点不着", "dian3 bu4 zhao2"),
        ("铝粉着了火", "lv3 fen3 zhao2 le5 huo3"),
        ("吹得干净", "chui1 de5 gan1 jing4"),
        ("手够得到", "shou3 gou4 de5 dao4"),
        ("未取得资格", "wei4 qu3 de2 zi1 ge2"),
        ("不得使用", "bu4 de2 shi3 yong4"),
        ("缺水烧干", "que1 shui3 shao1 gan1"),
        ("等它自己干", "deng3 ta1 zi4 ji3 gan1"),
        ("边干边通风", "bian1 gan4 bian1 tong1 feng1"),
        ("用干木棒挑开", "yong4 gan1 mu4 bang4 tiao3 kai1"),
        ("吊环拧到底", "diao4 huan2 ning3 dao4 di3"),
        ("看住现场", "kan1 zhu4 xian4 chang3"),
        ("要有人看着", "yao4 you3 ren2 kan1 zhe5"),
        ("看着停了", "kan4 zhe5 ting2 le5"),
        ("没教就让干", "mei2 jiao1 jiu4 rang4 gan4"),
        ("借管道当回路", "jie4 guan3 dao4 dang4 hui2 lu4"),
    ],
)
def test_what_a_listing_of_every_sentence_brought_to_light(written: str, read: str) -> None:
    assert pinyin(written, BUILT_IN) == read
