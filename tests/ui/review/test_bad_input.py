"""What no page of ours sends, and what time does to one that lay open."""

from __future__ import annotations

import pytest

from tests.fakes.desk import SUPERVISOR, Desk
from tests.fakes.visitor import Visitor, token_on, words


class TestBadInput:
    @pytest.mark.parametrize(
        "fields", [{"verdict": "maybe"}, {"after": "x"}, {"photo": "../x"}, {"photo": "ab" * 32}]
    )
    def test_a_form_that_no_page_of_ours_sends_is_refused(
        self, desk: Desk, supervisor: Visitor, fields: dict[str, str]
    ) -> None:
        check = desk.a_check()
        fields = {"verdict": "accepted", "after": "0", **fields}
        answer = supervisor.submit(f"/checks/{check}/reviews", supervisor.get("/"), **fields)
        assert answer.status_code == 400
        assert "提交的内容无法识别" in words(answer)
        assert desk.reviews(check) == []

    def test_a_wrong_token_records_nothing_and_keeps_the_comment(
        self, desk: Desk, supervisor: Visitor
    ) -> None:
        check = desk.a_check()
        fields = {"csrf_token": "wrong", "verdict": "rejected", "after": "0", "comment": "换人了"}
        answer = supervisor.post(f"/checks/{check}/reviews", data=fields)
        assert answer.status_code == 400
        assert "页面已过期，请再提交一次" in words(answer)
        assert "换人了</textarea>" in answer.text
        assert desk.reviews(check) == []

    def test_a_wrong_token_for_a_check_that_is_not_there_is_told(self, supervisor: Visitor) -> None:
        assert (
            supervisor.post("/checks/none/reviews", data={"csrf_token": "wrong"}).status_code == 404
        )

    def test_a_sign_in_page_that_lay_open_for_too_long_is_told(self, anybody: Visitor) -> None:
        answer = anybody.post(
            "/sign-in", data={"csrf_token": "stale", "worker": SUPERVISOR, "password": "x"}
        )
        assert answer.status_code == 400
        assert "页面已过期，请再提交一次" in words(answer)
        assert f'value="{SUPERVISOR}"' in answer.text

    def test_a_form_from_another_site_touches_nothing(
        self, desk: Desk, supervisor: Visitor
    ) -> None:
        check = desk.a_check()
        page = supervisor.get(f"/checks/{check}")
        answer = supervisor.post(
            f"/checks/{check}/reviews",
            data={"csrf_token": token_on(page), "verdict": "accepted", "after": "0"},
            headers={"Origin": "https://evil.example"},
        )
        assert answer.status_code == 400
        assert "Set-Cookie" not in answer.headers
        assert desk.reviews(check) == []

    def test_ten_thousand_characters_are_too_long_and_stay_in_the_form(
        self, desk: Desk, supervisor: Visitor
    ) -> None:
        check = desk.a_check()
        answer = supervisor.judge(check, "rejected", comment="字" * 3400)
        assert answer.status_code == 422
        assert "最多 500 字" in words(answer)
        assert "字" * 3400 in answer.text
        assert desk.reviews(check) == []

    def test_a_body_without_end_is_cut_off(self, desk: Desk, supervisor: Visitor) -> None:
        answer = supervisor.judge(desk.a_check(), comment="x" * 100_000)
        assert answer.status_code == 413
        assert "提交的内容太大" in words(answer)

    def test_a_session_that_ran_out_keeps_the_comment(
        self, desk: Desk, supervisor: Visitor
    ) -> None:
        check = desk.a_check()
        page = supervisor.get(f"/checks/{check}")
        desk.clock.turn(minutes=31)
        comment = "背面没有拍到，" * 40
        answer = supervisor.submit(
            f"/checks/{check}/reviews",
            page,
            verdict="rejected",
            after="0",
            comment=comment,
            suggestion="不是本人",
        )
        assert answer.status_code == 303
        sign_in = answer.headers["Location"]
        assert "意见已经保留" in words(supervisor.get(sign_in))
        back = supervisor.sign_in(at=sign_in)
        assert back.headers["Location"] == f"/checks/{check}"
        assert f"不是本人；{comment}</textarea>" in supervisor.get(f"/checks/{check}").text
        assert desk.reviews(check) == []
        assert comment not in supervisor.get(f"/checks/{check}").text

    def test_so_does_a_browser_that_lost_its_cookie(self, desk: Desk, supervisor: Visitor) -> None:
        check = desk.a_check()
        page = supervisor.get(f"/checks/{check}")
        supervisor.cookies.clear()
        answer = supervisor.submit(
            f"/checks/{check}/reviews", page, verdict="rejected", after="0", comment="换人了"
        )
        supervisor.sign_in(at=answer.headers["Location"])
        assert "换人了</textarea>" in supervisor.get(f"/checks/{check}").text

    @pytest.mark.parametrize(
        "path",
        [
            "/nowhere",
            "/days/tomorrow",
            "/days/2026-13-01",
            "/days?on=x",
            "/?before=x",
            "/?before=-1",
        ],
    )
    def test_an_address_that_leads_nowhere_is_told(self, supervisor: Visitor, path: str) -> None:
        answer = supervisor.get(path)
        assert answer.status_code == 404
        assert "没有这个页面" in words(answer)

    def test_a_verdict_cannot_be_given_by_a_link(self, desk: Desk, supervisor: Visitor) -> None:
        check = desk.a_check()
        assert (
            supervisor.get(f"/checks/{check}/reviews?verdict=accepted&after=0").status_code == 405
        )
        assert desk.reviews(check) == []

    def test_a_journal_that_is_not_there_is_told(self, desk: Desk, supervisor: Visitor) -> None:
        desk.close()
        journal = desk.folder / "journal.db"
        journal.rename(journal.with_suffix(".away"))
        answer = supervisor.get("/")
        assert answer.status_code == 503
        assert "暂时读不到记录" in words(answer)
