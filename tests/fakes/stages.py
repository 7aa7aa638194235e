"""Every screen there is, as a state of the real door with the content that the product ships."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from devices.supervised import Offline
from kiosk.flow import inputs as i
from kiosk.flow import proposal_stages as proposal
from kiosk.flow import stages as s
from kiosk.flow import touches as t
from kiosk.flow.crew_stages import SigningOff
from kiosk.flow.door import Door, DrillRules, OnSite, Timings
from kiosk.flow.emergency import cards_for
from kiosk.model.content import Part, Sign
from kiosk.model.earlier import Earlier
from kiosk.model.levels import DrillLevel
from kiosk.model.outcome import Answer, Outcome
from kiosk.model.people import Certificate, Role, Worker
from kiosk.model.policy import CheckPolicy
from kiosk.model.scenes import Decided
from kiosk.packs import load_accident_lists, load_packs, load_reasons, load_scenes
from kiosk.packs.rules import load_rule_sets
from tests.fakes.content import WELDING
from tests.fakes.crews import CrewVisit, a_crew, with_crews
from tests.fakes.station import ALL_WELL
from tests.fakes.visit import Visit

CONFIG = Path(__file__).parents[2] / "config"
RULE_SETS = ("confined-space-order13", "dust-order6", "general-industry")

WELDER = Worker(
    "A001",
    "张三",
    "焊接班",
    posts=("welder",),
    certificates=(Certificate(WELDING, date(2030, 1, 1)),),
)
ELECTRICIAN = replace(
    WELDER,
    id="A011",
    posts=("electrician",),
    certificates=(Certificate("低压电工作业", date(2030, 1, 1)),),
)
BOTH = replace(WELDER, id="A008", name="郑十", posts=("welder", "press-operator"))
EXPIRED = replace(
    WELDER, id="A005", name="孙七", certificates=(Certificate(WELDING, date(2020, 1, 1)),)
)
BLOCKED = Worker("A007", "吴九", "冲压班", posts=("press-operator",), blocked="转岗培训没有完成")
SUPERVISOR = Worker("A009", "钱一", "安全科", role=Role.SUPERVISOR)


@cache
def the_door() -> Door:
    """Return the door with the shipped content."""
    packs = load_packs(CONFIG / "packs")
    works = [work.id for pack in packs for work in pack.works]
    rule_sets = load_rule_sets(CONFIG / "rules", RULE_SETS, works)
    accidents = load_accident_lists(CONFIG / "lists" / "accident-types.toml")
    return Door(
        Timings(),
        packs,
        load_reasons(CONFIG / "lists" / "reasons.toml"),
        rule_sets,
        accidents=accidents,
        scenes=load_scenes(CONFIG / "lists" / "scenes.toml", accidents),
        on_site=OnSite("6120", "工业路18号，一号车间东门", "南门停车场"),
    )


def arrived(worker: Worker | None = WELDER, **changes: Any) -> Visit:
    """Return a visit whose worker has badged."""
    visit = Visit(the_door())
    visit.badge(worker, **changes)
    return visit


def reached(*stages: type, worker: Worker = WELDER) -> Visit:
    """Return a visit that a good worker has brought to one of these stages."""
    visit = arrived(worker)
    visit.until(*stages)
    return visit


def _everywhere() -> Worker:
    """Return somebody who may stand at every post."""
    posts = the_door().posts.values()
    kinds = {kind for post in posts for kind in post.certificates}
    held = tuple(Certificate(kind, date(2030, 1, 1)) for kind in sorted(kinds))
    return replace(BOTH, id="A010", posts=tuple(post.id for post in posts), certificates=held)


def _passed_without() -> Visit:
    visit = _permit(t.NoPermit())
    visit.touch(t.Go())
    visit.until(s.Closed)
    return visit


def _works() -> Visit:
    visit = arrived()
    visit.touch(t.ToggleWork("hot-work"))
    return visit


def _permit(*touches: t.AnyTouch, work: str = "hot-work") -> Visit:
    visit = arrived()
    return _aside(t.ToggleWork(work), t.Go(), *touches, visit=visit)


def _same_permit() -> Visit:
    """Type one number for two works."""
    visit = arrived()
    _aside(t.ToggleWork("hot-work"), t.ToggleWork("confined-space"), t.Go(), visit=visit)
    while isinstance(stage := visit.state.stage, s.ShowingPermit) and not stage.doubted:
        visit.touch(visit.of_permit(stage))
    return visit


def _half_day(*touches: t.AnyTouch) -> Visit:
    return _permit(t.EnterNumber("2026-1124"), *touches)


def _wrong() -> Visit:
    visit = reached(s.Asking)
    visit.touch(t.Choose((_question(visit).answer + 1) % 3))
    return visit


def _question(visit: Visit) -> Any:
    assert visit.state.check
    check = visit.state.check
    return visit.door.question(check.post, check.draw, check.question)


def _calling(index: int, ready: bool = False) -> Visit:
    visit = reached(s.Calling)
    while isinstance(visit.state.stage, s.Calling) and visit.state.stage.index < index:
        visit.go_on()
    if ready and isinstance(visit.state.stage, s.Calling):
        visit.wait(visit.state.stage.ready_s - visit.now_s + 0.1)
    return visit


def _levelled(level: DrillLevel, index: int, ready: bool = False) -> Visit:
    """Return a step of a worker whose drills have brought them to a level."""
    visit = Visit(replace(the_door(), drill=DrillRules(begins_at=level)))
    visit.badge(WELDER)
    visit.until(s.Calling)
    while isinstance(visit.state.stage, s.Calling | s.Called) and visit.state.stage.index < index:
        visit.go_on()
    if ready and isinstance(visit.state.stage, s.Calling):
        visit.wait(visit.state.stage.ready_s - visit.now_s + 0.1)
    return visit


def _rehearsing(index: int, level: DrillLevel = DrillLevel.FOLLOW, ready: bool = False) -> Visit:
    """Return a step of the drill that a work names, after those of the post."""
    visit = Visit(replace(the_door(), drill=DrillRules(begins_at=level)))
    visit.badge(ELECTRICIAN)
    visit.touch(t.ToggleWork("electrical-repair"))
    of_post = len(visit.door.posts["electrician"].drill.steps)
    while not isinstance(stage := visit.state.stage, s.Calling) or stage.index < of_post + index:
        visit.go_on()
    if ready:
        visit.wait(stage.ready_s - visit.now_s + 0.1)
    return visit


def _called() -> Visit:
    visit = _levelled(DrillLevel.EXAM, 1)
    visit.go_on()
    return visit


def _missed_at(level: DrillLevel) -> Visit:
    visit = _levelled(level, 1, ready=True)
    visit.touch(t.Point(0.01, 0.01))
    return visit


def _not_asked(policy: CheckPolicy) -> Visit:
    visit = Visit(replace(the_door(), drill=DrillRules(policy)))
    visit.badge(WELDER, passed={"welder": "A002"})
    return visit


def _stale() -> Visit:
    packs = tuple(replace(pack, review_on=date(2026, 1, 1)) for pack in the_door().packs)
    visit = Visit(replace(the_door(), packs=packs))
    visit.badge(WELDER)
    visit.until(s.Asking)
    return visit


def _missed() -> Visit:
    visit = _calling(1, ready=True)
    visit.touch(t.Point(0.01, 0.01))
    return visit


def _too_soon() -> Visit:
    visit = _calling(2)
    visit.touch(t.Point(0.5, 0.5))
    return visit


def _warned() -> Visit:
    visit = _calling(1, ready=True)
    visit.wait(visit.door.timings.warn_s + 1)
    return visit


def _listening(worker: Worker = WELDER, hot: bool = False) -> Visit:
    visit = arrived(worker)
    if hot:
        visit.touch(t.ToggleWork("hot-work"))
    visit.until(s.Listening)
    return visit


def _counting() -> Visit:
    visit = _listening(hot=True)
    visit.wait(visit.door.timings.listen_s + 0.1)
    return visit


def _taking() -> Visit:
    visit = _counting()
    visit.state = replace(
        visit.state, stage=s.Taking(part=Part.PREPARATION, until_s=visit.now_s + 6)
    )
    return visit


def _answering(*faults: str, camera: bool = True) -> Visit:
    visit = _listening(hot=True)
    visit.faults, visit.camera = faults, camera
    visit.wait(6.5)
    return visit


def _reasoning(answer: Answer) -> Visit:
    visit = _answering()
    visit.touch(t.Confirm(answer))
    return visit


def _signing(account: bool = False) -> Visit:
    visit = _answering()
    if account:
        visit.touch(t.Confirm(Answer.NOT_OK))
        visit.touch(t.GiveReason("not-briefed"))
    visit.until(s.Signing)
    return visit


def _closed(account: bool = False) -> Visit:
    visit = _signing(account)
    visit.until(s.Closed)
    return visit


def _abandoned() -> Visit:
    visit = _calling(1)
    visit.wait(61)
    return visit


def _releasing(by: Worker = SUPERVISOR) -> Visit:
    visit = _closed(account=True)
    visit.badge(by)
    return visit


def _released() -> Visit:
    visit = _releasing()
    visit.touch(t.GiveReason("put-right"))
    return visit


def _on_record(outcome: Outcome, released: bool = False, **more: Any) -> Visit:
    reasons = () if outcome is Outcome.PASSED else ("part:tools:broken",)
    earlier = Earlier("c1", outcome, "2026-11-24T23:41:00.000Z", reasons, released)
    return arrived(earlier=earlier, **more)


def _enrolling(name: str = "张三") -> Visit:
    visit = Visit(the_door())
    visit.put(i.EnrolmentBegun(visit.now_s, "e1", "wanted", name))
    return visit


def _enrolled(reason: str = "") -> Visit:
    visit = _enrolling()
    visit.put(i.EnrolmentEnded(visit.now_s, "e2", reason))
    return visit


def _aside(*touches: t.AnyTouch, visit: Visit | None = None) -> Visit:
    visit = visit or Visit(the_door())
    for touch in touches:
        visit.touch(touch)
    return visit


def opened(sign: Sign) -> t.Emergency:
    """Return the touch of a sign's tile."""
    return t.Emergency(next(iter(cards_for(the_door(), None, sign))))


def _crew(size: int = 8) -> CrewVisit:
    post = "press-operator"
    return CrewVisit(with_crews(the_door()), a_crew(size, post))


def _offering(*posts: str) -> Visit:
    visit = CrewVisit(with_crews(the_door()), a_crew(8, "press-operator", *posts))
    visit.badge(visit.people[0], crew=visit.people)
    if posts:
        visit.touch(t.Together())
    return visit


def _to_a_leader(told: Decided) -> Visit:
    visit = CrewVisit(with_crews(the_door()), a_crew(8, "press-operator"))
    visit.badge(visit.people[0], crew=visit.people, decided=(told,))
    return visit


def _gathering(size: int, missing: int = 3, left_out: bool = False) -> Visit:
    visit = _crew(size)
    visit.gather(*visit.people[1 : size - missing])
    if left_out:
        visit.badge(replace(visit.people[-1], blocked="转岗培训没有完成"))
    return visit


def _signing_off(size: int, signed: int) -> CrewVisit:
    visit = _crew(size)
    visit.drill()
    for worker in visit.due[:signed]:
        visit.badge(worker)
    return visit


def _signing_member() -> Visit:
    visit = _signing_off(8, 2)
    visit.touch(t.SignMember(visit.crew.due[0].check))
    return visit


def _at_the_end(size: int, *touches: t.AnyTouch, signed: int = 3) -> Visit:
    visit = _signing_off(size, signed)
    for touch in touches:
        visit.touch(touch)
    return visit


def _crew_failed() -> Visit:
    visit = _crew()
    visit.begin()
    visit.until(s.Answering)
    visit.touch(t.Confirm(Answer.NOT_OK))
    visit.touch(t.GiveReason("not-briefed"))
    visit.until(SigningOff)
    visit.sign_off()
    return visit


def _crew_alone() -> Visit:
    visit = _crew()
    visit.open()
    visit.wait(visit.door.crew.window_s)
    return visit


def _crew_passed(size: int = 8) -> Visit:
    visit = CrewVisit(with_crews(the_door(), spot_check="off"), a_crew(size, "press-operator"))
    visit.drill()
    visit.sign_off()
    return visit


def _proposing(*touches: t.AnyTouch, camera: bool = True, faults: tuple[str, ...] = ()) -> Visit:
    visit = _closed()
    visit.camera, visit.faults = camera, faults
    return _aside(t.Propose(), *touches, visit=visit)


SAID = (t.ChooseAccident("5"), t.ChooseWord("cabinet"), t.ChooseWord("bare"))
ADOPTED = Decided("p1", "配电箱旁", "电线破皮")
_MORE = "机器上周已经装了防护罩，钩子挂在右边柱子上，先停机再掏料吧"
NOT_ADOPTED = Decided("p2", "配电箱旁", "火花落在易燃物上", False, "put-right", _MORE)


def _taking_scene() -> Visit:
    visit = _proposing(*SAID)
    stage = visit.state.stage
    assert isinstance(stage, proposal.Posing)
    taking = proposal.TakingScene(said=stage.said, attempt=1, until_s=visit.now_s + 6)
    visit.state = replace(visit.state, stage=taking)
    return visit


def _dropped_by_the_next() -> Visit:
    visit = _proposing(*SAID)
    visit.badge(BOTH)
    return visit


SCREENS: dict[str, Callable[[], Visit]] = {
    "waiting": lambda: Visit(the_door()),
    "refused-unknown": lambda: arrived(None),
    "refused-expired": lambda: arrived(EXPIRED),
    "refused-blocked": lambda: arrived(BLOCKED),
    "enrolling": _enrolling,
    "enrolling-number": lambda: _enrolling(""),
    "enrolled": _enrolled,
    "enrolled-refused": lambda: _enrolled("这张卡已登记给李四（A002），请先给他挂失"),
    "on-record-passed": lambda: _on_record(Outcome.PASSED),
    "on-record-failed": lambda: _on_record(Outcome.FAILED),
    "on-record-released": lambda: _on_record(Outcome.FAILED, released=True),
    "choosing-post": lambda: arrived(BOTH),
    "choosing-post-of-many": lambda: arrived(_everywhere()),
    "choosing-works": arrived,
    "choosing-works-hot": _works,
    "permit-level": lambda: _permit(work="confined-space"),
    "permit-number": _permit,
    "permit-same": _same_permit,
    "permit-number-first": lambda: _permit(t.EnterNumber("-")),
    "permit-half-day": _half_day,
    "permit-later": lambda: _half_day(t.Later()),
    "permit-hour": lambda: _half_day(t.ChooseHalfDay(2)),
    "permit-hour-late": lambda: _half_day(t.ChooseHalfDay(3)),
    "refused-work": lambda: _permit(t.NoPermit()),
    "asking": lambda: reached(s.Asking),
    "asking-wrong": _wrong,
    "calling": lambda: _calling(0),
    "calling-ready": lambda: _calling(1, ready=True),
    "calling-missed": _missed,
    "calling-too-soon": _too_soon,
    "calling-warned": _warned,
    "calling-hint": lambda: _levelled(DrillLevel.HINT, 1, ready=True),
    "calling-exam": lambda: _levelled(DrillLevel.EXAM, 1, ready=True),
    "calling-exam-no-picture": lambda: _levelled(DrillLevel.EXAM, 0, ready=True),
    "calling-exam-missed": lambda: _missed_at(DrillLevel.EXAM),
    "called": _called,
    "calling-rehearsal": lambda: _rehearsing(0),
    "calling-rehearsal-hint": lambda: _rehearsing(0, DrillLevel.HINT),
    "calling-rehearsal-exam": lambda: _rehearsing(2, DrillLevel.EXAM, ready=True),
    "calling-rehearsal-exam-first": lambda: _rehearsing(0, DrillLevel.EXAM),
    "not-asked": lambda: _not_asked(CheckPolicy.FIRST_OF_SHIFT),
    "not-asked-supervising": lambda: arrived(SUPERVISOR),
    "not-asked-off": lambda: _not_asked(CheckPolicy.OFF),
    "asking-stale": _stale,
    "listening": lambda: _listening(),
    "listening-hot": lambda: _listening(hot=True),
    "counting": _counting,
    "taking": _taking,
    "answering": _answering,
    "answering-dark": lambda: _answering("dark"),
    "answering-blurred": lambda: _answering("blurred"),
    "answering-no-photo": lambda: _answering(camera=False),
    "reasoning-not-ok": lambda: _reasoning(Answer.NOT_OK),
    "reasoning-not-applicable": lambda: _reasoning(Answer.NOT_APPLICABLE),
    "signing": _signing,
    "signing-account": lambda: _signing(account=True),
    "passed": _closed,
    "passed-without": _passed_without,
    "failed": lambda: _closed(account=True),
    "abandoned": _abandoned,
    "releasing": _releasing,
    "releasing-or-own": lambda: _releasing(replace(SUPERVISOR, posts=("press-operator",))),
    "released": _released,
    "offering-crew": _offering,
    "offering-crew-post": lambda: _offering("welder", "grinder"),
    "gathering": lambda: _gathering(8),
    "gathering-30": lambda: _gathering(30),
    "gathering-left-out": lambda: _gathering(8, left_out=True),
    "gathering-left-out-30": lambda: _gathering(30, left_out=True),
    "signing-off": lambda: _signing_off(8, 3),
    "signing-off-30": lambda: _signing_off(30, 12),
    "picking-signer": lambda: _at_the_end(30, t.SignByHand()),
    "signing-member": _signing_member,
    "ending-crew": lambda: _at_the_end(8, t.Go()),
    "crew-passed": _crew_passed,
    "crew-passed-some": lambda: _at_the_end(8, t.Go(), t.EndCrew()),
    "crew-failed": _crew_failed,
    "crew-too-few": _crew_alone,
    "proposing-naming": lambda: _aside(t.Propose(), visit=_crew_passed()),
    "proposing-post": lambda: _aside(t.Propose(), visit=_on_record(Outcome.PASSED, worker=BOTH)),
    "proposing-type": _proposing,
    "proposing-type-others": lambda: _proposing(t.Later()),
    "proposing-where": lambda: _proposing(SAID[0]),
    "proposing-what": lambda: _proposing(*SAID[:2]),
    "posing": lambda: _proposing(*SAID),
    "taking-scene": _taking_scene,
    "telling": lambda: _proposing(*SAID, t.TakePhotoNow()),
    "telling-dark": lambda: _proposing(*SAID, t.TakePhotoNow(), faults=("dark",)),
    "telling-no-photo": lambda: _proposing(*SAID, t.NoPhoto()),
    "proposed": lambda: _proposing(*SAID, t.NoPhoto(), t.Go()),
    "proposal-dropped": lambda: _proposing(t.Discard()),
    "proposal-dropped-by-the-next": _dropped_by_the_next,
    "proposal-adopted": lambda: arrived(decided=(ADOPTED,)),
    "proposal-adopted-on-record": lambda: _on_record(Outcome.PASSED, decided=(ADOPTED,)),
    "proposal-rejected": lambda: arrived(decided=(NOT_ADOPTED,)),
    "proposal-rejected-to-a-leader": lambda: _to_a_leader(NOT_ADOPTED),
    "proposal-rejected-on-record": lambda: _on_record(Outcome.PASSED, decided=(NOT_ADOPTED,)),
    "emergency": lambda: _aside(t.Emergency()),
    "emergency-during": lambda: _aside(t.Emergency(), visit=_calling(1)),
    "emergency-card": lambda: _aside(opened(Sign.STRUCK)),
    "emergency-card-during": lambda: _aside(opened(Sign.FIRE), visit=_calling(1)),
    "reporting": lambda: _aside(t.Abnormal(), visit=_calling(1)),
    "stopping": lambda: _aside(t.StopWork()),
    "stopped": lambda: _aside(t.StopWork(), t.GiveReason("guard-removed")),
}
"""By name, what brings the door to a screen."""

CIRCUMSTANCES: dict[str, dict[str, object]] = {
    "reader-away": {
        "devices": {**ALL_WELL, "card_reader": Offline("已断开，请检查插头和线缆", 0.0)}
    },
    "camera-away": {"devices": {**ALL_WELL, "camera": Offline("已断开，请检查插头和线缆", 0.0)}},
    "trouble": {"trouble": "存储空间只剩12兆，无法记录，请找安全员"},
    "clock-wrong": {"clock_ok": False, "preparing": (12, 240)},
}
"""What can be wrong around a waiting screen, as changes of the snapshot."""
