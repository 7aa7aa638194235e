"""There is no shortcut to green: whatever is badged, pressed, photographed or cut off, and in
whatever order, a pass is only ever recorded over a whole check.

The search stands at the door as the station does: what the disk refuses did not happen, a photo
comes late or not at all, and after a power cut there is nothing but what was recorded. What a whole
check is, is told here from the recorded facts alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from operator import methodcaller
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from kiosk.flow import inputs as i
from kiosk.flow import proposal_stages as p
from kiosk.flow import stages as s
from kiosk.flow import touches as t
from kiosk.flow.advance import advance, due_s, resume
from kiosk.flow.crew_stages import CrewEnded
from kiosk.flow.door import DrillRules
from kiosk.flow.effects import AnyPhoto, Record
from kiosk.flow.signal import signal
from kiosk.flow.state import State
from kiosk.model.asking import Asked
from kiosk.model.content import Drill, Part
from kiosk.model.drills import StepId
from kiosk.model.earlier import Earlier
from kiosk.model.levels import DrillLevel
from kiosk.model.people import Certificate, Role, Worker
from kiosk.model.policy import CheckPolicy
from kiosk.model.rules import permit_fault
from kiosk.model.scenes import Decided
from kiosk.model.shifts import Shift
from kiosk.records import facts as f
from tests.fakes.content import (
    ACCIDENTS,
    NOW,
    PACK,
    PERMITS,
    SCENES,
    SIGNATURE,
    SUPERVISOR,
    TODAY,
    WELDING,
    a_door,
    a_post,
    a_step,
    a_welder,
    a_worker,
)
from tests.fakes.visit import Visit

PAINTER = a_post("painter", "喷漆工", ("高处作业",))
BEFORE_FIRE = Drill("before-fire", "动火前", (a_step("first"),))
HOT_WORK = replace(PACK.works[0], drill="before-fire", drills=(BEFORE_FIRE,))
DOOR = a_door(
    packs=(replace(PACK, posts=(*PACK.posts, PAINTER), works=(HOT_WORK,)),),
    rule_sets=(PERMITS,),
    accidents=ACCIDENTS,
    scenes=SCENES,
)
LAPSED = Certificate(WELDING, TODAY.replace(day=23))
HOLDERS = (
    a_worker(),
    a_welder(),
    a_worker("A003", "press", "welder", "painter", certificates=a_welder().certificates),
    a_worker("A004", "press", "welder", certificates=(LAPSED,)),
    a_worker("A005", "welder", certificates=(LAPSED,)),
    a_worker("A006", blocked="调查中"),
    SUPERVISOR,
    a_worker("S002", role=Role.SUPERVISOR),
)
KNOWN = {holder.id: holder for holder in HOLDERS}


class Happened(NamedTuple):
    """A recorded fact and the input that made the door record it."""

    event: i.AnyInput
    fact: f.AnyFact


class Rush(Visit):
    """A door at which everybody does as they like, the disk refuses, photos are late and the power
    fails.
    """

    def __init__(self, drill: DrillRules | None = None) -> None:
        super().__init__(replace(DOOR, drill=drill or DrillRules()))
        self.happened: list[Happened] = []
        self.awaited: list[AnyPhoto] = []
        self.refusals = 0

    def put(self, event: i.AnyInput) -> None:
        state, effects = advance(self.door, self.state, event)
        facts = [fact for effect in effects if isinstance(effect, Record) for fact in effect.facts]
        if facts and self.refusals:
            self.refusals -= 1
            return
        self.state = state
        self.facts += facts
        self.happened += [Happened(event, fact) for fact in facts]
        self.awaited += [effect for effect in effects if isinstance(effect, AnyPhoto)]
        lit = state.stage.check if isinstance(state.stage, s.Closed | CrewEnded) else ""
        assert signal(state) != "passed" or lit in self.passed()

    def refuse(self) -> None:
        """Make the disk full when something is to be recorded the next time."""
        self.refusals += 1

    def come(self, holder: Worker | None, draw: int) -> None:
        """Hold a card to the reader; an earlier check of the shift is looked up as the station does
        it.
        """
        card = holder.id if holder else "unknown"
        shift, earlier = Shift(TODAY, "白班"), self._earlier(card)
        of_input = (self.now_s, next(self._ids), card, holder, shift, self.wall(), draw, earlier)
        told = {fact.proposal for fact in self.facts if isinstance(fact, f.ScenarioTold)}
        self.put(i.CardRead(*of_input, self._last_passed(), decided=self._decided(card, told)))

    def be_tempted(self, linger_s: float, choices: Sequence[int]) -> None:
        """Touch what the screens may tempt to, each after a while."""
        for choice in choices:
            self.wait(linger_s)
            touches = TEMPTING.get(type(self.state.side or self.state.stage), ANYWHERE)
            self.touch(touches[choice % len(touches)])

    def touch_late(self, touch: t.AnyTouch) -> None:
        self.touch(touch, self.state.turn - 1)

    def wait(self, seconds: float) -> None:
        end_s = self.now_s + seconds
        while (due := due_s(self.door, self.state)) is not None and due <= end_s:
            self.now_s = max(self.now_s, due)
            self.put(i.TimePassed(self.now_s, next(self._ids)))
        self.now_s = end_s

    def photo_comes(self, *faults: str) -> None:
        if self.awaited:
            wanted = self.awaited.pop(0)
            self.put(
                i.PhotoArrived(self.now_s, next(self._ids), wanted, "ab" * 32, "cd" * 32, faults)
            )

    def photo_fails(self) -> None:
        if self.awaited:
            self.put(i.PhotoFailed(self.now_s, next(self._ids), self.awaited.pop(0), "摄像头离线"))

    def power_cut(self) -> None:
        self.awaited.clear()
        opened = [fact for fact in self.facts if isinstance(fact, f.CheckOpened)][-1:]
        facts = [
            fact for fact in self.facts if opened and getattr(fact, "check", "") == opened[0].check
        ]
        if not opened or any(isinstance(fact, f.CheckClosed) for fact in facts):
            self.state = State(active_s=self.now_s)
        else:
            self.state = resume(self.door, facts, KNOWN[opened[0].worker], self.wall(), self.now_s)

    def go_on(self) -> None:
        if self.awaited and isinstance(self.state.stage, s.Taking | p.TakingScene):
            self.photo_comes()
        elif (
            self.state.side is not None
            or self.state.warned
            or isinstance(self.state.stage, s.Reasoning)
        ):
            self.touch(t.Back())
        elif (
            isinstance(self.state.stage, s.Listening | s.Counting)
            or self.state.notice == "retake_first"
        ):
            self.touch(t.TakePhotoNow())
        elif isinstance(self.state.stage, s.Asking) and self.state.stage.wrong is not None:
            self.touch(t.Go())
        elif isinstance(self.state.stage, s.Waiting):
            self.come(HOLDERS[len(self.facts) % len(HOLDERS)], len(self.facts) % 2)
        elif isinstance(self.state.stage, s.ChoosingPost):
            self.touch(t.ChoosePost(self.state.stage.posts[0]))
        else:
            super().go_on()

    def passed(self) -> list[str]:
        """Return the checks that were closed as passed, those of crews too."""
        closed = [fact for fact in self.facts if isinstance(fact, f.CheckClosed | f.CrewClosed)]
        return [fact.check for fact in closed if fact.outcome is f.Outcome.PASSED]

    def _decided(self, worker: str, told: set[str]) -> tuple[Decided, ...]:
        """Return what the worker proposed, as if everything were approved at once."""
        proposed = [fact for fact in self.facts if isinstance(fact, f.ScenarioProposed)]
        mine = (fact for fact in proposed if fact.worker == worker and fact.proposal not in told)
        return tuple(Decided(fact.proposal, fact.where, fact.what) for fact in mine)

    def _last_passed(self) -> dict[str, str]:
        workers = {
            fact.check: fact.worker for fact in self.facts if isinstance(fact, f.CheckOpened)
        }
        posts = {fact.check: fact.post for fact in self.facts if isinstance(fact, f.PostChosen)}
        return {posts[check]: workers[check] for check in self.passed()}

    def _earlier(self, worker: str) -> Earlier | None:
        opened = [fact for fact in self.facts if isinstance(fact, f.CheckOpened)]
        mine = {fact.check for fact in opened if fact.worker == worker}
        ended = [
            fact for fact in self.facts if isinstance(fact, f.CheckClosed) and fact.check in mine
        ]
        released = {fact.check for fact in self.facts if isinstance(fact, f.CheckReleased)}
        if not ended:
            return None
        return Earlier(ended[-1].check, ended[-1].outcome, "", (), ended[-1].check in released)


# What a whole check is. Each fact is a letter, so that their order is a pattern; what is not in it
# has no letter.

_CHOSEN = (f.CheckOpened, f.PostChosen, f.WorksChosen, f.PermitShown, f.WorkRefused)
_BEFORE_PHOTOS = (*_CHOSEN, f.QuestionAnswered, f.StepCalled)
_FROM_PHOTOS = (f.PhotoTaken, f.PhotoMissed, f.ConfirmationMade, f.CheckSigned, f.CheckClosed)
LETTERS = dict(zip((*_BEFORE_PHOTOS, *_FROM_PHOTOS), "OPWLNQSTMCGX", strict=True))
WHOLE = re.compile(r"OP(W[WLN]*)?WL*Q+S+([TM]+C){4}GX")


def lacking(happened: Sequence[Happened], check: str) -> list[str]:
    """Return what a check that was closed as passed lacks; nothing for a whole one."""
    mine = [each for each in happened if getattr(each.fact, "check", "") == check]
    order = "".join(LETTERS.get(type(each.fact), "?") for each in mine)
    return list(_lacking(mine)) if WHOLE.fullmatch(order) else [f"order {order}"]


def _lacking(mine: Sequence[Happened]) -> Iterator[str]:
    facts = [each.fact for each in mine]
    match facts:
        case [f.CheckOpened() as opened, f.PostChosen(post=post), *_, signed, _]:
            works = [fact.works for fact in facts if isinstance(fact, f.WorksChosen)][-1]
            yield from _right(KNOWN[opened.worker], post, works)
            permits = {
                fact.work: fact
                for fact in facts
                if isinstance(fact, f.PermitShown) and fact.work in works
            }
            yield from _permitted(works, mine)
            yield from _knowledge(post, opened.draw, facts)
            yield from _drills(post, works, mine)
            for part, confirmed in zip(Part, _confirmations(facts), strict=True):
                reminders = DOOR.reminders(permits.values()) if part is Part.SKILLS else ()
                lines = (*DOOR.lines(post, works, part), *(Asked(text) for text in reminders))
                yield from _confirmation(part, lines, confirmed)
            if signed != f.CheckSigned(opened.check, "commitment", SIGNATURE):
                yield "no signature under the commitment"


def _right(holder: Worker, post: str, works: tuple[str, ...]) -> Iterator[str]:
    of_works = (kind for work in works for kind in DOOR.works[work].certificates)
    needed = {*DOOR.posts[post].certificates, *of_works}
    held = {
        certificate.kind for certificate in holder.certificates if certificate.expires_on >= TODAY
    }
    if holder.blocked or post not in holder.posts or not needed <= held:
        yield f"{holder.id} may not stand at {post}"


def _permitted(works: tuple[str, ...], mine: Sequence[Happened]) -> Iterator[str]:
    """A work under a rule is only done on a permit that held when it was shown, and was not refused
    afterwards.
    """
    for rule in (rule for work in works if (rule := PERMITS.rule(work))):
        of_work = [
            each
            for each in mine
            if isinstance(each.fact, f.PermitShown | f.WorkRefused) and each.fact.work == rule.work
        ]
        match of_work[-1:]:
            case [Happened(event, f.PermitShown(level=level_id, until=until))]:
                level, now = rule.level(level_id), NOW + timedelta(seconds=event.at_s - 1000)
                if until is None or level is None or permit_fault(level, until, now):
                    yield f"{rule.work} is done on a permit that does not hold"
            case _:
                yield f"{rule.work} is done without a permit"


def _knowledge(post: str, draw: int, facts: Sequence[f.AnyFact]) -> Iterator[str]:
    questions = DOOR.posts[post].questions
    asked = questions[draw % len(questions)]
    answers = [
        (fact.question, fact.choice) for fact in facts if isinstance(fact, f.QuestionAnswered)
    ]
    if answers[-1] != (asked.id, asked.answer):
        yield "the question is not answered rightly"


def _drills(post: str, works: tuple[str, ...], mine: Sequence[Happened]) -> Iterator[str]:
    steps = list(DOOR.posts[post].drill.steps)
    due = [StepId("start", step.id) for step in steps]
    if "hot-work" in works:
        steps += BEFORE_FIRE.steps
        due += [StepId("hot-work/before-fire", step.id) for step in BEFORE_FIRE.steps]
    called = [place for place, each in enumerate(mine) if isinstance(each.fact, f.StepCalled)]
    facts = [fact for each in mine if isinstance(fact := each.fact, f.StepCalled)]
    if [StepId(fact.drill, fact.step) for fact in facts] != due:
        yield "a drill is not called"
        return
    for step, place in zip(steps, called, strict=True):
        event = mine[place].event
        if event.at_s - mine[place - 1].event.at_s < DOOR.timings.dwell_s:
            yield f"{step.id} was left before its dwell"
        touch = getattr(event, "touch", None)
        if step.target and not (isinstance(touch, t.Point) and step.target.holds(touch.x, touch.y)):
            yield f"{step.id} was not pointed at"


def _confirmations(facts: Sequence[f.AnyFact]) -> Iterator[list[f.AnyFact]]:
    """Yield each confirmation with the photos before it, taken or missed."""
    facing: list[f.AnyFact] = []
    for fact in facts:
        if isinstance(fact, f.PhotoTaken | f.PhotoMissed | f.ConfirmationMade):
            facing.append(fact)
        if isinstance(fact, f.ConfirmationMade):
            yield facing
            facing = []


def _confirmation(
    part: Part, lines: tuple[Asked, ...], facts: Sequence[f.AnyFact]
) -> Iterator[str]:
    *photos, made = facts
    assert isinstance(made, f.ConfirmationMade)
    if {getattr(fact, "part", None) for fact in facts} != {part}:
        yield f"{part} has the photo of another part"
    absences = {(f.Answer.NOT_APPLICABLE, reason.id) for reason in DOOR.reasons.not_applicable}
    if (made.answer, made.reason) not in {(f.Answer.OK, ""), *absences}:
        yield f"{part} is not confirmed"
    others = made.stands_for or ((),) * len(made.lines)
    if tuple(map(Asked, made.lines, others)) != lines:
        yield f"{part} is confirmed over other lines"
    last = photos[-1]
    blind = isinstance(last, f.PhotoTaken) and {"covered", "dark"} & set(last.faults)
    if blind and len(photos) < DOOR.timings.photo_attempts:
        yield f"{part} was confirmed blindly"


# What can happen at a door.

TEMPTING: dict[type, tuple[t.AnyTouch, ...]] = {
    s.ChoosingPost: (t.ChoosePost("welder"), t.ChoosePost("painter"), t.Go()),
    s.ChoosingWorks: (t.ToggleWork("hot-work"), t.ToggleWork("nothing")),
    s.ShowingPermit: (
        *(
            t.ChooseLevel("first"),
            t.EnterNumber("7"),
            t.EnterNumber("-"),
            t.SamePermit(),
            t.ChooseHalfDay(0),
            t.Back(),
        ),
        *(
            t.ChooseHalfDay(4),
            t.Later(),
            t.ChooseHour(12),
            t.ChooseHour(24),
            t.ChooseHour(3),
            t.ChooseHour(25),
        ),
        *(t.NoPermit(), t.PermitEnded(), t.ChooseHour(7)),
    ),
    s.RefusedWork: (t.Go(), t.NoPermit()),
    s.Asking: (t.Choose(0), t.Choose(1), t.Choose(-1), t.Go()),
    s.Calling: (t.Go(), t.Point(0.5, 0.1), t.Point(0.52, 0.5)),
    s.Listening: (t.Confirm(f.Answer.OK), t.TakePhotoNow()),
    s.Answering: (t.Confirm(f.Answer.NOT_OK), t.Confirm(f.Answer.NOT_APPLICABLE), t.TakePhotoNow()),
    s.Reasoning: (t.GiveReason("broken"), t.GiveReason("not-used"), t.GiveReason("nothing")),
    s.Called: (t.Go(), t.Point(0.52, 0.5)),
    s.NotAsked: (t.Go(), t.CheckAnyway(), t.Propose()),
    s.OnRecord: (t.Go(), t.Propose()),
    s.Closed: (t.Propose(), t.Propose(), t.Go()),
    p.Proposing: (
        *(
            t.ChooseAccident("5"),
            t.ChooseAccident("0"),
            t.ChooseWord("machine"),
            t.ChooseWord("broken"),
        ),
        *(
            t.ChooseAccident("3"),
            t.ChooseWord("die"),
            t.Later(),
            t.Back(),
            t.Go(),
            t.ChoosePost("welder"),
        ),
    ),
    p.Posing: (t.TakePhotoNow(), t.NoPhoto(), t.Back(), t.Go()),
    p.Telling: (t.Go(), t.TakePhotoNow(), t.Discard(), t.Confirm(f.Answer.OK)),
    s.Signing: (
        t.Sign(()),
        t.Sign(((500, 200, 0),) * 8),
        t.Sign(((5000, 5, 5) * 10,)),
        t.Sign(SIGNATURE),
    ),
    s.Releasing: (t.GiveReason("fixed"), t.GiveReason("nothing"), t.Go()),
    s.Reporting: (t.GiveReason("noise"), t.Go(), t.Back()),
    s.Stopping: (t.GiveReason("unsafe"), t.Go(), t.Back()),
}
ANYWHERE = (t.Go(), t.Back(), t.Abnormal(), t.StopWork())
TOUCHES = st.sampled_from(
    [*ANYWHERE, t.Emergency(), *(touch for some in TEMPTING.values() for touch in some)]
)
ACTS: st.SearchStrategy[Callable[[Rush], None]] = st.one_of(
    st.just(methodcaller("power_cut")),
    st.just(methodcaller("go_on")),
    st.builds(methodcaller, st.sampled_from(("touch", "touch_late")), TOUCHES),
    st.builds(methodcaller, st.just("press"), st.sampled_from(("confirm", "abnormal"))),
    st.builds(methodcaller, st.just("come"), st.sampled_from((None, *HOLDERS)), st.integers(0, 1)),
    st.builds(methodcaller, st.just("wait"), st.sampled_from((0.25, 1, 3, 5, 6, 31))),
    st.builds(
        methodcaller, st.just("photo_comes"), st.sampled_from(("covered", "dark", "blurred"))
    ),
    st.builds(methodcaller, st.sampled_from(("photo_comes", "photo_fails", "refuse"))),
)
TEMPTATIONS = st.lists(st.integers(0, 12), max_size=2)
RULES = st.builds(
    DrillRules,
    check=st.sampled_from(CheckPolicy),
    begins_at=st.sampled_from(DrillLevel),
    levels=st.booleans(),
)
ROUNDS = st.lists(st.tuples(ACTS, st.sampled_from((0, 5)), TEMPTATIONS), min_size=15, max_size=40)


@settings(max_examples=400, deadline=None)
@given(ROUNDS, RULES)
def test_whatever_happens_only_a_whole_check_passes(
    rounds: list[tuple[Callable[[Rush], None], float, list[int]]], drill: DrillRules
) -> None:
    rush = Rush(drill)
    for act, linger_s, temptations in rounds:
        act(rush)
        rush.be_tempted(linger_s, temptations)
        rush.go_on()
    assert [lack for check in rush.passed() for lack in lacking(rush.happened, check)] == []


def test_a_whole_check_lacks_nothing_and_without_any_of_its_facts_something() -> None:
    rush = Rush()
    rush.come(a_welder(), 1)
    rush.touch(t.ToggleWork("hot-work"))
    rush.until(s.Closed)
    assert rush.passed() == ["id-1"]
    assert lacking(rush.happened, "id-1") == []
    for place in range(len(rush.happened)):
        assert lacking([*rush.happened[:place], *rush.happened[place + 1 :]], "id-1")
