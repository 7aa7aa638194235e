"""更正: a wrong 补录 is corrected by another entry; both stay, and everything counts and prints the one that holds."""

from __future__ import annotations

from typing import Any

import pytest

from kiosk.journal.verify import verify
from kiosk.model.content import Part
from kiosk.records import facts as f
from tests.fakes.desk import DAY, OTHER, SUPERVISOR, Desk
from tests.fakes.paper import Paper
from tests.fakes.paper_form import a_paper_photo, correct, enter, entered
from tests.fakes.visitor import Visitor, words


@pytest.fixture
def wrong(desk: Desk, supervisor: Visitor) -> f.PaperEntered:
    """A paper form that was entered for the wrong work."""
    desk.record(f.StationStarted("0.1.0"))
    enter(supervisor)
    return entered(desk)[0]


def test_both_stay_and_each_says_what_became_of_it(
    desk: Desk, supervisor: Visitor, wrong: f.PaperEntered
) -> None:
    answer = correct(supervisor, wrong.paper, works=[], why="没有动火")
    assert answer.status_code == 303
    before, after = entered(desk)
    assert before == wrong
    assert isinstance(after, f.PaperCorrected)
    assert (after.corrects, after.why, after.by, after.works) == (wrong.paper, "没有动火", SUPERVISOR, ())
    page = words(supervisor.get(answer.headers["Location"]))
    assert "已更正，原来的一条留着" in page
    assert "更正原因 没有动火" in page
    assert "更正人 王五" in page
    assert "危险作业 动火" not in page
    old = supervisor.get(f"/papers/{wrong.paper}")
    assert "这一条已经更正，不再有效。 看更正后的" in words(old)
    assert "危险作业 动火" in words(old)
    assert f"/papers/{after.paper}" in old.text
    assert "/correct" not in old.text
    for shown in (page, words(old)):
        assert "更正： 王五" in shown
        assert "补录： 王五" in shown


def test_lists_and_paper_have_the_one_that_holds(
    desk: Desk, supervisor: Visitor, wrong: f.PaperEntered
) -> None:
    correct(supervisor, wrong.paper, works=[], why="没有动火")
    after = entered(desk)[1]
    for path in ("/", "/papers"):
        page = supervisor.get(path)
        assert f"/papers/{after.paper}" in page.text
        assert f"/papers/{wrong.paper}" not in page.text
        assert "补录 已更正" in words(page)
    with desk.reading() as reading:
        assert [row.id for row in reading.papers(DAY)] == [after.paper]
    for either in (wrong.paper, after.paper):
        text = Paper(supervisor.get(f"/papers/{either}/annex2/pdf").content).text
        assert "本班没有危险作业" in text
        assert "更正：王五（S001）于" in text
        assert "原因：没有动火" in text
        assert "补录：王五（S001）于" in text


def test_the_chain_and_the_tables_still_verify(
    desk: Desk, supervisor: Visitor, wrong: f.PaperEntered
) -> None:
    correct(supervisor, wrong.paper, a_paper_photo(), works=[])
    correct(supervisor, entered(desk)[1].paper, cause="broken")
    assert verify(desk.folder, "desk-0001").bad is None
    with desk.reading() as reading:
        versions = reading.paper_versions(wrong.paper)
    assert [bool(row.corrected_by) for row in versions] == [True, True, False]
    desk.journal.rebuild()
    with desk.reading() as reading:
        assert reading.paper_versions(versions[2].id) == versions


def test_the_form_holds_what_is_on_record_and_keeps_its_photo(desk: Desk, supervisor: Visitor) -> None:
    enter(supervisor, a_paper_photo())
    before = entered(desk)[0]
    page = supervisor.get(f"/papers/{before.paper}/correct")
    assert 'value="A002" selected' in page.text
    assert 'name="answer_tools" value="not_ok" required checked' in page.text
    assert "安全科3号柜" in page.text
    assert f'name="photo" value="{before.photo}"' in page.text
    correct(
        supervisor, before.paper, None, kept_at="安全科4号柜", photo=before.photo, thumbnail=before.thumbnail
    )
    after = entered(desk)[-1]
    assert (after.kept_at, after.photo) == ("安全科4号柜", before.photo)


def test_two_who_correct_the_same_record_do_not_both(
    desk: Desk, supervisor: Visitor, wrong: f.PaperEntered
) -> None:
    correct(supervisor, wrong.paper, works=[])
    answer = correct(supervisor, wrong.paper, cause="broken")
    assert answer.status_code == 409
    assert "这条补录已经更正过" in words(answer)
    assert len(entered(desk)) == 2


@pytest.mark.parametrize(
    ("changes", "status", "said"),
    [
        ({"works": [], "why": " "}, 422, "请写明为什么更正"),
        ({"works": [], "why": "…。"}, 409, "请写明为什么更正"),
        ({"works": [], "why": "错" * 61}, 422, "有一项填得不对"),
        ({}, 409, "没有改动，不用更正"),
        ({"works": [], "worker": "A999"}, 409, "名单中没有工号 A999"),
        ({"works": [], "shift_on": "2026-10-01"}, 409, "超过31天"),
    ],
)
def test_what_is_wrong_is_said(
    desk: Desk,
    supervisor: Visitor,
    wrong: f.PaperEntered,
    changes: dict[str, Any],
    status: int,
    said: str,
) -> None:
    answer = correct(supervisor, wrong.paper, **changes)
    assert answer.status_code == status
    assert said in words(answer)
    assert "更正补录" in words(answer)
    assert entered(desk) == [wrong]


def test_what_is_not_there_cannot_be_corrected(desk: Desk, supervisor: Visitor) -> None:
    assert "没有这条补录" in words(correct(supervisor, "p9", works=[]))
    assert supervisor.get("/papers/p9/correct").status_code == 404


def test_an_old_version_leads_to_the_one_that_holds(
    desk: Desk, supervisor: Visitor, wrong: f.PaperEntered
) -> None:
    correct(supervisor, wrong.paper, works=[])
    answer = supervisor.get(f"/papers/{wrong.paper}/correct")
    assert answer.headers["Location"] == f"/papers/{entered(desk)[1].paper}"


def test_nobody_corrects_a_form_that_is_his_own(desk: Desk, supervisor: Visitor) -> None:
    answers = tuple(f.PaperAnswer(part, f.Answer.OK) for part in Part)
    about = ("press", (), DAY, "白班", answers, SUPERVISOR, f.PaperCause.POWER, "柜")
    desk.record(f.PaperEntered("own", OTHER, SUPERVISOR, *about))
    answer = correct(supervisor, "own")
    assert answer.status_code == 409
    assert "自己的纸质记录要由别人补录" in words(answer)
