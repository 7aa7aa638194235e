"""Refused cards and stop-works on the day's page: nobody has to read the journal to learn of them."""

from __future__ import annotations

import re
from datetime import timedelta

import httpx2
import pytest

from kiosk.records import facts as f
from tests.fakes.desk import DAY, Desk
from tests.fakes.visitor import Visitor, words


def refused(desk: Desk, *reasons: str, worker: str = "", card: str = "card") -> None:
    desk.record(f.CheckRefused(card, reasons, worker))


def incidents(page: httpx2.Response) -> str:
    """Give what a person reads of the incidents."""
    found = re.search(r'<section class="incidents".*?</section>', page.text, re.DOTALL)
    return words(httpx2.Response(200, text=found[0])) if found else ""


def test_a_refused_card_is_shown_with_time_person_and_reason(desk: Desk, supervisor: Visitor) -> None:
    refused(desk, "certificate_expired:熔化焊接与热切割作业", worker="A002")
    assert (
        incidents(supervisor.get("/"))
        == "未放行与停止作业 1 08:00 未放行 李四 焊接班 熔化焊接与热切割作业证已过期"
    )


@pytest.mark.parametrize(
    ("reason", "worker", "shown"),
    [
        ("unknown_card", "", "未知工卡 没有登记这张卡"),
        ("blocked:离职：2026", "A001", "张三 冲压班 已暂停上岗：离职：2026"),
        ("no_post", "A001", "张三 冲压班 没有安排岗位"),
        ("certificate_missing:电工", "A001", "张三 冲压班 没有电工证"),
        ("a_ground_of_tomorrow", "gone", "gone a_ground_of_tomorrow"),
    ],
)
def test_every_ground_has_words(
    desk: Desk, supervisor: Visitor, reason: str, worker: str, shown: str
) -> None:
    refused(desk, reason, worker=worker)
    assert incidents(supervisor.get("/")).endswith(f"未放行 {shown}")


def test_a_stop_work_comes_first_and_leads_to_its_check(desk: Desk, supervisor: Visitor) -> None:
    check = desk.open_check("A001")
    desk.record(f.WorkStopped("s1", "other", "A001", check), f.WorkStopped("s2", "other"))
    refused(desk, "unknown_card")
    page = supervisor.get("/")
    assert re.findall(r"停止作业 (\w+)|未放行 (\w+)", incidents(page)) == [
        *(("3", ""), ("未刷卡", ""), ("张三", ""), ("", "未知工卡")),
    ]
    assert re.search(f'<a href="/checks/{check}">(?:(?!</a>).)*张三', page.text, re.DOTALL)


def test_one_card_again_and_again_is_one_line_and_another_card_another(
    desk: Desk, supervisor: Visitor
) -> None:
    for card in ("one", "one", "one", "other"):
        desk.clock.turn(minutes=1)
        refused(desk, "unknown_card", card=card)
    shown = incidents(supervisor.get("/"))
    assert "未放行与停止作业 2" in shown
    assert "08:03 未放行 未知工卡 没有登记这张卡 3 次" in shown


def test_it_appears_by_itself(desk: Desk, supervisor: Visitor) -> None:
    before = supervisor.get("/live")
    assert incidents(before) == ""
    refused(desk, "unknown_card")
    after = supervisor.get("/live", headers={"If-None-Match": before.headers["ETag"]})
    assert "未放行" in incidents(after)
    refused(desk, "no_post", worker="A003")
    assert "赵六" in incidents(supervisor.get("/live"))


def test_each_day_has_its_own_the_night_shift_that_of_its_evening(desk: Desk, supervisor: Visitor) -> None:
    refused(desk, "no_post", worker="A001")
    desk.clock.turn(hours=19)  # three in the morning
    refused(desk, "no_post", worker="A002")
    desk.clock.turn(hours=4)  # seven
    refused(desk, "no_post", worker="A003")
    for _ in range(3):
        desk.clock.turn(days=2)
        desk.record(f.StationStarted("0"))
    supervisor.sign_in()
    of_day = [incidents(supervisor.get(f"/days/{DAY + timedelta(days=days)}")) for days in (-1, 0, 1, 2)]
    people = [re.findall("张三|李四|赵六", shown) for shown in of_day]
    assert people == [[], ["李四", "张三"], ["赵六"], []]


def test_what_is_still_to_be_reviewed_is_listed_without_them(desk: Desk, supervisor: Visitor) -> None:
    refused(desk, "unknown_card")
    assert incidents(supervisor.get("/?show=unreviewed")) == ""
    assert incidents(supervisor.get("/?show=not_passed")) != ""


def test_many_of_them_leave_room_for_the_checks(desk: Desk, supervisor: Visitor) -> None:
    for number in range(5):
        refused(desk, "unknown_card", card=f"card-{number}")
    assert "另有 2 条" in incidents(supervisor.get("/"))


def test_a_reason_is_text(desk: Desk, supervisor: Visitor) -> None:
    refused(desk, "blocked:<script>alert(1)</script>", worker="A001")
    assert "<script>alert" not in supervisor.get("/").text
