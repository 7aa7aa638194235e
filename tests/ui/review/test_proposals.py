"""事故假想 on the supervisor's pages: edited by a supervisor, approved by the responsible person alone, or not taken over."""

from __future__ import annotations

import re
from typing import Any

import httpx2
import pytest

from kiosk.commands.protocol import Declined, Recorded, send
from kiosk.journal.verify import verify
from kiosk.model.scenes import Decided
from kiosk.records import facts as f
from kiosk.records.scenarios.commands import ApproveScenario, EditScenario, RejectScenario
from kiosk.records.scenarios.rows import ProposalState
from tests.fakes.desk import OTHER, SUPERVISOR, Desk
from tests.fakes.visitor import Visitor, token_on, words

GOOD: dict[str, Any] = {
    "accident_type": "3",
    "scene": "送料口旁，没停机就掏料，手被夹住",
    "prevention": "掏料先停机断电\n\n 挂上停机牌 ",
    "response": "立即按急停\n报告班长",
    "improvement": "加一把专用钩子",
}


@pytest.fixture
def proposed(desk: Desk) -> str:
    photo, thumbnail = desk.photos.store(b"photo"), desk.photos.store(b"thumbnail")
    told = ("A001", "press", "notice-20", "3", "送料口", "没停机就掏料")
    desk.record(f.ScenarioProposed("p-1", *told, photo, thumbnail))
    return "p-1"


@pytest.fixture
def responsible(desk: Desk) -> Any:
    with Visitor(desk.url) as visitor:
        assert visitor.sign_in(OTHER).status_code == 303
        yield visitor


def act(visitor: Visitor, what: str, proposal: str = "p-1", **fields: Any) -> httpx2.Response:
    """Send a form as it stands on the page of a proposal."""
    page = visitor.get(f"/proposals/{proposal}")
    edited_at = re.search(r'name="edited_at" value="([^"]*)"', page.text)
    kept = {"csrf_token": token_on(page), "edited_at": edited_at[1] if edited_at else ""}
    return visitor.post(f"/proposals/{proposal}/{what}", data=kept | fields)


def facts(desk: Desk) -> list[f.AnyFact]:
    return [entry.fact for entry in desk.journal.entries() if "scenario." in entry.kind]


def test_a_supervisor_sees_what_was_proposed_with_its_photo(supervisor: Visitor, proposed: str) -> None:
    listed = supervisor.get("/proposals")
    assert "送料口，没停机就掏料" in words(listed)
    assert "1条事故假想待处理" in words(supervisor.get("/"))
    page = supervisor.get(f"/proposals/{proposed}")
    photo = re.search(r'<img src="(/photos/[0-9a-f]+)"', page.text)
    assert photo
    assert supervisor.get(photo[1]).content == b"photo"


def test_a_supervisor_writes_the_columns_of_annex_1(desk: Desk, supervisor: Visitor, proposed: str) -> None:
    assert act(supervisor, "edit", **GOOD).status_code == 303
    assert facts(desk)[-1] == f.ScenarioEdited(
        proposed,
        SUPERVISOR,
        "送料口旁，没停机就掏料，手被夹住",
        ("掏料先停机断电", "挂上停机牌"),
        ("立即按急停", "报告班长"),
        "加一把专用钩子",
        "3",
    )
    assert "待审定" in words(supervisor.get(f"/proposals/{proposed}"))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"prevention": " \n "}, "“防范检查要求”没有填"),
        ({"scene": ""}, "“最易发生事故场景”没有填"),
        ({"response": "按急停" * 30}, "“紧急应对措施”太长，最多60个字"),
        ({"accident_type": ""}, "“常见事故类型”没有填"),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(
    desk: Desk, supervisor: Visitor, proposed: str, changes: dict[str, str], said: str
) -> None:
    answer = act(supervisor, "edit", **(GOOD | changes))
    assert answer.status_code == 422
    assert said in words(answer)
    assert "加一把专用钩子" in answer.text
    assert len(facts(desk)) == 1


def test_only_the_responsible_person_approves(
    desk: Desk, supervisor: Visitor, responsible: Visitor, proposed: str
) -> None:
    act(supervisor, "edit", **GOOD)
    assert "/approve" not in supervisor.get(f"/proposals/{proposed}").text
    refused = act(supervisor, "approve")
    assert refused.status_code == 409
    assert "只有主要负责人可以审定" in words(refused)
    assert act(responsible, "approve").status_code == 303
    assert facts(desk)[-1] == f.ScenarioApproved(proposed, OTHER)
    page = responsible.get(f"/proposals/{proposed}")
    assert "已采用" in words(page)
    assert "提的人下次刷卡时会听到" in words(page)


def test_what_nobody_has_written_is_not_approved(desk: Desk, responsible: Visitor, proposed: str) -> None:
    refused = act(responsible, "approve")
    assert refused.status_code == 409
    assert "还没有整理" in words(refused)
    assert len(facts(desk)) == 1


def test_who_approves_what_was_changed_meanwhile_sees_it_first(
    desk: Desk, supervisor: Visitor, responsible: Visitor, proposed: str
) -> None:
    act(supervisor, "edit", **GOOD)
    stale = responsible.get(f"/proposals/{proposed}")
    seen = re.search(r'name="edited_at" value="([^"]+)"', stale.text)
    assert seen
    desk.clock.turn(minutes=1)
    act(supervisor, "edit", **(GOOD | {"improvement": "换成长钩子"}))
    answer = responsible.post(
        f"/proposals/{proposed}/approve", data={"csrf_token": token_on(stale), "edited_at": seen[1]}
    )
    assert answer.status_code == 409
    assert "刚才有人改过" in words(answer)
    assert "换成长钩子" in answer.text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "请选一条"),
        ({"reason": "已有这一条"}, "请选一条"),
        ({"cause": "no-such", "reason": "x"}, "请选一条"),
        ({"cause": "other", "reason": "  "}, "请把原因写出来"),
        ({"cause": "known", "reason": "看" * 31}, "最多30个字"),
    ],
)
def test_not_taking_it_over_needs_a_reason_of_the_list(
    desk: Desk, supervisor: Visitor, proposed: str, fields: dict[str, str], said: str
) -> None:
    answer = act(supervisor, "reject", **fields)
    assert answer.status_code == 422
    assert said in words(answer)
    assert len(facts(desk)) == 1


def test_why_it_is_not_taken_over_is_kept(desk: Desk, supervisor: Visitor, proposed: str) -> None:
    assert act(supervisor, "reject", cause="known", reason=" 看第三行 ").status_code == 303
    assert facts(desk)[-1] == f.ScenarioRejected(proposed, SUPERVISOR, "看第三行", "known")
    page = words(supervisor.get(f"/proposals/{proposed}"))
    assert "已有这一条；看第三行" in page
    assert "提的人下次刷卡时会听到" in page
    assert act(supervisor, "edit", **GOOD).status_code == 409


def test_the_station_too_wants_another_reason_written(desk: Desk, proposed: str) -> None:
    socket = desk.folder / "station.sock"
    assert isinstance(send(socket, RejectScenario(SUPERVISOR, proposed, "", "other", " 。")), Declined)
    assert isinstance(
        send(socket, RejectScenario(SUPERVISOR, proposed, "", "other", "没有这台机器")), Recorded
    )


def test_who_proposed_is_told_why_it_was_not_taken_over(
    desk: Desk, supervisor: Visitor, proposed: str
) -> None:
    act(supervisor, "reject", cause="known", reason="看第三行")
    assert desk.decided("A002") == ()
    assert desk.decided("A001") == (Decided(proposed, "送料口", "没停机就掏料", False, "known", "看第三行"),)
    desk.record(f.ScenarioTold(proposed))
    assert desk.decided("A001") == ()
    assert "已告诉提的人" in words(supervisor.get(f"/proposals/{proposed}"))


@pytest.mark.parametrize("by", ["A001", "nobody", SUPERVISOR])
def test_the_station_judges_the_role_itself(desk: Desk, proposed: str, by: str) -> None:
    socket = desk.folder / "station.sock"
    columns = ("3", "场景", ("防范",), ("应对",))
    edited = send(socket, EditScenario(by, proposed, "", *columns))
    assert isinstance(edited, Recorded if by == SUPERVISOR else Declined)
    row = desk.proposal(proposed)
    assert isinstance(send(socket, ApproveScenario(by, proposed, row.edited_at)), Declined)


def test_a_worker_is_not_let_in(desk: Desk, proposed: str) -> None:
    desk.access.set_password("A001", "right-password")
    with Visitor(desk.url) as worker:
        worker.sign_in("A001")
        assert worker.get("/proposals").status_code != 200


def test_who_proposed_is_told_and_the_journal_verifies(
    desk: Desk, supervisor: Visitor, responsible: Visitor, proposed: str
) -> None:
    act(supervisor, "edit", **GOOD)
    act(responsible, "approve")
    assert [told.proposal for told in desk.decided("A001")] == [proposed]
    desk.record(f.ScenarioTold(proposed))
    assert desk.decided("A001") == ()
    assert "已告诉提的人" in words(responsible.get(f"/proposals/{proposed}"))
    assert verify(desk.folder, "desk-0001").bad is None


def test_a_station_that_is_down_loses_nothing_typed(desk: Desk, supervisor: Visitor, proposed: str) -> None:
    page = supervisor.get(f"/proposals/{proposed}")
    desk.stop_station()
    answer = supervisor.submit(f"/proposals/{proposed}/edit", page, edited_at="", **GOOD)
    assert answer.status_code == 503
    assert "加一把专用钩子" in answer.text


def test_lists_are_by_state(desk: Desk, supervisor: Visitor, proposed: str) -> None:
    act(supervisor, "edit", **GOOD)
    assert "没停机就掏料" not in words(supervisor.get("/proposals"))
    for state in ProposalState:
        page = words(supervisor.get(f"/proposals?state={state}"))
        assert ("没停机就掏料" in page) is (state is ProposalState.EDITED)
