"""Annex 2 on paper: the notice's rows in their order, what the record says, and nothing cut or
hidden.
"""

from __future__ import annotations

import re
from datetime import datetime

import msgspec
import pytest

from kiosk.forms.annex2 import annex2, blank_annex2
from kiosk.forms.printing import printed
from kiosk.forms.source import Source
from kiosk.model.content import Limit, Part
from kiosk.model.people import Roster
from kiosk.model.rules import PermitFault
from kiosk.records import facts as f
from kiosk.records.checks.rows import CheckDetail
from kiosk.records.reader import Reading
from tests.fakes.content import PACK, PERMITS, SIGNATURE, a_door
from tests.fakes.desk import OTHER, SUPERVISOR, Desk
from tests.fakes.forms import a_source
from tests.fakes.paper import Paper, a_picture, alike, changed_mm, ink
from tests.forms.conftest import Printing

ROWS = ("危险作业内容", "常见事故类型", "易出事故场景", "作业人员一备三查", "确认签字")
PARTS = (
    "（一）做好工作准备。",
    "（二）检查知识技能。",
    "（三）检查工具装备。",
    "（四）检查周边环境。",
)
TYPES = (
    "（1）物体打击；（2）车辆伤害；（3）机械伤害；（4）起重伤害；（5）触电；（6）淹溺；（7）灼烫；（8）火灾；（9）高处坠落；（10）坍塌；"
    "（11）冒顶片帮；（12）透水；（13）放炮；（14）火药爆炸；（15）瓦斯爆炸；（16）锅炉爆炸；（17）压力容器爆炸；（18）其他爆炸；"
    "（19）中毒和窒息；（20）山洪地质灾害。"
)
COLOURS = {
    Part.PREPARATION: (200, 40, 60),
    Part.SKILLS: (20, 160, 70),
    Part.TOOLS: (40, 80, 220),
    Part.SURROUNDINGS: (220, 190, 20),
}
A4 = (595.276, 841.89)


FOOT = re.compile(
    r"一号车间东门日志第[^校]*?校验码[0-9a-f]{12}第\d+页共\d+页(危险作业现场风险“一备三查”表)?(作业人员一备三查|确认签字)?"
)


def flowing(paper: Paper) -> str:
    """Return the text without what stands on each page again."""
    return FOOT.sub("", paper.text)


def a_hot_work(desk: Desk, close: bool = True) -> str:
    """Record a welder's check that names hot work, with four photos."""
    check = desk.open_check("A002", post="welder")
    desk.record(f.WorksChosen(check, ("hot-work",)))
    for part in Part:
        desk.confirm(check, part, photo=a_picture(*COLOURS[part]))
    if close:
        desk.clock.turn(seconds=83)
        desk.close_check(check)
    return check


def _detail(desk: Desk, check: str) -> CheckDetail:
    with Reading.open(desk.folder) as reading:
        detail = reading.check(check)
    assert detail
    return detail


def _with_limits() -> Source:
    """Return a source whose hot work needs a permit and has limits."""
    limits = (Limit("氧 O₂", "%VOL", 19.5, 23.5), Limit("粉尘", "mg/m³", at_most=10))
    works = (msgspec.structs.replace(PACK.works[0], limits=limits),)
    pack = msgspec.structs.replace(PACK, works=works)
    return a_source(a_door(packs=(pack,), rule_sets=(PERMITS,)))


class TestFilled:
    def test_it_has_the_notices_rows_in_their_order(
        self, desk: Desk, print_check: Printing
    ) -> None:
        paper = print_check(a_hot_work(desk))
        assert paper.sizes == [pytest.approx(A4, abs=0.5)]
        assert paper.text.startswith("附件2危险作业现场风险“一备三查”表")
        places = [
            paper.text.find(words) for words in ("动火", TYPES[:8], "火花飞溅", *PARTS, "校验码")
        ]
        assert -1 not in places
        assert places == sorted(places)
        for row in ROWS:
            for syllables in (row[start : start + 2] for start in range(0, len(row), 2)):
                assert syllables in paper.text

    def test_the_twenty_types_are_those_of_the_notice_and_the_works_are_ticked(
        self, desk: Desk, print_check: Printing
    ) -> None:
        text = print_check(a_hot_work(desk)).text
        assert text.replace("√", "").count(TYPES) == 1
        assert "√（8）火灾；" in text
        assert text.count("√（") == 1

    def test_the_four_photos_stand_in_their_order(self, desk: Desk, print_check: Printing) -> None:
        paper = print_check(a_hot_work(desk))
        photos = paper.photos()
        assert len(photos) == len(Part)
        for part, printed_photo in zip(Part, photos, strict=True):
            for other in Part:
                assert alike(printed_photo, a_picture(*COLOURS[other])) is (other is part)

    def test_it_is_signed_with_time_and_the_journals_hash(
        self, desk: Desk, print_check: Printing
    ) -> None:
        check = a_hot_work(desk)
        paper = print_check(check)
        closing = desk.journal.entries()[-1]
        assert closing.kind == "check.closed"
        assert f"校验码：{closing.hash[:12]}" in paper.text
        assert "时间：2026-11-2408:01:23" in paper.text
        assert "李四（A002）班前安全承诺" in paper.text
        assert "结果：通过" in paper.text

    def test_the_strokes_of_the_signature_are_drawn(self, desk: Desk, source: Source) -> None:
        check = a_hot_work(desk)
        with Reading.open(desk.folder) as reading:
            detail = reading.check(check)
        assert detail
        assert detail.strokes == SIGNATURE
        dotted = msgspec.structs.replace(detail, strokes=((100, 200, 0),))
        signed, with_a_dot = (
            Paper(printed([annex2(each, {}, source)])) for each in (detail, dotted)
        )
        xs = SIGNATURE[0][0::3]
        width_mm = (max(xs) - min(xs)) / 1000 * 50
        assert changed_mm(signed, with_a_dot) == pytest.approx((width_mm, 0.5), abs=0.8)

    def test_without_a_signature_it_says_so(self, desk: Desk, print_check: Printing) -> None:
        check = a_hot_work(desk, close=False)
        desk.record(f.CheckClosed(check, f.Outcome.ABANDONED, ("left",)))
        text = print_check(check).text
        assert "没有签名" in text
        assert "结果：未做完（中途离开）" in text

    def test_a_failed_check_says_why_and_who_let_the_worker_in(
        self, desk: Desk, print_check: Printing
    ) -> None:
        check = desk.open_check()
        desk.confirm(check, Part.TOOLS, f.Answer.NOT_OK, "broken", photo=a_picture(1, 99, 200))
        desk.close_check(check, f.Outcome.FAILED, ("part:tools:broken",))
        desk.record(f.CheckReleased(check, SUPERVISOR, "card", "fixed"))
        text = print_check(check).text
        assert "（三）检查工具装备。·工具齐全当时整页回答：不符合×损坏" in text
        assert text.count("×") == 1
        assert "结果：未通过（工具装备不符合：损坏）" in text
        assert "放行：王五，已整改" in text

    def test_no_line_is_marked_that_was_not_answered_by_itself(
        self, desk: Desk, print_check: Printing
    ) -> None:
        check = desk.open_check()
        desk.confirm(check, Part.PREPARATION)
        desk.confirm(check, Part.SKILLS, f.Answer.NOT_APPLICABLE, "not-used")
        desk.close_check(check)
        text = print_check(check).text
        assert "（一）做好工作准备。·已交底当时整页回答：符合" in text
        assert "（二）检查知识技能。·会操作当时整页回答：不涉及—今天不用" in text
        assert "√" not in text
        assert text.count("—") == 1

    def test_a_work_stands_there_with_its_permit_and_room_for_what_only_the_site_knows(
        self, desk: Desk
    ) -> None:
        check = a_hot_work(desk, close=False)
        until = datetime(2026, 12, 1, 20)
        desk.record(
            f.PermitShown(check, "hot-work", "sample", "first", "20261130-007", until=until)
        )
        desk.close_check(check)
        text = Paper(printed([annex2(_detail(desk, check), {}, _with_limits())])).text
        assert "动火（一级，票号20261130-007，有效期至2026-12-0120:00）" in text
        assert "氧O₂19.5～23.5%VOL实测：＿" in text
        assert "粉尘≤10mg/m³实测：＿" in text
        assert "地点：＿" in text
        assert "时间：＿＿日＿＿时" in text
        assert "监护人签字：" in text

    def test_a_permit_that_had_ended_before_the_day_says_so(self, desk: Desk) -> None:
        check = a_hot_work(desk, close=False)
        desk.record(f.PermitShown(check, "hot-work", "sample", "first", "7"))
        text = Paper(printed([annex2(_detail(desk, check), {}, _with_limits())])).text
        assert "动火（一级，票号7，有效期至早于当天）" in text

    def test_a_work_without_a_permit_on_record_says_so(
        self, desk: Desk, print_check: Printing
    ) -> None:
        assert "动火（没有作业票记录）" in print_check(a_hot_work(desk)).text

    def test_without_a_work_nobody_guards(self, desk: Desk, print_check: Printing) -> None:
        text = print_check(desk.a_check()).text
        assert "监护人" not in text
        assert "地点：" not in text

    def test_a_line_names_all_that_it_stands_for(self, desk: Desk, print_check: Printing) -> None:
        check = desk.open_check()
        merged = (("已交代清楚", "班前会开过"), ())
        desk.record(
            f.ConfirmationMade(
                check, Part.PREPARATION, f.Answer.OK, ("交底做过", "票批过"), stands_for=merged
            )
        )
        desk.close_check(check)
        assert "交底做过（也包括：已交代清楚、班前会开过）" in print_check(check).text

    def test_a_work_that_was_not_let_be_done_stands_there_with_the_reason(
        self, desk: Desk, print_check: Printing
    ) -> None:
        check = desk.open_check("A002", post="welder")
        desk.record(f.WorkRefused(check, "hot-work", PermitFault.EXPIRED))
        desk.record(f.WorksChosen(check, ()))
        desk.close_check(check)
        text = print_check(check).text
        assert "没有让做动火：票过期" in text
        assert "没有做危险作业；岗位：电焊工" in text
        assert "本班没有危险作业" not in text

    def test_a_check_without_hazardous_work_says_so(
        self, desk: Desk, print_check: Printing
    ) -> None:
        text = print_check(desk.a_check()).text
        assert "本班没有危险作业；岗位：冲压工" in text


class TestMissingPhotos:
    def test_each_says_why(self, desk: Desk, print_check: Printing) -> None:
        check = desk.open_check()
        lines = desk.door.packs[0].lines
        desk.record(
            f.PhotoMissed(check, Part.PREPARATION, "camera_silent"),
            f.ConfirmationMade(check, Part.PREPARATION, f.Answer.OK, lines.texts(Part.PREPARATION)),
            f.PhotoMissed(check, Part.SKILLS, "摄像头没插好"),
            f.ConfirmationMade(check, Part.SKILLS, f.Answer.OK, lines.texts(Part.SKILLS)),
        )
        desk.confirm(check, Part.TOOLS, photo=b"\xff\xd8\xff no picture")
        deleted = desk.confirm(check, Part.SURROUNDINGS, photo=a_picture(5, 120, 30))
        gone = desk.photos.path(deleted)
        assert gone
        gone.unlink()
        desk.close_check(check)
        paper = print_check(check)
        for reason in ("摄像头没有响应", "摄像头没插好", "照片文件损坏", "照片文件已不在站上"):
            assert f"缺照片：{reason}" in paper.text
        assert paper.frames() == []

    def test_a_check_that_was_left_has_no_photo_for_what_was_not_reached(
        self, desk: Desk, print_check: Printing
    ) -> None:
        check = desk.open_check()
        desk.confirm(check, Part.PREPARATION, photo=a_picture(200, 30, 30))
        text = print_check(check).text
        assert text.count("缺照片：没有做到这一步") == 3
        assert "检查还没有结束" in text


class TestHostileWords:
    HOSTILE = (
        '<b>粗</b> <font size="99">大</font> &lt;i&gt; <img src="x"/> '
        "<para> </para> & %s {0} \\n --> ]]>"
    )

    def test_markup_in_names_and_comments_is_printed_as_it_is(
        self, desk: Desk, print_check: Printing
    ) -> None:
        check = a_hot_work(desk)
        worker = desk.journal.people.get("A002")
        assert worker
        named = msgspec.structs.replace(worker, name="<i>李&四</i>")
        desk.journal.change_roster(Roster((named,)), lambda card: card.number)
        desk.record(f.ReviewDecided(check, OTHER, f.Verdict.REJECTED, self.HOSTILE))
        text = flowing(print_check(check))
        assert "<i>李&四</i>（A002）" in text
        assert "".join(self.HOSTILE.split()) in text

    def test_signs_without_a_glyph_and_signs_nobody_sees(
        self, desk: Desk, print_check: Printing
    ) -> None:
        check = a_hot_work(desk)
        desk.record(
            f.ReviewDecided(check, OTHER, f.Verdict.REJECTED, "甲\u202e乙\x07丙\ue000丁𠮷戊\u0000")
        )
        assert "意见：甲乙丙〓丁𠮷戊" in flowing(print_check(check))


class TestLongTexts:
    def test_they_go_on_on_the_next_page_and_nothing_is_lost(
        self, desk: Desk, print_check: Printing
    ) -> None:
        check = desk.open_check()
        lines = tuple(f"第{number}条：" + "现场的东西都要看清楚，" * 4 for number in range(1, 31))
        for part in Part:
            photo = desk.photos.store(a_picture(*COLOURS[part]))
            desk.record(
                f.PhotoTaken(check, part, photo, photo, 1),
                f.ConfirmationMade(check, part, f.Answer.OK, lines, photo),
            )
        desk.close_check(check)
        desk.record(f.ReviewDecided(check, OTHER, f.Verdict.REJECTED, "字" * 500))
        paper = print_check(check)
        assert len(paper.pages) > 2
        for line in lines:
            assert flowing(paper).count(line) == len(Part)
        assert "字" * 500 in flowing(paper)
        assert f"第2页共{len(paper.pages)}页" in paper.texts[1]
        assert sum(len(paper.frames(page)) for page in range(len(paper.pages))) == len(Part)
        for page in range(len(paper.pages)):
            assert ink(paper, page, (0, 0, 17, 297)) == ink(paper, page, (193, 0, 210, 297)) == 0

    def test_a_word_without_end_stays_on_the_paper(self, desk: Desk, print_check: Printing) -> None:
        check = a_hot_work(desk)
        desk.record(f.ReviewDecided(check, OTHER, f.Verdict.REJECTED, "W" * 400))
        paper = print_check(check)
        assert paper.text.count("W") == 400
        assert ink(paper, len(paper.pages) - 1, (193, 0, 210, 297)) == 0


def test_the_font_is_in_the_file(desk: Desk, print_check: Printing) -> None:
    pdf = print_check(a_hot_work(desk)).pdf
    assert b"/FontFile2" in pdf
    assert b"BousungEG" in pdf
    assert b"Helvetica" not in pdf  # reportlab's own, which it does not embed


def test_the_same_record_gives_the_same_file(desk: Desk, print_check: Printing) -> None:
    check = a_hot_work(desk)
    assert print_check(check).pdf == print_check(check).pdf


def test_a_blank_one_has_room_for_everything(source: Source) -> None:
    general, hot_work = (
        Paper(printed([blank_annex2(source, work)]))
        for work in (None, source.door.works["hot-work"])
    )
    for paper in (general, hot_work):
        assert len(paper.pages) == 1
        assert TYPES in paper.text.replace("√", "")
        assert [part in paper.text for part in PARTS] == [True] * 4
        assert paper.text.count("符合不符合，原因：") == 4
        assert "作业人员签字：" in paper.text
    assert "√" not in general.text
    assert "√（8）火灾；" in hot_work.text
    assert "□动火票有效" in hot_work.text
    assert "动火（级别＿＿＿＿，票号＿＿＿＿＿＿，有效期至＿＿日＿＿时）" in hot_work.text
    assert "地点：＿" in hot_work.text
