"""Thirty workers through one station in ten minutes, at simulated time.

What people need is stated here; everything else (the question, the drill with its dwell, the
countdowns) takes what the door makes it take. The drill is the wordiest of the shipped ones,
followed (跟读), so that each step waits until it was said.
"""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from kiosk.flow import stages as s
from kiosk.flow import touches as t
from kiosk.flow.crew_stages import CrewEnded, SigningOff
from kiosk.flow.door import Door, Timings
from kiosk.model.earlier import Earlier
from kiosk.model.levels import DrillLevel
from kiosk.packs import load_pack
from kiosk.records import facts as f
from tests.fakes.content import PACK, SIGNATURE, a_door, a_post
from tests.fakes.crews import CrewVisit, a_crew, with_crews
from tests.unit.packs.spoiling import SHIPPED

CREW = 30

CHOOSE_S = 4.0
"""The leader presents the card, hears the question and touches 全班一起; then 人齐了，开始."""
CARD_S = 3.0
"""One steps up, presents the card, hears the tone and steps aside."""
ANSWER_S = 12.0
"""The question is read aloud and its three choices, the crew answers."""
POINT_S = 1.0
"""Once a step can be pointed at: the finger."""
LOOK_S = 5.0
"""After each photo: the crew looks at it and somebody touches 符合."""
FINGER_S = 9.0
"""Finding one's name, touching it, writing and touching 签好了: 2 + 1 + 5 + 1."""


def a_long_drill() -> Door:
    drills = (post.drill for post in load_pack(SHIPPED).posts)
    wordiest = max(
        drills,
        key=lambda drill: sum(Timings().dwell_of(step, DrillLevel.FOLLOW) for step in drill.steps),
    )
    post = replace(a_post("press", "冲压工"), drill=wordiest)
    return with_crews(a_door(Timings(), packs=(replace(PACK, posts=(post,)),)))


def until_signing(visit: CrewVisit) -> None:
    """Gather the crew and go through everything, at the pace of people."""
    visit.badge(visit.people[0], crew=visit.people, draw=7)
    visit.wait(CHOOSE_S)
    visit.touch(t.Together())
    for worker in visit.people[1:]:
        visit.wait(CARD_S)
        visit.badge(worker)
    visit.wait(CHOOSE_S)
    visit.touch(t.Go())
    visit.wait(ANSWER_S)
    assert isinstance(visit.state.stage, s.Asking)
    assert visit.state.check
    visit.touch(
        t.Choose(visit.door.question(visit.state.check.post, visit.state.check.draw).answer)
    )
    while isinstance(visit.state.stage, s.Calling):
        visit.wait(visit.state.stage.ready_s - visit.now_s + POINT_S)
        visit.go_on()
    while not isinstance(visit.state.stage, SigningOff):
        visit.until(s.Answering)
        visit.wait(LOOK_S)
        visit.touch(t.Confirm(f.Answer.OK))


def with_cards(visit: CrewVisit) -> None:
    for worker in visit.due:
        visit.wait(CARD_S)
        visit.badge(worker)


def with_fingers(visit: CrewVisit) -> None:
    for member in visit.crew.due:
        visit.wait(2.0)
        visit.touch(t.SignByHand())
        visit.touch(t.SignMember(member.check))
        visit.wait(FINGER_S - 2.0)
        visit.touch(t.Sign(SIGNATURE))


@pytest.mark.parametrize(
    ("sign_off", "limit_s"), [(with_cards, 600.0), (with_fingers, 660.0)], ids=["cards", "fingers"]
)
def test_thirty_workers_pass_in_ten_minutes_with_cards_and_eleven_with_fingers(
    sign_off: object, limit_s: float
) -> None:
    """With the one who is drawn, and goes alone, included."""
    visit = CrewVisit(a_long_drill(), a_crew(CREW))
    began_s = visit.now_s
    until_signing(visit)
    sign_off(visit)  # type: ignore[operator]
    assert isinstance(visit.state.stage, CrewEnded)
    (drawn,) = [member for member in visit.crew.members if member.outcome is not f.Outcome.PASSED]
    assert drawn.check == visit.crew.drawn
    passed = sum(member.outcome is f.Outcome.PASSED for member in visit.crew.members)
    assert passed == CREW - 1
    alone = next(worker for worker in visit.people if worker.id == drawn.worker)
    visit.wait(CARD_S)
    visit.badge(alone, earlier=Earlier(drawn.check, f.Outcome.ABANDONED, "", ("drawn",)))
    visit.until(s.Asking)
    visit.wait(ANSWER_S)
    visit.go_on()
    visit.until(s.Signing)
    visit.wait(FINGER_S)
    visit.touch(t.Sign(SIGNATURE))
    assert isinstance(visit.state.stage, s.Closed)
    assert visit.state.stage.outcome is f.Outcome.PASSED
    assert visit.now_s - began_s <= limit_s
