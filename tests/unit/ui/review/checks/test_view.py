"""One check, from its rows to what the page and the list say of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from kiosk.model import content as c
from kiosk.model.content import Part
from kiosk.records import facts as f
from kiosk.records.reader import Reading
from tests.fakes.content import a_step
from tests.fakes.desk import SUPERVISOR, TEXTS, Desk
from ui.review.checks.glance import Flag, Glance, glance
from ui.review.checks.view import CheckView, check_view
from ui.review.texts import REVIEW
from ui.review.wording import Wording
from ui.texts import load_texts


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    yield desk
    desk.close()


def wording(desk: Desk) -> Wording:
    return Wording(desk.door, load_texts(TEXTS, REVIEW), ZoneInfo("Asia/Shanghai"))


def view_of(desk: Desk, check: str) -> CheckView:
    with Reading.open(desk.folder) as reading:
        detail = reading.check(check)
    assert detail is not None
    return check_view(detail, wording(desk))


def glance_at(desk: Desk, check: str) -> Glance:
    return glance(view_of(desk, check).detail, wording(desk))


def test_a_good_check_has_four_photos_in_their_order_and_no_remarks(desk: Desk) -> None:
    check = desk.a_check()
    view = view_of(desk, check)
    assert [photo.title for photo in view.photos] == [
        "工作准备",
        "知识技能",
        "工具装备",
        "周边环境",
    ]
    assert all(photo.photo and photo.answer == "ok" and photo.lines for photo in view.photos)
    assert [drill.title for drill in view.drills] == ["开工前"]
    assert [step.text for step in view.drills[0].steps] == [
        "first正常，确认！",
        "second正常，确认！",
    ]
    assert view.signature
    assert view.last_review == 0
    seen = glance_at(desk, check)
    assert seen.flags == ()
    assert [slot.answer for slot in seen.slots] == ["ok"] * 4


def with_drills(desk: Desk) -> None:
    """Have the post and a work each have a drill whose first step is called as the post's own."""
    isolation = c.Drill("isolation", "停电前", (replace(a_step("first"), call="锁好，确认！"),))
    burning = c.Drill("isolation", "动火前", (replace(a_step("first"), call="清好，确认！"),))
    (pack,) = desk.door.packs
    press, *posts = pack.posts
    posts = [replace(press, more_drills=(isolation,)), *posts]
    works = tuple(replace(work, drills=(burning,)) for work in pack.works)
    desk.door = replace(desk.door, packs=(replace(pack, posts=tuple(posts), works=works),))


def test_each_drill_stands_under_its_title_with_steps_of_its_own(desk: Desk) -> None:
    with_drills(desk)
    check = desk.open_check()
    drills = ("start", "isolation", "hot-work/isolation", "gone")
    desk.record(*(f.StepCalled(check, drill, "first", 5200) for drill in drills))
    view = view_of(desk, check)
    assert [(drill.title, [step.text for step in drill.steps]) for drill in view.drills] == [
        ("开工前", ["first正常，确认！"]),
        ("停电前", ["锁好，确认！"]),
        ("动火前", ["清好，确认！"]),
        ("gone", ["first正常，确认！"]),
    ]


def test_what_was_reported_at_a_step_is_named_by_its_drill(desk: Desk) -> None:
    with_drills(desk)
    places = ("first", "isolation/first", "hot-work/isolation/first", "unknown/first", "signing")
    assert [wording(desk).stage("press", place) for place in places] == [
        "first正常，确认！",
        "锁好，确认！",
        "清好，确认！",
        "first正常，确认！",
        "签名",
    ]


def test_what_is_not_all_right_is_remarked_the_gravest_first(desk: Desk) -> None:
    check = desk.open_check()
    question = desk.door.question("press", 0)
    desk.record(
        f.QuestionAnswered(check, question.id, 0, False),
        f.QuestionAnswered(check, question.id, 1, True),
    )
    desk.confirm(check, Part.PREPARATION, faults=("dark",))
    desk.confirm(check, Part.SKILLS, faults=("dark", "blurred"))
    desk.confirm(check, Part.TOOLS, f.Answer.NOT_OK, "broken")
    desk.record(f.PhotoMissed(check, Part.SURROUNDINGS, "camera_silent"))
    desk.record(
        f.ConfirmationMade(
            check, Part.SURROUNDINGS, f.Answer.NOT_APPLICABLE, ("通道畅通",), "", "not-used"
        )
    )
    desk.close_check(check, f.Outcome.FAILED, ("part:tools:broken",))
    assert glance_at(desk, check).flags == (
        Flag("bad", "工具装备不符合：损坏"),
        Flag("warn", "照片偏暗 ×2"),
        Flag("warn", "照片模糊"),
        Flag("warn", "无照片"),
        Flag("info", "周边环境不涉及：今天不用"),
        Flag("info", "答错 1 次"),
    )


def test_an_open_check_already_says_what_does_not_fit(desk: Desk) -> None:
    check = desk.open_check()
    desk.confirm(check, Part.TOOLS, f.Answer.NOT_OK, "broken")
    seen = glance_at(desk, check)
    assert seen.flags == (Flag("bad", "工具装备不符合：损坏"),)
    assert [slot.answer for slot in seen.slots] == ["", "", "not_ok", ""]


def test_a_wrong_answer_shows_what_was_right(desk: Desk) -> None:
    check = desk.open_check()
    desk.record(f.QuestionAnswered(check, "q1", 2, False))
    (question,) = view_of(desk, check).questions
    assert (question.chosen, question.is_right, question.right) == ("着火", False, "夹手")


def test_a_question_that_the_content_no_longer_has_keeps_its_id(desk: Desk) -> None:
    check = desk.open_check()
    desk.record(f.QuestionAnswered(check, "q77", 2, False))
    (question,) = view_of(desk, check).questions
    assert (question.text, question.chosen, question.right) == ("q77", "3", "")


def test_a_photo_taken_again_is_shown_beside_the_one_that_counts(desk: Desk) -> None:
    check = desk.open_check()
    dark, small = desk.photos.store(b"dark"), desk.photos.store(b"dark, small")
    desk.record(f.PhotoTaken(check, Part.TOOLS, dark, small, 1, ("dark",)))
    good = desk.confirm(check, Part.TOOLS)
    tools = view_of(desk, check).photos[2]
    assert tools.photo == good
    assert [photo.photo for photo in tools.earlier] == [dark]
    assert tools.faults == ()


def test_a_photo_that_could_not_be_taken_says_why(desk: Desk) -> None:
    check = desk.open_check()
    desk.record(
        f.PhotoMissed(check, Part.TOOLS, "摄像头断开"),
        f.PhotoMissed(check, Part.SKILLS, "camera_silent"),
    )
    photos = view_of(desk, check).photos
    assert [photo.absent for photo in photos] == ["", "摄像头没有响应", "摄像头断开", ""]


def test_the_newest_verdict_counts_and_one_on_a_photo_does_not_count_for_the_check(
    desk: Desk,
) -> None:
    check = desk.a_check()
    photo = view_of(desk, check).photos[1].photo
    desk.record(f.ReviewDecided(check, SUPERVISOR, f.Verdict.REJECTED, "看不清"))
    desk.record(f.ReviewDecided(check, SUPERVISOR, f.Verdict.ACCEPTED, "看过现场"))
    (newest,) = desk.record(
        f.ReviewDecided(check, SUPERVISOR, f.Verdict.REJECTED, "不是本人", photo)
    )
    view = view_of(desk, check)
    assert view.verdict
    assert view.verdict.verdict is f.Verdict.ACCEPTED
    assert view.last_review == newest.seq
    on_photos = [photo.verdict and photo.verdict.verdict for photo in view.photos]
    assert on_photos == [None, f.Verdict.REJECTED, None, None]


def test_a_photo_that_waits_for_its_answer_is_shown_and_was_not_taken_again(desk: Desk) -> None:
    check = desk.open_check()
    desk.record(f.PhotoTaken(check, Part.PREPARATION, "ab" * 32, "cd" * 32, 1, ("dark",)))
    waiting = view_of(desk, check).photos[0]
    assert (waiting.photo, waiting.answer, waiting.faults, waiting.earlier) == (
        "ab" * 32,
        "",
        ("照片偏暗",),
        (),
    )
    desk.record(f.PhotoTaken(check, Part.PREPARATION, "ef" * 32, "cd" * 32, 2))
    again = view_of(desk, check).photos[0]
    assert (again.photo, [photo.photo for photo in again.earlier]) == ("ef" * 32, ["ab" * 32])
