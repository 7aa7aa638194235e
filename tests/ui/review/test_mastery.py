"""掌握情况: what people know, in the pages; permits and content past its review date, on the check."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from kiosk.model.levels import DrillLevel
from kiosk.model.rules import PermitFault
from kiosk.model.training import Attempt
from kiosk.records import facts as f
from tests.fakes.content import PACK, PERMITS, a_door, a_worker
from tests.fakes.desk import DAY, Desk, a_desk
from tests.fakes.visitor import Visitor, words
from ui.review.people.mastery import Knows, in_order, person_view


@pytest.fixture
def old_desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk whose content is past its review date and whose door asks for permits."""
    door = a_door(packs=(replace(PACK, review_on=date(2026, 11, 23)),), rule_sets=(PERMITS,))
    with a_desk(tmp_path / "old", door=door) as desk:
        yield desk


def tried(days_ago: int, question: str, right: bool) -> Attempt:
    return Attempt(DAY - timedelta(days=days_ago), "press", DrillLevel.FOLLOW, True, 0, question, right)


def test_each_question_is_told_as_it_is_known() -> None:
    attempts = (tried(4, "q1", True), tried(3, "q1", True), tried(2, "q2", True), tried(1, "q2", False))
    (post,) = person_view(a_worker(), attempts, a_door()).posts
    assert [question.knows for question in post.questions] == [Knows.MASTERED, Knows.MISSED]
    assert (post.drills, post.last_on) == (4, DAY - timedelta(days=1))
    (new,) = person_view(a_worker(), (), a_door()).posts
    assert [question.knows for question in new.questions] == [Knows.NEW, Knows.NEW]


def test_the_level_is_that_of_the_next_drill() -> None:
    attempts = tuple(tried(days, "q1", True) for days in (3, 2, 1))
    (post,) = person_view(a_worker(), attempts, a_door()).posts
    assert post.level is DrillLevel.HINT


def test_who_missed_most_stands_first() -> None:
    good = person_view(a_worker("A001"), (), a_door())
    bad = person_view(a_worker("A002"), (tried(1, "q1", False),), a_door())
    assert in_order([good, bad]) == [bad, good]


def test_the_pages_show_people_and_lead_to_each(desk: Desk, supervisor: Visitor) -> None:
    check = desk.open_check("A003")
    desk.record(f.QuestionAnswered(check, "q1", 0, False), f.QuestionAnswered(check, "q1", 1, True))
    desk.close_check(check)
    page = words(supervisor.get("/mastery"))
    assert page.index("赵六") < page.index("张三")
    assert "掌握 0/2 题" in page
    assert "答错 1 题" in page
    assert page.count("王五") == 1  # the supervisor who is signed in, and has no post
    person = words(supervisor.get("/mastery/A003"))
    for word in ("赵六", "冲压工", "跟读", "答错了，以后再问", "还没问过", "做完 1 次口述"):
        assert word in person, word
    assert supervisor.get("/mastery/nobody").status_code == 404


def test_nobody_sees_it_without_signing_in(anybody: Visitor) -> None:
    assert anybody.get("/mastery").status_code in (302, 303)


def test_permits_and_refused_works_are_on_the_check(old_desk: Desk) -> None:
    check = old_desk.open_check("A002", post="welder")
    old_desk.record(
        f.WorksChosen(check, ("hot-work",)),
        f.PermitShown(check, "hot-work", "sample", "second", "2026-118", datetime(2026, 11, 25)),
        f.WorkRefused(check, "hot-work", PermitFault.TOO_LONG),
    )
    old_desk.close_check(check)
    with Visitor(old_desk.url) as visitor:
        visitor.sign_in()
        page = words(visitor.get(f"/checks/{check}"))
    for word in ("没有让做动火：票的有效期太长", "动火 二级", "票号 2026-118", "到11月24日24点"):
        assert word in page, word


def test_content_past_its_review_date_is_told_on_every_page_and_on_its_checks(old_desk: Desk) -> None:
    check = old_desk.open_check("A001")
    chosen = f.PostChosen(check, "press", "sample", "1", "", stale=True)
    old_desk.record(chosen)
    with Visitor(old_desk.url) as visitor:
        assert "复审日期" not in words(visitor.get("/sign-in"))
        visitor.sign_in()
        assert "的复审日期是 2026-11-23" in words(visitor.get("/"))
        assert "这次检查不算覆盖" in words(visitor.get(f"/checks/{check}"))
