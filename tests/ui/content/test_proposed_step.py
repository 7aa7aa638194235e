"""From an approved scene to a step of the drill: in a draft of the post's pack, once, and published as a row of Annex 1."""

from __future__ import annotations

import msgspec
import pytest

from kiosk.commands.protocol import Command, Recorded
from kiosk.flow.touches import ChooseAccident, ChooseWord, Go, NoPhoto
from kiosk.model.people import Role, Roster, Worker
from kiosk.packs.checks import SENTENCE_LIMIT_S, speech_s
from kiosk.records.people.commands import ChangeRoster
from kiosk.records.scenarios.commands import ApproveScenario, EditScenario
from kiosk.records.scenarios.rows import ProposalRow, ProposalState
from tests.fakes.office import SUPERVISOR, Office
from tests.ui.content.writer import Writer
from ui.review.scenarios.step import shortened, step_of, with_scene

BOSS = "S009"
TOLD = (ChooseAccident("1"), ChooseWord("machine"), ChooseWord("flies"), NoPhoto(), Go())
SCENE = "砂轮机旁，砂轮有裂纹还在用，碎片飞出来打到脸"


@pytest.fixture
def approved(office: Office) -> str:
    """A scene of the grinder that is approved; gives its id."""
    office.station.command(ChangeRoster(Roster((Worker(BOSS, "孙七", role=Role.RESPONSIBLE),))))
    proposal = office.propose("grinder", *TOLD)
    columns = ("1", SCENE, ("砂轮无裂纹、防护罩齐全", "戴好面罩"), ("按急停", "报告班长"), "换新砂轮")
    _done(office, EditScenario(SUPERVISOR, proposal, "", *columns))
    _done(office, ApproveScenario(BOSS, proposal, office.proposal(proposal).edited_at))
    return proposal


def _done(office: Office, command: Command) -> None:
    assert isinstance(office.station.command(command), Recorded)


@pytest.fixture
def drilled(writer: Writer, approved: str) -> str:
    """The draft that one click leads to; gives the path of its drill."""
    path = f"/proposals/{approved}"
    answer = writer.submit(f"{path}/step", writer.get(path))
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"]


def test_one_click_makes_a_step_and_leads_to_it(writer: Writer, drilled: str) -> None:
    page = writer.get(drilled)
    assert "砂轮无裂纹、防护罩齐全，确认！" in page.text
    assert "已加进草稿" in page.text
    draft = drilled.split("/edit/")[0]
    assert SCENE in writer.get(f"{draft}/edit/scenarios?item=grinder").text


def test_a_second_click_adds_nothing(writer: Writer, drilled: str, approved: str) -> None:
    path = f"/proposals/{approved}"
    again = writer.get(path)
    assert "草稿里已经有这一步" in again.text
    answer = writer.submit(f"{path}/step", again)
    assert answer.headers["Location"] == drilled
    assert writer.get(drilled).text.count("砂轮无裂纹、防护罩齐全，确认！") == 1


def test_a_draft_of_the_post_that_there_is_gets_it(writer: Writer, approved: str) -> None:
    draft = writer.copy("grinder")
    path = f"/proposals/{approved}"
    answer = writer.submit(f"{path}/step", writer.get(path))
    assert answer.headers["Location"].startswith(draft)


def test_published_it_is_a_row_of_annex_1(
    office: Office, writer: Writer, drilled: str, approved: str
) -> None:
    draft = drilled.split("/edit/")[0]
    assert writer.publish(draft).status_code == 303
    (pack, version) = office.published()[-1]
    page = writer.get(f"/proposals/{approved}").text
    assert f"{version}版" in page
    post = next(each for each in office.packs() if each.id == pack).post("grinder")
    assert post
    (scenario,) = (each for each in post.scenarios if each.id == f"kyt-{approved}")
    assert (scenario.scene, scenario.improvement) == (SCENE, "换新砂轮")
    assert [step.id for step in post.drill.steps].index(f"kyt-{approved}") == len(post.drill.steps) - 2


def test_what_is_not_approved_makes_no_step(office: Office, writer: Writer) -> None:
    path = f"/proposals/{office.propose('grinder', *TOLD)}"
    assert writer.submit(f"{path}/step", writer.get(path)).status_code == 404


ROW = ProposalRow(
    *(
        1,
        "",
        "p-1",
        "A001",
        "grinder",
        "notice-20",
        "1",
        "砂轮机旁",
        "飞出来",
        "",
        "",
        ProposalState.APPROVED,
    ),
    *(SCENE * 3, ("看" * 60,), ("按急停",), "", "", "", "", "", "", "", 0),
)


def test_every_beat_can_be_said_in_time() -> None:
    step = step_of(ROW)
    for beat in ("think", "look", "point", "call"):
        assert 0 < speech_s(step[beat]) <= SENTENCE_LIMIT_S
    assert step["point"] == "砂轮机"


def test_a_long_scene_is_cut_where_one_breathes() -> None:
    assert shortened("一" * 20 + "，" + "二" * 30) == "一" * 20
    assert shortened("一" * 50) == "一" * 38
    assert shortened("短的。") == "短的"


def test_a_manuscript_gets_it_once() -> None:
    table = {"posts": [{"id": "grinder", "scenarios": [], "drill": {"steps": [{"id": "last"}]}}]}
    once = with_scene(table, ROW)
    assert [step["id"] for step in once["posts"][0]["drill"]["steps"]] == ["kyt-p-1", "last"]
    assert with_scene(once, ROW) == once
    assert with_scene(table, msgspec.structs.replace(ROW, post="other")) == table
