"""One check, its photos, and what every page carries."""

from __future__ import annotations

import re

import pytest

from kiosk.model.content import Part
from kiosk.records import facts as f
from tests.fakes.desk import OTHER, Desk
from tests.fakes.visitor import Visitor, words

PAGES = ["/", "/days/2026-11-24", "/checks/check-0001"]


class TestOneCheck:
    def test_everything_on_record_is_shown(self, desk: Desk, supervisor: Visitor) -> None:
        check = desk.open_check("A001")
        question = desk.door.question("press", 0)
        desk.record(f.WorksChosen(check, ("hot-work",)))
        desk.record(f.QuestionAnswered(check, question.id, 0, False))
        desk.record(f.StepCalled(check, "start", "second", 7300, 2))
        desk.record(f.StepCalled(check, "of-before", "unheard-of", 5000))
        desk.confirm(check, Part.PREPARATION, faults=("dark",))
        photo = desk.confirm(check, Part.TOOLS, f.Answer.NOT_OK, "broken")
        desk.record(f.DangerFound("d1", check, "tools", "焊钳破损", photo))
        desk.record(f.PhotoMissed(check, Part.SURROUNDINGS, "摄像头断开"))
        desk.clock.turn(seconds=65)
        desk.close_check(check, f.Outcome.FAILED, ("part:tools:broken",))
        desk.record(f.CheckReleased(check, OTHER, "card", "fixed"))
        page = supervisor.get(f"/checks/{check}")
        closing = desk.journal.entries(after=desk.journal.head.seq - 2, limit=1)[0]
        for word in (
            *("张三", "冲压工", "动火", "未通过", "工具装备不符合：损坏"),
            *(
                "最怕什么？",
                "触电 · 答错",
                "正确答案：夹手",
                "开工前",
                "second正常，确认！",
                "of-before",
                "unheard-of",
                "7.3 秒",
                "指偏 2 次",
            ),
            *(
                "照片偏暗",
                "工具齐全",
                "焊钳破损",
                "孙七放行：已整改",
                "摄像头断开",
                "1 分 05 秒",
                "白班",
            ),
            *(closing.hash[:12], f"–{closing.seq}", "班前安全承诺"),
        ):
            assert word in words(page), word
        assert 'viewBox="0 0 1000 400"' in page.text
        assert "时钟未校准" not in words(page)

    def test_a_wrong_clock_is_marked(self, desk: Desk, supervisor: Visitor) -> None:
        desk.clock.ok = False
        assert "时钟未校准" in words(supervisor.get(f"/checks/{desk.a_check()}"))

    def test_content_that_was_changed_since_is_told(self, desk: Desk, supervisor: Visitor) -> None:
        check = desk.open_check()
        desk.record(f.PostChosen(check, "press", "sample", "0", "0" * 64))
        assert "内容已更新" in words(supervisor.get(f"/checks/{check}"))
        assert "内容已更新" not in words(supervisor.get(f"/checks/{desk.a_check()}"))

    def test_an_open_check_cannot_be_judged_yet(self, desk: Desk, supervisor: Visitor) -> None:
        page = supervisor.get(f"/checks/{desk.open_check()}")
        assert "检查还没有结束" in words(page)
        assert 'name="verdict"' not in page.text

    @pytest.mark.parametrize(
        "check", ["nothing", "%00", "..%2f..%2fetc", "a" * 3000, "' or 1=1 --"]
    )
    def test_a_check_that_is_not_there_is_told_in_a_sentence(
        self, supervisor: Visitor, check: str
    ) -> None:
        answer = supervisor.get(f"/checks/{check}")
        assert answer.status_code == 404
        assert "没有这个页面" in words(answer)


class TestPhotos:
    def test_a_photo_is_sent_once_and_may_be_kept(self, desk: Desk, supervisor: Visitor) -> None:
        digest = desk.photos.store(b"\xff\xd8 a photo \xff\xd9")
        answer = supervisor.get(f"/photos/{digest}")
        assert answer.content == b"\xff\xd8 a photo \xff\xd9"
        assert answer.headers["Content-Type"] == "image/jpeg"
        assert {"private", "immutable"} <= set(answer.headers["Cache-Control"].split(", "))
        again = supervisor.get(
            f"/photos/{digest}", headers={"If-None-Match": answer.headers["ETag"]}
        )
        assert (again.status_code, again.content) == (304, b"")

    @pytest.mark.parametrize(
        "name",
        [
            "..%2f..%2fjournal.db",
            "../journal.db",
            "ab",
            "AB" * 32,
            "ab" * 32,
            "ab" * 32 + "%0a",
            "%2e%2e",
        ],
    )
    def test_nothing_else_is_sent(self, supervisor: Visitor, name: str) -> None:
        assert supervisor.get(f"/photos/{name}").status_code == 404


class TestHeaders:
    @pytest.mark.parametrize("path", ["/", "/sign-in", "/nowhere", "/static/review.css"])
    def test_nothing_from_elsewhere_runs_or_frames_a_page(
        self, supervisor: Visitor, path: str
    ) -> None:
        headers = supervisor.get(path).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"

    @pytest.mark.parametrize("path", [*PAGES, "/live", "/sign-in"])
    def test_pages_with_people_are_not_kept(
        self, desk: Desk, supervisor: Visitor, path: str
    ) -> None:
        desk.a_check()
        assert supervisor.get(path).headers["Cache-Control"] == "no-store"

    def test_there_is_no_script_in_a_page(self, desk: Desk, supervisor: Visitor) -> None:
        desk.a_check()
        for path in PAGES:
            assert not re.search(r"<script(?![^>]*src=)|\son\w+=|style=", supervisor.get(path).text)
