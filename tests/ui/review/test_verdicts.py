"""Verdicts: recorded by the station, shown to everybody, never lost."""

from __future__ import annotations

import re

import pytest

from kiosk.model.content import Part
from kiosk.records import facts as f
from tests.fakes.desk import OTHER, SUPERVISOR, Desk
from tests.fakes.visitor import Visitor, shown, words


class TestVerdicts:
    def test_a_verdict_is_recorded_and_shown(self, desk: Desk, supervisor: Visitor) -> None:
        check = desk.a_check()
        answer = supervisor.judge(check)
        assert answer.status_code == 303
        assert desk.reviews(check) == [(SUPERVISOR, f.Verdict.ACCEPTED, "", "")]
        page = words(supervisor.get(f"/checks/{check}"))
        assert "已记录：合格" in page
        assert "王五" in page
        assert "合格" in words(supervisor.get("/"))

    def test_a_rejection_carries_its_reasons(self, desk: Desk, supervisor: Visitor) -> None:
        check = desk.a_check()
        supervisor.judge(check, "rejected", suggestion=["不是本人", "照片看不清"], comment="请重拍")
        assert desk.reviews(check) == [(SUPERVISOR, f.Verdict.REJECTED, "不是本人；照片看不清；请重拍", "")]
        assert "不是本人；照片看不清；请重拍" in words(supervisor.get(f"/checks/{check}"))

    @pytest.mark.parametrize("nothing", ["  ", "\u200b\u200b", "\ufeff\u3164"])
    def test_a_rejection_without_a_reason_is_asked_for_one(
        self, desk: Desk, supervisor: Visitor, nothing: str
    ) -> None:
        check = desk.a_check()
        answer = supervisor.judge(check, "rejected", comment=nothing)
        assert answer.status_code == 422
        assert "请选择或写明不合格的原因" in words(answer)
        assert desk.reviews(check) == []

    def test_one_photo_can_be_judged_by_itself(self, desk: Desk, supervisor: Visitor) -> None:
        check = desk.open_check()
        photo = desk.confirm(check, Part.TOOLS)
        desk.close_check(check)
        supervisor.judge(check, "rejected", photo=photo, suggestion="不是现场")
        assert desk.reviews(check) == [(SUPERVISOR, f.Verdict.REJECTED, "不是现场", photo)]
        page = words(supervisor.get(f"/checks/{check}"))
        assert "照片不合格" in page
        assert "工具装备照片" in page
        assert shown(supervisor.get("/?show=unreviewed")) == [check]

    def test_it_can_be_given_again_and_all_are_shown(self, desk: Desk, supervisor: Visitor) -> None:
        check = desk.a_check()
        supervisor.judge(check, "rejected", comment="看不清")
        supervisor.judge(check, "accepted", comment="看过现场")
        assert [review[1] for review in desk.reviews(check)] == [f.Verdict.REJECTED, f.Verdict.ACCEPTED]
        page = words(supervisor.get(f"/checks/{check}"))
        assert page.index("看过现场") < page.index("看不清")
        assert "合格 王五" in page

    def test_ones_own_check_has_no_buttons_and_leads_on(self, desk: Desk, supervisor: Visitor) -> None:
        other, own = desk.a_check("A001"), desk.a_check(SUPERVISOR)
        page = supervisor.get(f"/checks/{own}?again=1")
        assert "自己的检查要由别人复核" in words(page)
        assert 'name="verdict"' not in page.text
        assert f'href="/checks/{other}"' in page.text
        desk.record(f.ReviewDecided(own, OTHER, f.Verdict.ACCEPTED))
        judged = supervisor.get(f"/checks/{own}?again=1")
        assert "合格 孙七" in words(judged)
        assert "改判" not in words(judged)

    def test_it_leads_on_to_the_next_check(self, desk: Desk, supervisor: Visitor) -> None:
        older, newer = desk.a_check("A001"), desk.a_check("A002", post="welder")
        supervisor.judge(newer)
        assert f'href="/checks/{older}"' in supervisor.get(f"/checks/{newer}").text
        supervisor.judge(older)
        assert "今天都复核完了" in words(supervisor.get(f"/checks/{older}"))

    def test_a_second_tap_on_the_same_button_records_nothing_more(
        self, desk: Desk, supervisor: Visitor
    ) -> None:
        check = desk.a_check()
        page = supervisor.get(f"/checks/{check}")
        path = f"/checks/{check}/reviews"
        for _ in range(2):
            answer = supervisor.submit(path, page, verdict="accepted", after="0")
            assert answer.status_code == 303
        assert len(desk.reviews(check)) == 1

    def test_a_verdict_given_meanwhile_is_not_overlooked(self, desk: Desk, supervisor: Visitor) -> None:
        check = desk.a_check()
        page = supervisor.get(f"/checks/{check}")
        desk.record(f.ReviewDecided(check, OTHER, f.Verdict.REJECTED, "不是本人"))
        path = f"/checks/{check}/reviews"
        answer = supervisor.submit(path, page, verdict="accepted", after="0", comment="看起来很好")
        assert answer.status_code == 409
        assert "孙七刚刚判为不合格" in words(answer)
        assert "看起来很好" in answer.text
        assert len(desk.reviews(check)) == 1

    def test_a_comment_is_text(self, desk: Desk, supervisor: Visitor) -> None:
        check = desk.a_check()
        supervisor.judge(check, "rejected", comment="</textarea><script>alert(1)</script>")
        assert "<script>alert" not in supervisor.get(f"/checks/{check}?again=1").text

    def test_while_the_station_is_down_nothing_is_lost(self, desk: Desk, supervisor: Visitor) -> None:
        check = desk.a_check()
        desk.stop_station()
        answer = supervisor.judge(check, "rejected", suggestion="不是本人", comment="换人了")
        assert answer.status_code == 503
        assert "班前站没有运行，复核没有记录" in words(answer)
        assert "换人了</textarea>" in answer.text
        assert re.search(r'value="不是本人" checked', answer.text)
        desk.start_station()
        assert supervisor.judge(check).status_code == 303

    def test_what_the_station_declines_is_told_with_its_reason(self, desk: Desk, supervisor: Visitor) -> None:
        check = desk.open_check()
        answer = supervisor.submit(
            f"/checks/{check}/reviews", supervisor.get("/"), verdict="accepted", after="0", comment="急"
        )
        assert answer.status_code == 409
        assert "检查还没有结束" in words(answer)
        assert desk.reviews(check) == []
