"""A day's checks: today's live, and those of the days before."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from kiosk.model.content import Part
from kiosk.model.people import Roster
from kiosk.records import facts as f
from tests.fakes.content import a_worker
from tests.fakes.desk import DAY, SUPERVISOR, Desk
from tests.fakes.visitor import Visitor, shown, words


class TestToday:
    def test_checks_are_listed_newest_first_with_who_post_time_and_outcome(
        self, desk: Desk, supervisor: Visitor
    ) -> None:
        first = desk.a_check("A001")
        second = desk.a_check("A002", f.Outcome.FAILED, ("part:tools:broken",), post="welder")
        page = supervisor.get("/")
        assert shown(page) == [second, first]
        for word in (
            "张三",
            "冲压工",
            "冲压班",
            "08:00",
            "通过",
            "李四",
            "电焊工",
            "08:01",
            "未通过",
            "工具装备不符合：损坏",
        ):
            assert word in words(page)

    def test_who_was_expected_who_came_and_who_did_not(self, desk: Desk, supervisor: Visitor) -> None:
        desk.a_check("A001")
        desk.a_check("A002", f.Outcome.FAILED)
        page = words(supervisor.get("/"))
        assert "应到 3 已到 1 未到 2 未到的人 李四 赵六" in page

    def test_filters(self, desk: Desk, supervisor: Visitor) -> None:
        judged = desk.a_check("A001")
        failed = desk.a_check("A002", f.Outcome.FAILED)
        left = desk.a_check("A003", f.Outcome.ABANDONED, ("left",))
        desk.record(f.ReviewDecided(judged, SUPERVISOR, f.Verdict.ACCEPTED))
        assert shown(supervisor.get("/?show=unreviewed")) == [failed]
        assert shown(supervisor.get("/?show=not_passed")) == [failed]
        assert shown(supervisor.get("/?show=unfinished")) == [left]
        assert shown(supervisor.get("/?show=nonsense")) == [left, failed, judged]
        assert "全部 3 未复核 1 未通过 1 未做完 1" in words(supervisor.get("/"))

    def test_older_pages_are_reached_without_gap_or_repetition(self, desk: Desk, supervisor: Visitor) -> None:
        checks = [desk.a_check() for _ in range(8)]
        seen, path = [], "/"
        while path:
            page = supervisor.get(path)
            seen += shown(page)
            desk.a_check()  # somebody arrives meanwhile
            older = re.search(r'href="([^"]+)">更早', page.text)
            path = older[1] if older else ""
        assert seen == checks[::-1]

    def test_days_before(self, desk: Desk, supervisor: Visitor) -> None:
        yesterday = desk.a_check(on=DAY - timedelta(days=1))
        today = desk.a_check()
        assert shown(supervisor.get("/")) == [today]
        assert shown(supervisor.get("/days/2026-11-23")) == [yesterday]
        assert supervisor.get("/days?on=2026-11-23").headers["Location"] == "/days/2026-11-23"
        assert supervisor.get("/days?on=2026-11-24").headers["Location"] == "/"

    @pytest.mark.parametrize("day", ["0001-01-01", "0001-01-02", "9999-12-30", "9999-12-31"])
    def test_the_calendar_has_ends(self, supervisor: Visitor, day: str) -> None:
        assert "这一天没有检查" in words(supervisor.get(f"/days/{day}"))

    def test_at_three_in_the_morning_today_is_still_the_night_shift(
        self, desk: Desk, supervisor: Visitor
    ) -> None:
        check = desk.a_check()
        desk.clock.turn(hours=19)
        supervisor.sign_in()
        assert shown(supervisor.get("/")) == [check]
        desk.clock.turn(hours=4)
        supervisor.sign_in()
        assert shown(supervisor.get("/")) == []

    def test_an_erased_person_is_an_id(self, desk: Desk, supervisor: Visitor) -> None:
        check = desk.a_check("A001")
        desk.journal.erase_worker("A001")
        for path in ("/", f"/checks/{check}"):
            page = words(supervisor.get(path))
            assert "A001" in page
            assert "张三" not in page

    def test_names_are_text(self, desk: Desk, supervisor: Visitor) -> None:
        desk.journal.change_roster(
            Roster((a_worker("A001", name="<script>alert(1)</script>"),)), lambda card: card.number
        )
        desk.a_check("A001")
        assert "<script>alert" not in supervisor.get("/").text

    def test_an_empty_day_says_so(self, supervisor: Visitor) -> None:
        assert "还没有人检查" in words(supervisor.get("/"))
        assert "这一天没有检查" in words(supervisor.get("/days/2020-01-01"))


class TestLive:
    def test_the_list_is_only_sent_when_something_was_recorded(self, desk: Desk, supervisor: Visitor) -> None:
        first = supervisor.get("/live")
        etag = first.headers["ETag"]
        unchanged = supervisor.get("/live", headers={"If-None-Match": etag})
        assert (unchanged.status_code, unchanged.content) == (304, b"")
        check = desk.a_check()
        changed = supervisor.get("/live", headers={"If-None-Match": etag})
        assert changed.status_code == 200
        assert shown(changed) == [check]
        assert changed.headers["ETag"] != etag

    def test_another_filter_is_another_list(self, supervisor: Visitor) -> None:
        etag = supervisor.get("/live").headers["ETag"]
        assert supervisor.get("/live?show=unreviewed", headers={"If-None-Match": etag}).status_code == 200

    def test_a_new_day_is_another_list(self, desk: Desk, supervisor: Visitor) -> None:
        etag = supervisor.get("/live").headers["ETag"]
        desk.clock.turn(hours=23)
        supervisor.sign_in()
        assert supervisor.get("/live", headers={"If-None-Match": etag}).status_code == 200

    def test_an_open_check_grows_and_a_closed_one_stays(self, desk: Desk, supervisor: Visitor) -> None:
        check = desk.open_check()
        assert "进行中" in words(supervisor.get("/live"))
        desk.confirm(check, Part.PREPARATION)
        assert supervisor.get("/live").text.count("<img") == 1
        desk.confirm(check, Part.SKILLS)
        assert supervisor.get("/live").text.count("<img") == 2
        desk.close_check(check)
        assert "通过" in words(supervisor.get("/live"))
