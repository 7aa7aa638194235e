"""The supervisor's pages over real HTTP: a real journal, real photos, and the station's real command socket."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx2
import pytest

from kiosk.model import facts as f
from kiosk.model.content import Part
from kiosk.model.people import Roster
from tests.fakes.content import a_worker
from tests.fakes.desk import DAY, OTHER, SUPERVISOR, Desk, a_desk
from tests.fakes.visitor import Visitor, token_on, words

PAGES = ["/", "/days/2026-11-24", "/checks/check-0001"]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with a_desk(tmp_path, page_size=3) as desk:
        yield desk


@pytest.fixture
def anybody(desk: Desk) -> Iterator[Visitor]:
    with Visitor(desk.url) as visitor:
        yield visitor


@pytest.fixture
def supervisor(anybody: Visitor) -> Visitor:
    assert anybody.sign_in().status_code == 303
    return anybody


def shown(page: httpx2.Response) -> list[str]:
    """Give the checks that a list shows, in order."""
    return re.findall(r'id="c-([^"]+)"', page.text)


class TestSignIn:
    @pytest.mark.parametrize("path", PAGES)
    def test_no_page_opens_without_it_and_it_leads_there(
        self, desk: Desk, anybody: Visitor, path: str
    ) -> None:
        desk.a_check()
        answer = anybody.get(path)
        assert answer.status_code == 303
        signed_in = anybody.sign_in(at=answer.headers["Location"])
        assert signed_in.headers["Location"] == path
        assert anybody.get(path).status_code == 200

    @pytest.mark.parametrize("path", ["/live", f"/photos/{'ab' * 32}"])
    def test_what_a_page_fetches_by_itself_is_refused_without_it(self, anybody: Visitor, path: str) -> None:
        assert anybody.get(path).status_code == 401

    def test_a_wrong_password_is_told_and_the_name_kept(self, anybody: Visitor) -> None:
        answer = anybody.sign_in(password="wrong-password")
        assert answer.status_code == 401
        assert "工号或密码不对" in words(answer)
        assert f'value="{SUPERVISOR}"' in answer.text
        assert "wrong-password" not in answer.text

    def test_too_many_wrong_passwords_mean_waiting(self, desk: Desk, anybody: Visitor) -> None:
        for _ in range(5):
            anybody.sign_in(password="wrong-password")
        answer = anybody.sign_in()
        assert answer.status_code == 429
        assert answer.headers["Retry-After"] == "30"
        assert "1 分钟后再试" in words(answer)
        desk.clock.turn(seconds=31)
        assert anybody.sign_in().status_code == 303

    @pytest.mark.parametrize(
        "elsewhere",
        ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:x", "/%0d%0aX: y"],
    )
    def test_it_never_leads_to_another_site(self, anybody: Visitor, elsewhere: str) -> None:
        page = anybody.get("/sign-in", params={"next": elsewhere})
        answer = anybody.submit(
            str(page.url.raw_path, "ascii"), page, worker=SUPERVISOR, password="right-password"
        )
        assert answer.status_code == 303
        assert answer.headers["Location"] in ("/", "/%0d%0aX:%20y", "/%250d%250aX:%20y")

    def test_an_account_without_the_role_is_refused(self, desk: Desk, anybody: Visitor) -> None:
        desk.access.set_password("A001", "right-password")
        answer = anybody.sign_in("A001")
        assert answer.status_code == 403
        assert anybody.get("/").status_code == 303

    def test_signing_out_ends_it(self, supervisor: Visitor) -> None:
        answer = supervisor.submit("/sign-out", supervisor.get("/"))
        assert answer.headers["Clear-Site-Data"] == '"cache"'
        assert supervisor.get("/").status_code == 303

    def test_a_new_password_ends_it(self, desk: Desk, supervisor: Visitor) -> None:
        desk.access.set_password(SUPERVISOR, "another-password")
        assert supervisor.get("/").status_code == 303

    def test_losing_the_role_ends_it(self, desk: Desk, supervisor: Visitor) -> None:
        desk.journal.erase_worker(SUPERVISOR)
        assert supervisor.get("/").status_code == 303

    def test_half_an_hour_without_a_page_locks_it(self, desk: Desk, supervisor: Visitor) -> None:
        desk.clock.turn(minutes=29)
        assert supervisor.get("/").status_code == 200
        desk.clock.turn(minutes=29)
        assert supervisor.get("/").status_code == 200
        desk.clock.turn(minutes=31)
        answer = supervisor.get("/")
        assert answer.status_code == 303
        assert "登录已过期" in words(supervisor.get(answer.headers["Location"]))

    def test_a_list_that_keeps_itself_up_to_date_does_not_keep_it_open(
        self, desk: Desk, supervisor: Visitor
    ) -> None:
        for _ in range(4):
            desk.clock.turn(minutes=10)
            last = supervisor.get("/live")
        assert last.status_code == 401

    def test_after_eight_hours_it_is_over_however_busy(self, desk: Desk, supervisor: Visitor) -> None:
        for _ in range(8 * 3):
            desk.clock.turn(minutes=20)
            assert supervisor.get("/").status_code == 200
        desk.clock.turn(minutes=1)
        assert supervisor.get("/").status_code == 303


class TestCookies:
    def test_the_cookie_is_out_of_reach_for_scripts_and_other_sites(self, anybody: Visitor) -> None:
        cookie = anybody.sign_in().headers["Set-Cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
        assert "Secure" not in cookie

    def test_behind_tls_it_is_secure(self, desk: Desk) -> None:
        headers = {
            "X-Forwarded-Proto": "https",
            "X-Forwarded-For": "192.168.1.7",
            "Host": "station.local:8443",
        }
        headers["Referer"] = "https://station.local:8443/sign-in"
        with Visitor(desk.url, headers=headers) as phone:
            page = phone.get("/sign-in")
            # The client talks plain HTTP here and would keep a Secure cookie to itself.
            session = page.headers["Set-Cookie"].split(";")[0]
            answer = phone.post(
                "/sign-in",
                data={"csrf_token": token_on(page), "worker": SUPERVISOR, "password": "right-password"},
                headers={"Cookie": session},
            )
        assert answer.status_code == 303
        assert "Secure" in answer.headers["Set-Cookie"]

    def test_only_the_proxy_on_this_machine_is_believed(self, desk: Desk) -> None:
        """127.0.0.2 stands for a neighbour: it, too, is this machine, but not where nginx connects from."""
        neighbour = httpx2.HTTPTransport(local_address="127.0.0.2")
        with Visitor(desk.url, transport=neighbour, headers={"X-Forwarded-Proto": "https"}) as visitor:
            assert "Secure" not in visitor.get("/sign-in").headers["Set-Cookie"]

    def test_wrong_tries_are_counted_by_the_address_that_the_proxy_names(self, desk: Desk) -> None:
        with Visitor(desk.url, headers={"X-Forwarded-For": "192.168.1.66"}) as guesser:
            for number in range(6):
                last = guesser.sign_in(worker=f"guess-{number}")
        assert last.status_code == 429
        with Visitor(desk.url, headers={"X-Forwarded-For": "192.168.1.7"}) as phone:
            assert phone.sign_in().status_code == 303


class TestHeaders:
    @pytest.mark.parametrize("path", ["/", "/sign-in", "/nowhere", "/static/review.css"])
    def test_nothing_from_elsewhere_runs_or_frames_a_page(self, supervisor: Visitor, path: str) -> None:
        headers = supervisor.get(path).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"

    @pytest.mark.parametrize("path", [*PAGES, "/live", "/sign-in"])
    def test_pages_with_people_are_not_kept(self, desk: Desk, supervisor: Visitor, path: str) -> None:
        desk.a_check()
        assert supervisor.get(path).headers["Cache-Control"] == "no-store"

    def test_there_is_no_script_in_a_page(self, desk: Desk, supervisor: Visitor) -> None:
        desk.a_check()
        for path in PAGES:
            assert not re.search(r"<script(?![^>]*src=)|\son\w+=|style=", supervisor.get(path).text)


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
        desk.record(f.ReviewDecided(judged, SUPERVISOR, f.Verdict.ACCEPTED))
        assert shown(supervisor.get("/?show=unreviewed")) == [failed]
        assert shown(supervisor.get("/?show=not_passed")) == [failed]
        assert shown(supervisor.get("/?show=nonsense")) == [failed, judged]
        assert "全部 2 未复核 1 未通过 1" in words(supervisor.get("/"))

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


class TestOneCheck:
    def test_everything_on_record_is_shown(self, desk: Desk, supervisor: Visitor) -> None:
        check = desk.open_check("A001")
        question = desk.door.question("press", 0)
        desk.record(f.WorksChosen(check, ("hot-work",)))
        desk.record(f.QuestionAnswered(check, question.id, 0, False))
        desk.record(f.StepCalled(check, "start", "second", 7300, 2))
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
            *("最怕什么？", "触电 · 答错", "正确答案：夹手", "second正常，确认！", "7.3 秒", "指偏 2 次"),
            *("照片偏暗", "工具齐全", "焊钳破损", "孙七放行：已整改", "摄像头断开", "1 分 05 秒", "白班"),
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

    @pytest.mark.parametrize("check", ["nothing", "%00", "..%2f..%2fetc", "a" * 3000, "' or 1=1 --"])
    def test_a_check_that_is_not_there_is_told_in_a_sentence(self, supervisor: Visitor, check: str) -> None:
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
        again = supervisor.get(f"/photos/{digest}", headers={"If-None-Match": answer.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")

    @pytest.mark.parametrize(
        "name",
        ["..%2f..%2fjournal.db", "../journal.db", "ab", "AB" * 32, "ab" * 32, "ab" * 32 + "%0a", "%2e%2e"],
    )
    def test_nothing_else_is_sent(self, supervisor: Visitor, name: str) -> None:
        assert supervisor.get(f"/photos/{name}").status_code == 404


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

    def test_a_rejection_without_a_reason_is_asked_for_one(self, desk: Desk, supervisor: Visitor) -> None:
        check = desk.a_check()
        answer = supervisor.judge(check, "rejected", comment="  ")
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

    def test_a_sign_in_page_that_lay_open_for_too_long_is_told(self, anybody: Visitor) -> None:
        answer = anybody.post("/sign-in", data={"csrf_token": "stale", "worker": SUPERVISOR, "password": "x"})
        assert answer.status_code == 400
        assert "页面已过期，请再提交一次" in words(answer)
        assert f'value="{SUPERVISOR}"' in answer.text

    def test_a_form_from_another_site_touches_nothing(self, desk: Desk, supervisor: Visitor) -> None:
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

    def test_a_session_that_ran_out_keeps_the_comment(self, desk: Desk, supervisor: Visitor) -> None:
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
        assert supervisor.get(f"/checks/{check}/reviews?verdict=accepted&after=0").status_code == 405
        assert desk.reviews(check) == []

    def test_a_journal_that_is_not_there_is_told(self, desk: Desk, supervisor: Visitor) -> None:
        desk.close()
        journal = desk.folder / "journal.db"
        journal.rename(journal.with_suffix(".away"))
        answer = supervisor.get("/")
        assert answer.status_code == 503
        assert "暂时读不到记录" in words(answer)
