"""Readings that the general dictionary gets wrong or leaves open, in the trade's own words.

Every line was heard wrong first: pypinyin 0.55 reads 乙炔 as yi3 gui4, 卡料 as ka3 liao4 and 三相
as san1 xiang1. What is right is what 现代汉语词典 says of the sense meant here; where a character
has one sense at a workshop door and its other ones only in a few words, it stands alone, followed
by those words. A site adds its own words; a word there wins over one here.
"""

from __future__ import annotations

import re

from devices import SettingsError
from devices.voice import Readings
from devices.voice.syllables import is_syllable

_TABLE = """
一备三查 yi2 bei4 san1 cha2 / 乙炔 yi3 que1 / 重新 chong2 xin1 / 重写 chong2 xie3 / 班长 ban1 zhang3
线长 xian4 zhang3 / 卡料 qia3 liao4 / 卡住 qia3 zhu4 / 卡阻 qia3 zu3 / 卡死 qia3 si3
卡滞 qia3 zhi4 / 卡盘 qia3 pan2 / 卡涩 qia3 se4 / 卡牢 qia3 lao2 / 卡在 qia3 zai4 / 工卡 gong1 ka3
读卡 du2 ka3 / 处置卡 chu3 zhi4 ka3 / 系安全带 ji4 an1 quan2 dai4 / 系牢 ji4 lao2 / 系好 ji4 hao3
系挂 ji4 gua4 / 系紧 ji4 jin3 / 未系 wei4 ji4 / 调模 tiao2 mu2 / 装模 zhuang1 mu2 / 拆模 chai1 mu2
换模 huan4 mu2 / 试模 shi4 mu2 / 上模 shang4 mu2 / 下模 xia4 mu2 / 合模 he2 mu2 / 开模 kai1 mu2
锁模 suo3 mu2 / 修模 xiu1 mu2 / 动模 dong4 mu2 / 定模 ding4 mu2 / 模腔 mu2 qiang1 / 模温 mu2 wen1
冲模 chong4 mu2 / 冲头 chong4 tou2 / 冲孔 chong4 kong3 / 连冲 lian2 chong4 / 轧伤 ya4 shang1
刨床 bao4 chuang2 / 平刨 ping2 bao4 / 压刨 ya1 bao4 / 刨刀 bao4 dao1 / 刨花 bao4 hua1
压板 ya1 ban3 / 保险杆 bao3 xian3 gan3 / 切割 qie1 ge1 / 切碎 qie1 sui4 / 切到 qie1 dao4
校验 jiao4 yan4 / 行车 xing2 che1 / 发帽 fa4 mao4 / 照片 zhao4 pian4 / 三相 san1 xiang4
单相 dan1 xiang4 / 两相 liang3 xiang4 / 几相 ji3 xiang4 / 一相 yi2 xiang4 / 缺相 que1 xiang4
相线 xiang4 xian4 / 转动 zhuan4 dong4 / 倒转 dao4 zhuan4 / 反转 fan3 zhuan4 / 正转 zheng4 zhuan4
转得 zhuan4 de5 / 转起来 zhuan4 qi3 lai2 / 盛装 cheng2 zhuang1 / 出血 chu1 xue4 / 流血 liu2 xue4
落下 luo4 xia4 / 拽 zhuai4 / 挑开 tiao3 kai1 / 挑破 tiao3 po4 / 挑水泡 tiao3 shui3 pao4
弹出 tan2 chu1 / 弹回 tan2 hui2 / 弹起 tan2 qi3 / 弹开 tan2 kai1 / 弹飞 tan2 fei1 / 弹伤 tan2 shang1
干砂 gan1 sha1 / 干木 gan1 mu4 / 干布 gan1 bu4 / 干透 gan1 tou4 / 擦干 ca1 gan1 / 拖干 tuo1 gan1
烧干 shao1 gan1 / 晒干 shai4 gan1 / 晾干 liang4 gan1 / 烤干 kao3 gan1 / 它自己干 ta1 zi4 ji3 gan1
盘发 pan2 fa4 / 束发 shu4 fa4 / 硬拉 ying4 la1 / 没教 mei2 jiao1 / 没过 mei2 guo4
当回路 dang4 hui2 lu4 / 数一数 shu3 yi5 shu3 / 数对了 shu3 dui4 le5 / 不好数 bu4 hao3 shu3
慢慢地 man4 man4 de5 / 够长 gou4 chang2 / 过长 guo4 chang2 / 太长 tai4 chang2 / 最长 zui4 chang2
长杆 chang2 gan1 / 空当 kong4 dang1 / 撞倒 zhuang4 dao3 / 滑倒 hua2 dao3 / 电倒 dian4 dao3
推倒 tui1 dao3 / 砸倒 za2 dao3 / 要倒 yao4 dao3 / 再倒 zai4 dao3 / 倒地 dao3 di4 / 倒在 dao3 zai4
倒下 dao3 xia4 / 两只 liang3 zhi1 / 三只 san1 zhi1 / 每只 mei3 zhi1 / 换只 huan4 zhi1
有人看着 you3 ren2 kan1 zhe5 / 一直看着 yi4 zhi2 kan1 zhe5 / 外面看着 wai4 mian4 kan1 zhe5
看着闸 kan1 zhe5 zha2 / 看住 kan1 zhu4 / 后门没人看 hou4 men2 mei2 ren2 kan1 / 戴着 dai4 zhe5
吊着 diao4 zhe5 / 湿着 shi1 zhe5 / 拿着 na2 zhe5 / 点不着 dian3 bu4 zhao2 / 着了火 zhao2 le5 huo3
烤着了 kao3 zhao2 le5 / 引着 yin3 zhao2 / 扎 za1 / 扎进 zha1 jin4 / 扎伤 zha1 shang1 / 扎破 zha1 po4
扎手 zha1 shou3 / 扎脚 zha1 jiao3 / 扎到 zha1 dao4 / 扎入 zha1 ru4 / 扎实 zha1 shi5
扎针 zha1 zhen1 / 挣扎 zheng1 zha2 / 脏 zang1 / 心脏 xin1 zang4 / 内脏 nei4 zang4 / 脏器 zang4 qi4
垛 duo4 / 拧 ning3 / 拧干 ning2 gan1 / 得 de5 / 取得 qu3 de2 / 获得 huo4 de2 / 得到 de2 dao4
得分 de2 fen1 / 得以 de2 yi3 / 得出 de2 chu1 / 得知 de2 zhi1 / 不得 bu4 de2 / 够得到 gou4 de5 dao4
看得到 kan4 de5 dao4 / 听得到 ting1 de5 dao4 / 摸得到 mo1 de5 dao4 / 喇叭 la3 ba5 / 胳膊 ge1 bo5
师傅 shi1 fu5 / 眼睛 yan3 jing5 / 衣服 yi1 fu5 / 舒服 shu1 fu5 / 东西 dong1 xi5 / 地方 di4 fang5
毛病 mao2 bing5 / 清楚 qing1 chu5 / 没精神 mei2 jing1 shen5 / 一斗 yi4 dou3 / 都着 dou1 zhao2
压着火 ya1 zhe5 huo3 / 闷着 men1 zhe5 / 肚子 du4 zi5 / 长头发 chang2 tou2 fa5 / 干烧 gan1 shao1
倒了 dao3 le5 / 倒塌 dao3 ta1 / 暴晒 bao4 shai4 / 没人看 mei2 ren2 kan1 / 猛地 meng3 de5
着起来 zhao2 qi3 lai2 / 又闷又热 you4 men1 you4 re4 / 闷烧 men1 shao1 / 闷热 men1 re4
风机转 feng1 ji1 zhuan4 / 转数 zhuan4 shu4 / 转轴 zhuan4 zhou2 / 转盘 zhuan4 pan2 / 转子 zhuan4 zi3
调速 tiao2 su4 / 调挡 tiao2 dang3 / 调后挡 tiao2 hou4 dang3 / 卷帘 juan3 lian2 / 曝气 bao4 qi4
种菇 zhong4 gu1 / 接种 jie1 zhong4 / 切削 qie1 xiao1 / 铣削 xi3 xiao1 / 磨削 mo2 xiao1
车削 che1 xiao1 / 刨削 bao4 xiao1 / 镗削 tang2 xiao1 / 发夹 fa4 jia1 / 发网 fa4 wang3
发圈 fa4 quan1 / 相差 xiang1 cha1 / 行吊 hang2 diao4 / 操纵杆 cao1 zong4 gan3
操作杆 cao1 zuo4 gan3 / 换挡杆 huan4 dang3 gan3 / 阀杆 fa2 gan3 / 拉杆 la1 gan3 / 推杆 tui1 gan3
顶杆 ding3 gan3 / 连杆 lian2 gan3 / 螺杆 luo2 gan3 / 丝杆 si1 gan3 / 活塞杆 huo2 sai1 gan3
撬杆 qiao4 gan3 / 手杆 shou3 gan3 / 量尺寸 liang2 chi3 cun4 / 油炸 you2 zha2 / 和面 huo2 mian4
弹到 tan2 dao4 / 弹片 tan2 pian4 / 散一散 san4 yi5 san4 / 喊得应 han3 de5 ying4
应一声 ying4 yi4 sheng1 / 卡箱 qia3 xiang1 / 沥干 li4 gan1 / 烘干 hong1 gan1 / 糊了 hu2 le5
丝杠 si1 gang4 / 光杠 guang1 gang4 / 调 tiao2 / 调动 diao4 dong4 / 调查 diao4 cha2 / 调度 diao4 du4
调离 diao4 li2 / 调换 diao4 huan4 / 调取 diao4 qu3 / 调用 diao4 yong4 / 调拨 diao4 bo1
调岗 diao4 gang3 / 调任 diao4 ren4 / 调来 diao4 lai2 / 调出 diao4 chu1 / 强调 qiang2 diao4
单调 dan1 diao4 / 声调 sheng1 diao4 / 盛 cheng2 / 旺盛 wang4 sheng4 / 盛大 sheng4 da4
茂盛 mao4 sheng4 / 闷 men1 / 郁闷 yu4 men4 / 沉闷 chen2 men4 / 闷罐 men4 guan4 / 闷响 men4 xiang3
削 xiao1 / 剥削 bo1 xue1 / 削减 xue1 jian3 / 削弱 xue1 ruo4 / 模 mu2 / 模拟 mo2 ni3
打开模拟 da3 kai1 mo2 ni3 / 模糊 mo2 hu5 / 规模 gui1 mo2 / 模型 mo2 xing2 / 模范 mo2 fan4
模仿 mo2 fang3 / 模式 mo2 shi4 / 模块 mo2 kuai4 / 头发 tou2 fa5 / 头发热 tou2 fa1 re4
头发烫 tou2 fa1 tang4 / 头发黑 tou2 fa1 hei1 / 头发红 tou2 fa1 hong2 / 头发软 tou2 fa1 ruan3
头发麻 tou2 fa1 ma2 / 头发晕 tou2 fa1 yun1 / 有人倒 you3 ren2 dao3 / 闷倒 men1 dao3 / 熏倒 xun1 dao3
冲几件 chong4 ji3 jian4 / 切手动 qie1 shou3 dong4 / 切自动 qie1 zi4 dong4 / 刨 bao4
刨坑 pao2 keng1 / 刨开 pao2 kai1 / 刨除 pao2 chu2 / 刨土 pao2 tu3 / 卷进 juan3 jin4 / 卷入 juan3 ru4
卷扬 juan3 yang2 / 不卡 bu4 qia3 / 卡扣 qia3 kou4 / 卡槽 qia3 cao2 / 不干净 bu4 gan1 jing4
干式 gan1 shi4 / 干毛巾 gan1 mao2 jin1 / 干抹布 gan1 ma1 bu4 / 料干不干 liao4 gan1 bu4 gan1
料干没干 liao4 gan1 mei2 gan1 / 的当中 de5 dang1 zhong1 / 焊得着 han4 de5 zhao2
点得着 dian3 de5 zhao2 / 数清 shu3 qing1 / 点数人 dian3 shu3 ren2 / 数人 shu3 ren2 / 人数 ren2 shu4
看管道 kan4 guan3 dao4 / 人看着 ren2 kan1 zhe5 / 人看着火 ren2 kan1 zhe5 huo3
留人看 liu2 ren2 kan1 / 专人看 zhuan1 ren2 kan1 / 要看着 yao4 kan1 zhe5
没人看见 mei2 ren2 kan4 jian4 / 没人看到 mei2 ren2 kan4 dao4 / 没人看得 mei2 ren2 kan4 de5
没人看清 mei2 ren2 kan4 qing1 / 没人看懂 mei2 ren2 kan4 dong3 / 对着火 dui4 zhe5 huo3
就着 jiu4 zhao2 / 没着 mei2 zhao2 / 没着落 mei2 zhuo2 luo4 / 空呼 kong1 hu1 / 没系 mei2 ji4
不系 bu2 ji4 / 系上 ji4 shang4 / 系在 ji4 zai4 / 转不转 zhuan4 bu2 zhuan4 / 在转 zai4 zhuan4
边转 bian1 zhuan4 / 转着 zhuan4 zhe5 / 转速 zhuan4 su4 / 自转 zi4 zhuan4 / 就转 jiu4 zhuan4
长筷 chang2 kuai4 / 时间长 shi2 jian1 chang2 / 露着 lou4 zhe5 / 露铜 lou4 tong2 / 露头 lou4 tou2
露在 lou4 zai4 / 不露 bu2 lou4
"""
_HANZI = re.compile("[㐀-䶿一-鿿〇]+")


def is_word(text: str) -> bool:
    """Return whether a reading can be given for this: it is all Hanzi."""
    return _HANZI.fullmatch(text) is not None


def _built_in() -> dict[str, list[str]]:
    entries = (entry.split() for entry in _TABLE.replace("\n", " / ").split(" / ") if entry.strip())
    return {word: syllables for word, *syllables in entries}


def readings(site: Readings) -> dict[str, list[str]]:
    """Join the site's words to the built-in ones.

    Raise SettingsError for a word that is not all Hanzi, or has not one toned syllable for each
    character.
    """
    for word, syllables in site.items():
        if not is_word(word):
            raise SettingsError(f"[voice] dictionary.{word}: expected a word of Chinese characters")
        if len(word) != len(syllables) or not all(map(is_syllable, syllables)):
            raise SettingsError(
                f"[voice] dictionary.{word}: expected {len(word)} pinyin syllables with"
                " tones 1 to 5,"
                f" such as yi3 que1, got {list(syllables)}"
            )
    return _built_in() | {word: list(syllables) for word, syllables in site.items()}


def occurring(text: str, among: Readings) -> dict[str, list[str]]:
    """Return the readings that matter for a text, so that a new word renders only the sentences it
    occurs in again.
    """
    return {word: list(syllables) for word, syllables in sorted(among.items()) if word in text}
