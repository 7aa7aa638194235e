"""No way to green but a whole check, for the members of a crew either: whatever is touched, badged,
refused or cut off.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from operator import methodcaller
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from kiosk.flow import inputs as i
from kiosk.flow import stages as s
from kiosk.flow import touches as t
from kiosk.flow.advance import resume
from kiosk.flow.crew_stages import (
    CrewEnded,
    EndingCrew,
    Gathering,
    OfferingCrew,
    PickingSigner,
    SigningMember,
    SigningOff,
)
from kiosk.flow.state import State
from kiosk.model.content import Part
from kiosk.model.earlier import Earlier
from kiosk.model.people import Worker
from kiosk.model.shifts import Shift
from kiosk.records import facts as f
from tests.fakes.content import SIGNATURE, SUPERVISOR, TODAY, a_welder
from tests.fakes.crews import a_crew, with_crews
from tests.unit.flow.test_no_shortcut import (
    DOOR,
    TEMPTATIONS,
    TEMPTING,
    Happened,
    Rush,
    _confirmation,
    _confirmations,
    _drills,
)

CREW = a_crew(5)
STRANGERS = (None, a_welder(), replace(CREW[3], id="B001", blocked="调查中"), SUPERVISOR)
KNOWN = {worker.id: worker for worker in (*CREW, *STRANGERS) if worker}
_OPENING = f.CheckOpened | f.CrewOpened


class CrewRush(Rush):
    """A door at which a crew and others do as they like, the disk refuses, photos are late and the
    power fails.
    """

    def __init__(self, spot_check: str = "each") -> None:
        super().__init__()
        self.door = with_crews(self.door, spot_check=spot_check, close_s=60.0)

    def come(self, holder: Worker | None, draw: int) -> None:
        card = holder.id if holder else "unknown"
        shift, earlier = Shift(TODAY, "白班"), self._earlier(card)
        of_input = (self.now_s, next(self._ids), card, holder, shift, self.wall(), draw, earlier)
        self.put(i.CardRead(*of_input, {}, (), CREW if holder in CREW else ()))

    def power_cut(self) -> None:
        self.awaited.clear()
        opened = [fact for fact in self.facts if isinstance(fact, _OPENING)][-1:]
        facts = [
            fact for fact in self.facts if opened and getattr(fact, "check", "") == opened[0].check
        ]
        if not opened or any(isinstance(fact, f.CheckClosed | f.CrewClosed) for fact in facts):
            self.state = State(active_s=self.now_s)
            return
        holder = opened[0].leader if isinstance(opened[0], f.CrewOpened) else opened[0].worker
        self.state = resume(self.door, facts, KNOWN[holder], self.wall(), self.now_s, people=CREW)

    def go_on(self) -> None:
        match self.state.stage if self.state.side is None and not self.state.warned else None:
            case OfferingCrew():
                self.touch(t.Together())
            case Gathering():
                self.come(CREW[len(self.facts) % len(CREW)], len(self.facts))
                self.touch(t.Go())
            case SigningOff():
                self.come(CREW[self.state.turn % len(CREW)], 0)
            case SigningMember() | EndingCrew() | PickingSigner():
                self.touch(t.Back())
            case s.Waiting():
                self.come(CREW[0], len(self.facts))
            case _:
                super().go_on()

    def sign_with_a_finger(self, which: int) -> None:
        check = self.state.check
        if check is not None and check.crew is not None and check.crew.members:
            self.touch(t.SignMember(check.crew.members[which % len(check.crew.members)].check))
            self.touch(t.Sign(SIGNATURE))

    def _earlier(self, worker: str) -> Earlier | None:
        mine = {
            fact.check
            for fact in self.facts
            if isinstance(fact, f.CheckOpened) and fact.worker == worker
        }
        joined = (
            fact
            for fact in self.facts
            if isinstance(fact, f.MemberJoined) and fact.worker == worker
        )
        mine |= {fact.member_check for fact in joined}
        ended = [
            fact for fact in self.facts if isinstance(fact, f.CheckClosed) and fact.check in mine
        ]
        return Earlier(ended[-1].check, ended[-1].outcome, "", ended[-1].reasons) if ended else None


_LETTERS: dict[type, str] = {
    f.CrewOpened: "O",
    f.MemberJoined: "J",
    f.MemberLeftOut: "L",
    f.CrewGathered: "G",
    f.QuestionAnswered: "Q",
    f.StepCalled: "S",
    f.PhotoTaken: "T",
    f.PhotoMissed: "M",
    f.ConfirmationMade: "C",
    f.MemberSigned: "N",
    f.CrewClosed: "X",
}
_WHOLE = re.compile(r"O[JL]*GQ+S+([TM]+C){4}N*X")


def lacking(rush: CrewRush, joined: f.MemberJoined) -> list[str]:
    """Return what a member's passed check lacks; nothing for a whole one."""
    mine = [each for each in rush.happened if getattr(each.fact, "check", "") == joined.check]
    order = "".join(_LETTERS.get(type(each.fact), "?") for each in mine)
    if not _WHOLE.fullmatch(order):
        return [f"order {order}"]
    return list(_lacking(joined, mine))


def _lacking(joined: f.MemberJoined, mine: Sequence[Happened]) -> Iterator[str]:
    facts = [each.fact for each in mine]
    opened = facts[0]
    assert isinstance(opened, f.CrewOpened)
    worker = KNOWN[joined.worker]
    if worker.blocked or joined.post not in worker.posts or joined.post != opened.post:
        yield f"{worker.id} may not stand at {joined.post}"
    yield from _knowledge_of(opened, facts)
    yield from _drills(opened.post, (), mine)
    for part, confirmed in zip(Part, _confirmations(facts), strict=True):
        yield from _confirmation(part, DOOR.lines(opened.post, (), part), confirmed)
    if any(
        isinstance(fact, f.CrewGathered) and fact.drawn == joined.member_check for fact in facts
    ):
        yield "was drawn to be checked alone"
    yield from _signature(joined, mine)


def _knowledge_of(opened: f.CrewOpened, facts: Sequence[f.AnyFact]) -> Iterator[str]:
    chosen = f.PostChosen(opened.check, opened.post, opened.pack, opened.pack_version)
    asked = DOOR.question(chosen.post, opened.draw, "")
    answers = [
        (fact.question, fact.choice) for fact in facts if isinstance(fact, f.QuestionAnswered)
    ]
    if answers[-1] != (asked.id, asked.answer):
        yield "the question is not answered rightly"


def _signature(joined: f.MemberJoined, mine: Sequence[Happened]) -> Iterator[str]:
    own = [
        each
        for each in mine
        if isinstance(each.fact, f.MemberSigned) and each.fact.member_check == joined.member_check
    ]
    match own:
        case [Happened(i.CardRead(worker=Worker(id=id_)), f.MemberSigned(by=f.SignedBy.CARD))]:
            if id_ != joined.worker:
                yield "somebody else's card signed"
        case [
            Happened(
                i.Touched(touch=t.Sign(strokes=strokes)), f.MemberSigned(by=f.SignedBy.STROKES)
            )
        ]:
            if strokes != SIGNATURE:
                yield "no signature"
        case _:
            yield f"signed {len(own)} times"


TEMPTING_CREWS: dict[type, tuple[t.AnyTouch, ...]] = {
    OfferingCrew: (t.Together(), t.ChoosePost("welder"), t.EndCrew()),
    Gathering: (t.Go(), t.EndCrew(), t.Confirm(f.Answer.OK)),
    SigningOff: (t.Go(), t.EndCrew(), t.SignByHand(), t.Sign(SIGNATURE)),
    EndingCrew: (t.EndCrew(), t.Go(), t.Sign(SIGNATURE)),
    SigningMember: (t.Sign(()), t.Sign(((500, 200, 0),) * 8), t.EndCrew()),
}
_TOUCHES = st.sampled_from(
    [touch for some in (*TEMPTING.values(), *TEMPTING_CREWS.values()) for touch in some]
)
ACTS: st.SearchStrategy[Callable[[CrewRush], Any]] = st.one_of(
    st.just(methodcaller("power_cut")),
    st.just(methodcaller("go_on")),
    st.builds(methodcaller, st.sampled_from(("touch", "touch_late")), _TOUCHES),
    st.builds(methodcaller, st.just("press"), st.just("confirm")),
    st.builds(
        methodcaller, st.just("come"), st.sampled_from((*CREW, *STRANGERS)), st.integers(0, 4)
    ),
    st.builds(methodcaller, st.just("sign_with_a_finger"), st.integers(0, 4)),
    st.builds(methodcaller, st.just("wait"), st.sampled_from((1, 5, 6, 31))),
    st.builds(methodcaller, st.sampled_from(("photo_comes", "photo_fails", "refuse"))),
)
ROUNDS = st.lists(st.tuples(ACTS, TEMPTATIONS), min_size=20, max_size=50)


def members_passed(rush: CrewRush) -> list[f.MemberJoined]:
    passed = set(rush.passed())
    return [
        fact
        for fact in rush.facts
        if isinstance(fact, f.MemberJoined) and fact.member_check in passed
    ]


@settings(max_examples=200, deadline=None)
@given(ROUNDS, st.sampled_from(("each", "off")))
def test_whatever_happens_a_member_passes_only_with_a_whole_check(
    rounds: list[tuple[Callable[[CrewRush], Any], list[int]]], spot_check: str
) -> None:
    rush = CrewRush(spot_check)
    for act, temptations in rounds:
        act(rush)
        rush.be_tempted(5, temptations)
        rush.go_on()
    assert [lack for joined in members_passed(rush) for lack in lacking(rush, joined)] == []


def test_a_whole_crew_lacks_nothing_and_without_any_of_its_facts_something() -> None:
    rush = CrewRush()
    rush.come(CREW[0], 1)
    rush.touch(t.Together())
    for worker in CREW[1:]:
        rush.come(worker, 0)
    rush.touch(t.Go())
    rush.until(SigningOff)
    for worker in CREW:
        rush.come(worker, 0)
    assert isinstance(rush.state.stage, CrewEnded)
    joined = members_passed(rush)
    assert len(joined) == len(CREW) - 1
    assert [lack for each in joined for lack in lacking(rush, each)] == []
    whole = list(rush.happened)
    needed = (f.CrewOpened, f.CrewGathered, f.QuestionAnswered, f.StepCalled, f.ConfirmationMade)
    for place, each in enumerate(whole):
        if isinstance(each.fact, needed):
            rush.happened = [*whole[:place], *whole[place + 1 :]]
            assert lacking(rush, joined[0]), each.fact
