"""A small door with made-up content: two posts, one work, short lists of reasons."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from kiosk.flow.door import Door, Timings
from kiosk.model import content as c
from kiosk.model.lists import AccidentList, AccidentLists, AccidentType
from kiosk.model.people import Certificate, Role, Worker
from kiosk.model.rules import Level, PermitRule, RuleSet
from kiosk.model.scenes import ForTypes, Scenes, Word

NOW = datetime(2026, 11, 24, 8)
TODAY = NOW.date()
WELDING = "熔化焊接与热切割作业"


QUIET = Timings(syllable_s=0.0)
"""The usual times where nothing is spoken: the sentences here are none that anybody says."""


def a_step(step_id: str, target: c.Target | None = None) -> c.Step:
    return c.Step(
        step_id,
        f"想{step_id}",
        f"看{step_id}",
        f"指{step_id}",
        f"{step_id}正常，确认！",
        target=target,
    )


def a_question(question_id: str, answer: int) -> c.Question:
    return c.Question(question_id, c.Family.RISK, "最怕什么？", ("触电", "夹手", "着火"), answer)


def a_post(post_id: str, title: str, certificates: tuple[str, ...] = ()) -> c.Post:
    return c.Post(
        id=post_id,
        title=title,
        drill=c.Drill(
            "start",
            "开工前",
            (a_step("first"), a_step("second", c.Target("spot.svg", 0.5, 0.5, 0.1))),
        ),
        questions=(a_question("q1", 1), a_question("q2", 0)),
        scenarios=(c.Scenario("s1", ("3",), "手被夹住", ("先断电",), ("按急停",)),),
        emergency=(
            c.EmergencyCard(f"{post_id}-shock", "触电", ("先断电", "再救人", "打电话"), "120"),
        ),
        certificates=certificates,
        lines=c.Lines(tools=("设备完好",)),
    )


def a_reason(reason_id: str, text: str) -> tuple[c.Reason, ...]:
    return (c.Reason(reason_id, text), c.Reason("other", "其他"))


REASONS = c.Reasons(
    not_ok=a_reason("broken", "损坏"),
    not_applicable=a_reason("not-used", "今天不用"),
    abnormal=a_reason("noise", "有异响"),
    stop_work=a_reason("unsafe", "不安全"),
    release=a_reason("fixed", "已整改"),
    not_adopted=a_reason("known", "已有这一条"),
)

PACK = c.Pack(
    id="sample",
    title="样例",
    version="1",
    effective_on=date(2026, 1, 1),
    review_on=date(2027, 1, 1),
    provenance="样例",
    accident_list="notice-20",
    basis=(),
    lines=c.Lines(("已交底",), ("会操作",), ("工具齐全",), ("通道畅通",)),
    posts=(a_post("press", "冲压工"), a_post("welder", "电焊工", (WELDING,))),
    works=(c.Work("hot-work", "动火", ("8",), "火花飞溅", c.Lines(("动火票有效",)), (WELDING,)),),
)


PERMITS = RuleSet(
    id="sample",
    title="样例",
    scope="样例",
    effective_on=date(2026, 1, 1),
    basis=(c.Basis(note="样例"),),
    rules=(
        PermitRule(
            "hot-work",
            (Level("first", "一级", valid_h=8), Level("second", "二级", valid_h=72)),
            ("离开再测",),
        ),
    ),
)


ACCIDENTS = AccidentLists(
    (
        AccidentList(
            "notice-20",
            "样例",
            tuple(AccidentType(str(code), f"第{code}类") for code in range(1, 21)),
        ),
    )
)
SCENES = Scenes(
    "notice-20",
    where=(Word("machine", "机器旁边"), Word("passage", "过道上")),
    what=(Word("broken", "坏了还在用"), Word("messy", "东西乱堆")),
    of=(ForTypes(("3",), where=(Word("die", "模具处"), Word("feed", "送料口"))),),
)


def a_door(timings: Timings | None = None, **changes: Any) -> Door:
    return Door(**{"timings": timings or QUIET, "packs": (PACK,), "reasons": REASONS, **changes})


def a_worker(worker_id: str = "A001", *posts: str, **changes: Any) -> Worker:
    return Worker(**{"id": worker_id, "name": "张三", "posts": posts or ("press",), **changes})


def a_welder(expires_on: date = date(2030, 12, 31)) -> Worker:
    return a_worker("A002", "welder", name="李四", certificates=(Certificate(WELDING, expires_on),))


SUPERVISOR = Worker("S001", "王五", role=Role.SUPERVISOR)
SIGNATURE = (tuple(n for i in range(12) for n in (100 + 40 * i, 200, 30 * i)),)
