"""Which syllables Mandarin has, and pinyin as people type it: with tone numbers or with tone marks.

The table is that of 汉语拼音方案 with the syllables of 现代汉语词典, each without its tone; ü
stands for itself here.
"""

from __future__ import annotations

import re
import unicodedata

_TABLE = """
a ai an ang ao e ei en eng er o ou
ba bai ban bang bao bei ben beng bi bian biao bie bin bing bo bu
pa pai pan pang pao pei pen peng pi pian piao pie pin ping po pou pu
ma mai man mang mao me mei men meng mi mian miao mie min ming miu mo mou mu
fa fan fang fei fen feng fo fou fu
da dai dan dang dao de dei den deng di dia dian diao die ding diu dong dou du duan dui dun duo
ta tai tan tang tao te teng ti tian tiao tie ting tong tou tu tuan tui tun tuo
na nai nan nang nao ne nei nen neng ni nian niang niao nie nin ning niu nong nou nu nuan nuo nü nüe
la lai lan lang lao le lei leng li lia lian liang liao lie lin ling liu long lou lu luan lun luo lü
lüe
ga gai gan gang gao ge gei gen geng gong gou gu gua guai guan guang gui gun guo
ka kai kan kang kao ke kei ken keng kong kou ku kua kuai kuan kuang kui kun kuo
ha hai han hang hao he hei hen heng hong hou hu hua huai huan huang hui hun huo
ji jia jian jiang jiao jie jin jing jiong jiu ju juan jue jun
qi qia qian qiang qiao qie qin qing qiong qiu qu quan que qun
xi xia xian xiang xiao xie xin xing xiong xiu xu xuan xue xun
zha zhai zhan zhang zhao zhe zhei zhen zheng zhi zhong zhou zhu zhua zhuai zhuan zhuang zhui zhun
zhuo
cha chai chan chang chao che chen cheng chi chong chou chu chua chuai chuan chuang chui chun chuo
sha shai shan shang shao she shei shen sheng shi shou shu shua shuai shuan shuang shui shun shuo
ran rang rao re ren reng ri rong rou ru rua ruan rui run ruo
za zai zan zang zao ze zei zen zeng zi zong zou zu zuan zui zun zuo
ca cai can cang cao ce cen ceng ci cong cou cu cuan cui cun cuo
sa sai san sang sao se sen seng si song sou su suan sui sun suo
ya yan yang yao ye yi yin ying yo yong you yu yuan yue yun
wa wai wan wang wei wen weng wo wu
"""
SYLLABLES = frozenset(_TABLE.split())
_MARKS = {"\N{COMBINING MACRON}": "1", "\N{COMBINING ACUTE ACCENT}": "2",
          "\N{COMBINING CARON}": "3",
          "\N{COMBINING GRAVE ACCENT}": "4"}  # fmt: skip
_DIAERESIS = "\N{COMBINING DIAERESIS}"


def is_syllable(sound: str) -> bool:
    """Return whether this is a syllable of Mandarin with its tone, 1 to 5, as a digit."""
    return sound[-1:] in "12345" and sound[:-1].replace("v", "ü") in SYLLABLES


def typed(text: str) -> list[str]:
    """Read pinyin as a person types it, `qia3 liao4`, `qia3liao4` or `qiǎ liào`; each syllable
    comes with its tone as a digit.

    What is no syllable comes as it was typed, for `is_syllable` to refuse.
    """
    return [_numbered(syllable) for syllable in re.findall(r"[^\s\d,，'’-]+\d?", text.lower())]


def _numbered(syllable: str) -> str:
    letters, tone = "", ""
    for char in unicodedata.normalize("NFD", syllable.replace("u:", "ü")):
        if char in _MARKS:
            tone = _MARKS[char]
        elif char == _DIAERESIS:
            letters = letters[:-1] + "v"
        else:
            letters += char
    if letters[-1:].isdigit():
        return letters
    return letters + (tone or "5")
