"""The county's pages word what the shipped lists and packs know, show the rest as it is, list what
belongs to no check, and call no right and no report a failure.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from sqlalchemy import create_engine, text

from kiosk.model.content import Part
from kiosk.model.outcome import Answer, Outcome
from kiosk.processes.county import SHIPPED
from kiosk.records.checks.facts import (
    AbnormalReported,
    CheckClosed,
    CheckOpened,
    CheckRefused,
    CheckReleased,
    ConfirmationMade,
    DangerFound,
    PhotoMissed,
    PhotoTaken,
    PostChosen,
    QuestionAnswered,
    StepCalled,
    WorksChosen,
    WorkStopped,
)
from sync.county.enrolling import enrol
from sync.county.server import CountyServer
from sync.county.settings import CountySettings
from sync.county.wording import Wording, load_wording
from sync.identity import Identity
from tests.fakes.source import BEGAN, FakeSource
from tests.sync.stage import PASSWORD, STATION, Station, running


@pytest.fixture(scope="module")
def words() -> Wording:
    return load_wording(SHIPPED)


@pytest.fixture
def county(settings: CountySettings, identity: Identity, words: Wording) -> Iterator[CountyServer]:
    with running(settings, words=words) as server:
        enrol(server.store, STATION, "一车间班前站", identity.public_key)
        yield server


def page(county: CountyServer, path: str = "") -> str:
    url = f"http://127.0.0.1:{county.port}/stations/{STATION}{path}"
    answer = httpx2.get(url, auth=("", PASSWORD), trust_env=False, verify=False)
    assert answer.status_code == 200, answer.text
    return answer.text


def opened(source: FakeSource, check: str = "check-1", post: str = "welder") -> None:
    source.record(CheckOpened(check, "A001", "card", BEGAN.date(), "白班", 7))
    source.record(PostChosen(check, post, "henan-small-factory", "1", post_title="电焊工"))


def test_what_the_lists_know_is_worded(
    county: CountyServer, station: Station, source: FakeSource
) -> None:
    opened(source)
    source.record(WorksChosen("check-1", ("confined-space", "unheard-of")))
    source.record(
        ConfirmationMade("check-1", Part.TOOLS, Answer.NOT_OK, ("一行",), reason="broken")
    )
    source.record(
        ConfirmationMade(
            "check-1", Part.SKILLS, Answer.NOT_APPLICABLE, (), reason="not-at-this-post"
        )
    )
    source.record(PhotoTaken("check-1", Part.TOOLS, "a" * 64, "b" * 64, 1, ("dark", "new-fault")))
    source.record(PhotoMissed("check-1", Part.SURROUNDINGS, "camera_silent"))
    source.record(DangerFound("d-1", "check-1", "asking", "坏了"))
    codes = (
        "part:tools:broken",
        "part:surroundings:blocked",
        "part:tools:new-one",
        "timeout",
        "x:y",
    )
    source.record(CheckClosed("check-1", Outcome.FAILED, codes))
    source.record(CheckReleased("check-1", "A009", "card", "put-right"))
    station.drain(county.port)
    told = page(county, "/checks/check-1")
    for sentence in (
        "工具装备不符合：坏了；周边环境不符合：堵了或乱放；工具装备不符合：new-one；长时间无人操作；x:y",
        "本岗位没有",
        "有限空间、unheard-of",
        "照片有疑：偏暗、new-fault",
        "没拍到：摄像头没有响应",
        "发现隐患（应知应会）：坏了",
        "由 A009 放行：已当场改好",
        "✗ 未通过",
        "开始检查",
        "放行</td>",
    ):
        assert sentence in told, sentence
    for code in ("part:", "not-at-this-post", "put-right", "confined-space", ">check.opened<"):
        assert code not in told


def test_steps_and_questions_are_worded_by_the_post(
    county: CountyServer, station: Station, source: FakeSource, words: Wording
) -> None:
    post = next(pack.post("welder") for pack in words.packs if pack.post("welder"))
    assert post
    step, question = post.drill.steps[0], post.questions[0]
    opened(source)
    opened(source, "check-2", "a-post-of-theirs")
    for check in ("check-1", "check-2"):
        source.record(QuestionAnswered(check, question.id, 1, True))
        source.record(StepCalled(check, "drill", step.id, 5400))
        source.record(StepCalled(check, "drill", "step-of-theirs", 5400))
    station.drain(county.port)
    told = page(county, "/checks/check-1")
    assert question.text in told
    assert step.call in told
    assert "step-of-theirs" in told
    told = page(county, "/checks/check-2")
    assert (question.id in told, question.text in told) == (True, False)
    assert (step.id in told, step.call in told) == (True, False)


def test_the_drill_of_a_work_is_titled_and_its_steps_are_its_own(
    county: CountyServer, station: Station, source: FakeSource, words: Wording
) -> None:
    post = next(pack.post("electrician") for pack in words.packs if pack.post("electrician"))
    assert post
    isolation, switch_on = post.more_drills[:2]
    opened(source, post="electrician")
    source.record(StepCalled("check-1", post.drill.id, post.drill.steps[0].id, 5400))
    source.record(StepCalled("check-1", isolation.id, isolation.steps[0].id, 5400))
    source.record(StepCalled("check-1", isolation.id, switch_on.steps[0].id, 5400))
    source.record(StepCalled("check-1", "work-of-theirs/drill", post.drill.steps[0].id, 5400))
    source.record(AbnormalReported("check-1", f"{isolation.id}/lock", "noise"))
    station.drain(county.port)
    told = page(county, "/checks/check-1")
    of_post, rest = told.split(f"<h3>{isolation.title}</h3>")
    rehearsed, of_theirs = rest.split("<h3>work-of-theirs/drill</h3>")
    assert f"<h3>{post.drill.title}</h3>" in of_post
    assert post.drill.steps[0].call in of_post
    assert isolation.steps[0].call in rehearsed
    assert switch_on.steps[0].id in rehearsed
    assert post.drill.steps[0].call not in of_theirs
    lock = next(step for step in isolation.steps if step.id == "lock")
    assert lock.call in told


@pytest.mark.parametrize(
    ("reason", "mark", "tone"),
    [
        ("stop_work:guard-removed", "■ 停止作业", "停止作业：防护被拆"),
        ("stop_work:unheard-of", "■ 停止作业", "停止作业：unheard-of"),
        ("abnormal:tools:leak", "! 报告异常", "异常：漏气、漏油"),
    ],
)
def test_a_right_and_a_report_are_no_failure(
    county: CountyServer, station: Station, source: FakeSource, reason: str, mark: str, tone: str
) -> None:
    opened(source)
    kind, _, why = reason.partition(":")
    if kind == "stop_work":
        source.record(WorkStopped("s-1", why, "A001", "check-1"))
    else:
        source.record(AbnormalReported("check-1", "tools", why.partition(":")[2]))
    source.record(CheckClosed("check-1", Outcome.FAILED, (reason,)))
    station.drain(county.port)
    for path in ("", "/checks/check-1"):
        told = page(county, path)
        assert mark in told
        assert "未通过" not in told
        assert 'class="mark bad"' not in told
        assert '<li class="bad">' not in told
    assert tone in page(county, "/checks/check-1")
    assert "检查以外" not in page(county)


def test_what_belongs_to_no_check_is_listed(
    county: CountyServer, station: Station, source: FakeSource
) -> None:
    source.record(CheckRefused("h1", ("certificate_expired:焊接与热切割", "no_post"), "A007"))
    source.record(CheckRefused("h2", ("unknown_card",)))
    source.record(CheckRefused("h3", ("new-ground:<b>",), "A008"))
    source.record(WorkStopped("s-1", "forced-order"))
    station.drain(county.port)
    told = page(county)
    for sentence in (
        "焊接与热切割证已过期；没有安排岗位",
        "A007",
        "未知工卡",
        "没有登记这张卡",
        "new-ground:&lt;b&gt;",
        "■ 停止作业",
        "违章指挥",
        "没有刷卡",
    ):
        assert sentence in told, sentence
    assert told.index("违章指挥") < told.index("没有安排岗位"), "the newest first"
    assert "h1" not in told.replace("</h1>", "").replace("<h1>", "")


def test_they_are_listed_page_by_page(
    county: CountyServer, station: Station, source: FakeSource
) -> None:
    for number in range(25):
        source.record(CheckRefused("h", ("no_post",), f"W-{number:03}"))
    station.drain(county.port)
    told = page(county)
    assert ("W-024" in told, "W-005" in told, "W-004" in told) == (True, True, False)
    older = told.split("noted_before=")[1].split("#")[0].split('"')[0]
    told = page(county, f"?noted_before={older}")
    assert ("W-004" in told, "W-005" in told) == (True, False)


def test_an_older_countys_database_is_brought_up_to_date(
    settings: CountySettings, database: str, station: Station, source: FakeSource, words: Wording
) -> None:
    opened(source)
    source.record(CheckClosed("check-1", Outcome.FAILED, ("stop_work:guard-removed",)))
    source.record(CheckRefused("h1", ("no_post",), "A007"))
    with running(settings, words=words) as county:
        enrol(county.store, STATION, "一车间班前站", station.identity.public_key)
        station.drain(county.port)
    engine = create_engine(database)
    with engine.begin() as db:  # as the version before left it
        db.execute(text("DROP TABLE notices"))
        db.execute(text("DROP TABLE projections"))
        db.execute(text("UPDATE checks SET outcome = 'failed'"))
    engine.dispose()
    for _ in range(2):
        with running(settings, words=words) as county:
            told = page(county)
            assert "■ 停止作业" in told
            assert "未通过" not in told
            assert "A007" in told


def test_hostile_text_of_a_station_is_text_and_bounded(
    county: CountyServer, station: Station, source: FakeSource
) -> None:
    evil = "<script>\u202e\x1b" + "长" * 5000
    source.record(CheckRefused("h", (evil, *("no_post",) * 500), evil))
    source.record(CheckOpened("check-1", evil, "card", BEGAN.date(), evil, 7))
    source.record(PostChosen("check-1", evil, "pack", "1", post_title=evil))
    source.record(StepCalled("check-1", evil, evil, 5400))
    source.record(QuestionAnswered("check-1", evil, 1, True))
    source.record(AbnormalReported("check-1", evil, evil))
    source.record(DangerFound("d", "check-1", evil, evil))
    source.record(
        ConfirmationMade("check-1", Part.TOOLS, Answer.NOT_OK, (evil,) * 500, reason=evil)
    )
    source.record(CheckClosed("check-1", Outcome.FAILED, (evil,) * 500))
    station.drain(county.port)
    for path in ("", "/checks/check-1"):
        told = page(county, path)
        assert "<script>" not in told
        assert "\u202e" not in told
        assert "\x1b" not in told
        assert "长" * 400 not in told
        assert len(told) < 100_000


def test_without_lists_everything_is_shown_as_it_is(tmp_path: Path) -> None:
    none = load_wording(tmp_path)
    assert none.ended("part:tools:broken") == "工具装备不符合：broken"
    assert none.ended("part:nowhere:broken") == "part:nowhere:broken"
    assert none.refused("blocked:{about} {0}") == "已暂停上岗：{about} {0}"
    assert none.works(("confined-space",)) == ("confined-space",)
    assert none.question("welder", "q") == "q"
