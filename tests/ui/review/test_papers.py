"""补录: a paper form is entered, marked as such everywhere, and never counts as a check."""

from __future__ import annotations

import re
from typing import Any

import pytest

from kiosk.commands.protocol import Declined, Recorded, send
from kiosk.journal.verify import verify
from kiosk.model.content import Part
from kiosk.records import facts as f
from kiosk.records.paper.commands import RecordPaperCheck
from tests.fakes.desk import DAY, OTHER, SUPERVISOR, Desk
from tests.fakes.paper import Paper
from tests.fakes.paper_form import enter, entered
from tests.fakes.visitor import Visitor, shown, words


class TestEntering:
    def test_it_is_recorded_and_marked_everywhere(self, desk: Desk, supervisor: Visitor) -> None:
        answer = enter(supervisor)
        assert answer.status_code == 303
        (paper,) = entered(desk)
        assert (paper.by, paper.worker, paper.signed_by, paper.works) == (
            SUPERVISOR,
            "A002",
            "A002",
            ("hot-work",),
        )
        assert f.PaperAnswer(Part.TOOLS, f.Answer.NOT_OK, "broken") in paper.answers
        short_hash = desk.journal.entries()[-1].hash[:12]
        page = words(supervisor.get(answer.headers["Location"]))
        assert "已补录" in page
        assert "李四 补录" in page
        assert "不符合 损坏" in page
        assert short_hash in page
        assert "补录 李四" in words(supervisor.get("/"))
        assert "李四 补录" in words(supervisor.get("/papers"))
        text = Paper(supervisor.get(f"/papers/{paper.paper}/annex2/pdf").content).text
        assert "补录：王五（S001）" in text
        assert "纸质签字：李四（A002）" in text
        assert "补录只作留存，不代替班前站检查，不亮绿灯" in text
        assert "（三）检查工具装备。不符合：损坏" in text
        assert text.count("缺照片：纸质记录，没有照片") == 4
        assert f"校验码：{short_hash}" in text
        assert text.count("补录") >= 3

    def test_it_counts_nowhere_and_changes_no_check(self, desk: Desk, supervisor: Visitor) -> None:
        failed = desk.a_check("A002", f.Outcome.FAILED, ("abnormal:first:noise",), post="welder")
        before = supervisor.get("/")
        enter(supervisor, works=[])
        after = supervisor.get("/")
        assert shown(after) == shown(before) == [failed]
        tally = r"应到 \d+ 已到 \d+ 未到 \d+"
        found = [re.search(tally, words(page)) for page in (before, after)]
        assert found[0]
        assert found[1]
        assert found[0][0] == found[1][0]
        with desk.reading() as reading:
            detail = reading.check(failed)
            assert detail
            assert detail.row.outcome is f.Outcome.FAILED
            assert not detail.row.released_by
            assert reading.tally(DAY) == 0

    def test_the_chain_and_the_tables_still_verify(self, desk: Desk, supervisor: Visitor) -> None:
        desk.record(f.StationStarted("0.1.0"))
        enter(supervisor)
        with desk.reading() as reading:
            (row,) = reading.papers(DAY)
        assert row.hash == desk.journal.entries()[-1].hash
        assert verify(desk.folder, "desk-0001").bad is None
        desk.journal.rebuild()
        with desk.reading() as reading:
            assert reading.papers(DAY) == [row]

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"answer_skills": ""}, "四项都要选"),
            ({"answer_skills": "maybe"}, "四项都要选"),
            ({"reason_tools_not_ok": ""}, "工具装备：请选原因"),
            ({"worker": ""}, "请选作业人员和岗位"),
            ({"cause": ""}, "请选为什么用纸"),
            ({"kept_at": "  "}, "请选为什么用纸"),
            ({"kept_at": "柜" * 41}, "有一项填得不对"),
            ({"shift_on": "昨天"}, "有一项填得不对"),
            ({"shift_on": "2026-11-25"}, "日期还没有到"),
            ({"cause": "lazy"}, "有一项填得不对"),
            ({"works": "../x"}, "有一项填得不对"),
        ],
    )
    def test_what_is_wrong_is_said_and_what_was_typed_stays(
        self, desk: Desk, supervisor: Visitor, changes: dict[str, Any], said: str
    ) -> None:
        answer = enter(supervisor, **changes)
        assert answer.status_code == 422
        assert said in words(answer)
        assert entered(desk) == []
        if "kept_at" not in changes:
            assert "安全科3号柜" in answer.text

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"worker": "A999"}, "名单中没有工号 A999"),
            ({"post": "press"}, "李四 没有登记这个岗位"),
            ({"signed_by": "A999"}, "名单中没有签字人的工号 A999"),
            ({"shift_on": "2026-10-01"}, "超过31天的纸质记录不再补录"),
        ],
    )
    def test_the_station_declines_what_cannot_be(
        self, desk: Desk, supervisor: Visitor, changes: dict[str, Any], said: str
    ) -> None:
        answer = enter(supervisor, **changes)
        assert answer.status_code == 409
        assert said in words(answer)
        assert entered(desk) == []

    def test_a_second_tap_records_nothing_more(self, desk: Desk, supervisor: Visitor) -> None:
        enter(supervisor)
        assert "已经补录过" in words(enter(supervisor))
        assert len(entered(desk)) == 1

    def test_while_the_station_is_down_nothing_is_lost(self, desk: Desk, supervisor: Visitor) -> None:
        desk.stop_station()
        answer = enter(supervisor)
        assert answer.status_code == 503
        assert "班前站没有运行" in words(answer)
        assert "安全科3号柜" in answer.text

    def test_hostile_words_are_shown_as_they_are(self, desk: Desk, supervisor: Visitor) -> None:
        answer = enter(supervisor, kept_at='<b>"柜"</b>&{0}')
        page = supervisor.get(answer.headers["Location"])
        assert '<b>"柜"' not in page.text
        assert '<b>"柜"</b>&{0}' in words(page)
        (paper,) = entered(desk)
        pdf = supervisor.get(f"/papers/{paper.paper}/annex2/pdf")
        assert '<b>"柜"</b>&{0}' in Paper(pdf.content).text

    def test_what_is_not_there_is_not_found(self, supervisor: Visitor) -> None:
        for path in ("/papers/p9", "/papers/p9/annex2", "/papers/p9/annex2/pdf"):
            assert supervisor.get(path).status_code == 404


class TestWho:
    def a_command(self, by: str, **changes: Any) -> RecordPaperCheck:
        answers = tuple(f.PaperAnswer(part, f.Answer.OK) for part in Part)
        fields: dict[str, Any] = {
            "by": by,
            "worker": "A002",
            "post": "welder",
            "shift_on": DAY,
            "shift": "白班",
            "answers": answers,
            "signed_by": "A002",
            "cause": f.PaperCause.POWER,
            "kept_at": "柜",
        }
        return RecordPaperCheck(**{**fields, **changes})

    @pytest.mark.parametrize(
        ("by", "said"), [("A001", "没有补录权限"), ("A002", "没有补录权限"), ("X", "没有补录权限")]
    )
    def test_only_a_supervisor_may(self, desk: Desk, by: str, said: str) -> None:
        assert send(desk.folder / "station.sock", self.a_command(by)) == Declined(said)
        assert entered(desk) == []

    def test_the_responsible_person_may(self, desk: Desk) -> None:
        assert isinstance(send(desk.folder / "station.sock", self.a_command(OTHER)), Recorded)

    def test_not_every_part_or_one_twice(self, desk: Desk) -> None:
        one = f.PaperAnswer(Part.TOOLS, f.Answer.OK)
        for answers in ((), (one,) * 4):
            reply = send(desk.folder / "station.sock", self.a_command(SUPERVISOR, answers=answers))
            assert reply == Declined("一备三查的四项都要填")
