"""The forms made from content: Annex 1, cards, layout sheets, stickers, the privacy notice."""

from __future__ import annotations

import functools

import cv2
import numpy
import pytest
from msgspec.structs import replace

from kiosk.flow.door import Door, Timings
from kiosk.forms.annex1 import annex1, blank_annex1
from kiosk.forms.cards import emergency_card, risk_card
from kiosk.forms.choosing import Kind, UnknownSubjectError, content_sheets
from kiosk.forms.layout import layout_sheet
from kiosk.forms.printing import printed
from kiosk.forms.privacy import privacy_notice
from kiosk.forms.sheet import Sheet, Stickers
from kiosk.forms.source import Author, Source
from kiosk.forms.stickers import sticker_sheet
from kiosk.model.content import Post, Scenario
from kiosk.model.enterprise import Item
from kiosk.model.privacy import Promise
from kiosk.packs import load_packs, load_reasons
from tests.fakes.forms import CONFIG, a_source
from tests.fakes.paper import Paper, ink
from tests.forms.test_annex2 import TYPES

ROWS = ("常见事故类型", "最易发生事故场景", "防范检查要求", "紧急应对措施", "存在问题改进措施")


@functools.cache
def shipped() -> Source:
    """Return the content that ships."""
    reasons = load_reasons(CONFIG / "lists/reasons.toml")
    return a_source(
        Door(Timings(), load_packs(CONFIG / "packs"), reasons), A002="李四", A008="郑十"
    )


def both(post: Post, source: Source) -> list[Sheet]:
    pack = source.door.pack_of(post.id)
    return [annex1(post, pack, source), risk_card(post, pack, source)]


def test_who_answers_is_named_and_an_unknown_name_is_left_to_be_written() -> None:
    source = replace(shipped(), names={"A002": "李四"})
    post, pack = source.door.posts["welder"], source.door.pack_of("welder")
    shop, unit = source.enterprise.workshops[0], source.enterprise.workshops[0].units[0]
    for sheet in (risk_card(post, pack, source), layout_sheet(shop, unit, source)):
        assert "责任人：李四代理人：＿＿＿＿＿＿（A008）" in Paper(printed([sheet])).text


class TestAnnex1:
    def test_it_says_who_wrote_it_and_when(self) -> None:
        source = shipped()
        post, pack = source.door.posts["welder"], source.door.pack_of("welder")
        author = {pack.digest: Author("A002", "2026-11-23T23:00:00.000Z")}
        written = replace(source, authors=author)
        text = Paper(printed([annex1(post, pack, written)])).text
        assert "填表人：李四日期：2026-11-24" in text
        blank = Paper(printed([annex1(post, pack, source)])).text
        assert "填表人：＿＿＿＿＿＿日期：＿＿＿年＿＿月＿＿日" in blank

    def test_it_has_the_notices_rows_in_their_order_and_all_of_the_post(self) -> None:
        source = shipped()
        post, pack = source.door.posts["welder"], source.door.pack_of("welder")
        paper = Paper(printed([annex1(post, pack, source)]))
        text = paper.text
        assert text.startswith(
            "附件1一线岗位安全风险事故假想参考表企业：示例机械厂一号车间焊接区岗位：电焊工"
        )
        labels = [text.index(row) for row in ROWS]
        assert labels == sorted(labels)
        assert text.replace("√", "").count(TYPES) == 1
        ticked = {code for each in post.scenarios for code in each.accident_types} | {
            *post.accident_types
        }
        assert {code for code in map(str, range(1, 21)) if f"√（{code}）" in text} == ticked
        for scenario in post.scenarios:
            for words in (
                scenario.scene,
                *scenario.prevention,
                *scenario.response,
                scenario.improvement,
            ):
                assert "".join(words.split()) in text, words
        assert all("".join(line.split()) in text for line in post.inspection)
        assert "内容包小微工厂通用内容" in text

    def test_every_shipped_post_prints_on_paper(self) -> None:
        source = shipped()
        posts = source.door.posts.values()
        forms = [form for post in posts for form in both(post, source)]
        paper = Paper(printed(forms))
        assert len(paper.pages) <= len(forms) * 1.5
        assert "〓" not in paper.text
        for post in posts:
            for scenario in post.scenarios:
                assert paper.text.count("".join(scenario.scene.split())) >= 2

    def test_long_content_goes_on_on_the_next_page(self) -> None:
        source = shipped()
        post, pack = source.door.posts["welder"], source.door.pack_of("welder")
        scenes = tuple(
            Scenario(
                f"s{number}",
                ("5",),
                f"第{number}个场景" + "长" * 110,
                ("看" * 60,),
                ("停" * 60,),
                "改" * 120,
            )
            for number in range(40)
        )
        paper = Paper(printed([annex1(replace(post, scenarios=scenes), pack, source)]))
        assert len(paper.pages) > 3
        assert all(f"第{number}个场景" in paper.text for number in range(40))
        labels = paper.text.count("存在问题改进措施")
        assert [paper.text.count("长"), paper.text.count("改") - labels] == [40 * 110, 40 * 120]

    def test_a_blank_one_fits_a_page(self) -> None:
        paper = Paper(printed([blank_annex1(shipped())]))
        assert len(paper.pages) == 1
        assert TYPES in paper.text
        assert [paper.text.index(row) for row in ROWS] == sorted(
            paper.text.index(row) for row in ROWS
        )

    def test_codes_of_a_newer_list_tick_the_notices_types(self) -> None:
        source = shipped()
        post, pack = source.door.posts["welder"], source.door.pack_of("welder")
        newer = replace(pack, accident_list="gb6441-2025")
        scenario = replace(post.scenarios[0], accident_types=("WSA10006", "WSA10011"))
        only = replace(post, accident_types=(), scenarios=(scenario,))
        text = Paper(printed([annex1(only, newer, source)])).text
        assert "√（5）触电；" in text
        assert "另：跌落（gb6441-2025）" in text


class TestCards:
    def test_the_risk_card_names_people_measures_and_what_to_do(self) -> None:
        source = shipped()
        post, pack = source.door.posts["welder"], source.door.pack_of("welder")
        text = Paper(printed([risk_card(post, pack, source)])).text
        assert "责任人：李四代理人：郑十" in text
        assert "熔化焊接与热切割作业" in text
        for card in post.emergency:
            assert all("".join(action.split()) in text for action in card.actions)

    def test_an_emergency_card_is_one_page_with_its_phone(self) -> None:
        source = shipped()
        cards = [(card, post) for post in source.door.posts.values() for card in post.emergency]
        paper = Paper(printed([emergency_card(card, post, source) for card, post in cards]))
        assert len(paper.pages) == len(cards)
        for (card, _), text in zip(cards, paper.texts, strict=True):
            assert card.title in text
            assert all("".join(action.split()) in text for action in card.actions)
            assert not card.phone or f"电话{card.phone}".replace(" ", "") in text
            assert "以企业应急处置方案为准" in text


class TestLayout:
    def test_it_lists_what_belongs_where(self) -> None:
        source = shipped()
        shop = source.enterprise.workshops[0]
        paper = Paper(printed([layout_sheet(shop, shop.units[0], source)]))
        assert "责任人：李四代理人：郑十" in paper.text
        assert "物品规定位置数量责任人时段" in paper.text
        for item in shop.units[0].items:
            name = source.by_name(item.responsible)
            assert (
                "".join(f"{item.name}{item.place}{item.quantity}{name}{item.period}".split())
                in paper.text
            )

    def test_two_hundred_things_keep_their_headings(self) -> None:
        source = shipped()
        shop = source.enterprise.workshops[0]
        items = tuple(
            Item(f"东西{number}号", "放在一个说起来很长很长很长很长很长的地方", "1个")
            for number in range(200)
        )
        paper = Paper(printed([layout_sheet(shop, replace(shop.units[0], items=items), source)]))
        assert all(f"东西{number}号" in paper.text for number in range(200))
        assert all("规定位置" in text for text in paper.texts)


def _code(pdf: bytes) -> str:
    """Return what the only code of a page says. OpenCV does not see every code at every size; a
    phone moves, too.
    """
    for scale in (2.0, 3.0, 4.0, 5.0):
        (page,) = Paper(pdf, scale).pages
        if said := cv2.QRCodeDetector().detectAndDecode(numpy.asarray(page))[0]:
            return str(said)
    return ""


class TestStickers:
    def test_each_code_says_number_post_and_call(self) -> None:
        source = shipped()
        sheet = sticker_sheet(source.door.posts["welder"], source)
        (stickers,) = (block for block in sheet.body if isinstance(block, Stickers))
        read = {
            _code(printed([Sheet(each.title, (Stickers((each,)),))])) for each in stickers.stickers
        }
        assert read == {sticker.code for sticker in stickers.stickers}
        assert len(read) > 5
        assert "电焊工 1号" in stickers.stickers[0].code
        assert stickers.stickers[0].text in stickers.stickers[0].code

    def test_one_spot_has_one_sticker(self) -> None:
        source = shipped()
        for post in source.door.posts.values():
            (stickers,) = (
                block for block in sticker_sheet(post, source).body if isinstance(block, Stickers)
            )
            numbers = [sticker.number for sticker in stickers.stickers]
            assert numbers == list(range(1, len(numbers) + 1))
            spots = {
                (step.target.photo, step.target.x, step.target.y)
                for drill in (post.drill, *post.more_drills)
                for step in drill.steps
                if step.target
            }
            assert len(numbers) == len(spots)


class TestPrivacy:
    def test_it_says_what_the_settings_promise(self) -> None:
        promise = Promise("钱一", "0371-00000000", 30, 12)
        text = Paper(printed([privacy_notice(promise, "https://county.example", shipped())])).text
        for words in (
            "示例机械厂",
            "联系人：钱一电话：0371-00000000",
            "照片30天，记录12个月",
            "https://county.example",
        ):
            assert words in text

    def test_what_is_not_set_is_left_open(self) -> None:
        text = Paper(printed([privacy_notice(Promise(), "", shipped())])).text
        assert "照片＿＿＿天，记录＿＿＿个月" in text
        assert "不向外传送" in text

    @pytest.mark.parametrize("promise", [Promise(), Promise("钱一", "1", 30, 12)])
    def test_it_promises_nothing_that_the_station_does_not_do(self, promise: Promise) -> None:
        text = Paper(printed([privacy_notice(promise, "", shipped())])).text
        for untrue in ("到期删除", "现场见证", "拍的是要确认的东西", "要求删除", "受处分"):
            assert untrue not in text
        assert "班前站自己不会删除照片和记录" in text
        assert "会拍到站在门口的人" in text
        assert "谁也不能改、不能删" in text


class TestChoosing:
    def test_all_or_one(self) -> None:
        source = shipped()
        all_posts = content_sheets(Kind.ANNEX1, "", source, Promise(), "")
        one = content_sheets(Kind.ANNEX1, "welder", source, Promise(), "")
        assert len(all_posts) == len(source.door.posts)
        assert len(one) == 1
        assert one[0] in all_posts

    def test_what_is_not_there_is_named_with_what_is(self) -> None:
        with pytest.raises(UnknownSubjectError, match=r"diving.*welder"):
            content_sheets(Kind.RISK_CARD, "diving", shipped(), Promise(), "")


class TestLongTexts:
    LONG = (
        "开机前先看清周围有没有人再检查防护罩急停按钮接地线和润滑油位是否完好"
        "压力表安全阀都在有效期内确认无误才能启动机器开始干活"
    )[:60]

    def test_a_long_line_to_tick_goes_on_below(self) -> None:
        source = shipped()
        post, pack = source.door.posts["welder"], source.door.pack_of("welder")
        paper = Paper(
            printed([risk_card(replace(post, inspection=(self.LONG,) * 12), pack, source)])
        )
        assert all(self.margin_is_empty(paper, page) for page in range(len(paper.pages)))
        assert paper.text.count(self.LONG) == 12

    def test_a_long_call_makes_a_sticker_higher_and_hides_nothing(self) -> None:
        source = shipped()
        post = source.door.posts["welder"]
        steps = tuple(replace(step, point=self.LONG, call=self.LONG) for step in post.drill.steps)
        long = replace(
            post, title=self.LONG[:20], drill=replace(post.drill, steps=steps), more_drills=()
        )
        higher, usual = (Paper(printed([sticker_sheet(each, source)])) for each in (long, post))
        assert higher.text.count(self.LONG) == 2 * len(
            {step.target for step in steps if step.target}
        )
        assert len(higher.pages) > len(usual.pages)

    def test_a_later_page_says_what_it_belongs_to(self) -> None:
        source = shipped()
        post, pack = source.door.posts["welder"], source.door.pack_of("welder")
        paper = Paper(printed([annex1(replace(post, inspection=(self.LONG,) * 60), pack, source)]))
        assert len(paper.pages) > 1
        assert all("一线岗位安全风险事故假想参考表" in text for text in paper.texts)

    @staticmethod
    def margin_is_empty(paper: Paper, page: int) -> bool:
        return not ink(paper, page, (193, 5, 209, 290))
