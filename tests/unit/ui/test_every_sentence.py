"""Whatever people do at the door: there is a screen for it, its buttons work, and everything it
says was rendered ahead.
"""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.flow import stages as s
from kiosk.flow.inputs import CardMisread
from kiosk.flow.touches import AnyTouch, Point, Sign
from tests.fakes import stages
from tests.fakes.content import SIGNATURE, SUPERVISOR
from tests.fakes.stages import the_door
from tests.fakes.visit import Visit
from tests.unit.ui.test_screens import TEXTS, buttons_of, snapshot_of
from ui.touch.screens import every_sentence, screen

SENTENCES = frozenset(every_sentence(the_door(), TEXTS))
PEOPLE = (stages.WELDER, stages.BOTH, stages.EXPIRED, stages.BLOCKED, SUPERVISOR, None)


def looked_at(visit: Visit) -> list[AnyTouch]:
    """Check what is said on the present screen, and return what can be touched on it."""
    drawn = screen(snapshot_of(visit), visit.door, TEXTS)
    assert {utterance.text for utterance in drawn.speech} <= SENTENCES
    touches = [
        msgspec.json.decode(button.touch, type=AnyTouch)
        for button in buttons_of(drawn)
        if button.touch
    ]
    if isinstance(visit.state.stage, s.Signing) and visit.state.side is None:
        touches.append(Sign(SIGNATURE))
    if drawn.spot is not None and drawn.phase != "called":
        touches += [Point(drawn.spot.x, drawn.spot.y), Point(0.0, 0.0)]
    return touches


def act(visit: Visit, number: int) -> None:
    """Do one thing: mostly touch what the screen offers, sometimes something else."""
    touches = looked_at(visit)
    others = number % 12
    match others:
        case 0:
            visit.badge(PEOPLE[number // 12 % len(PEOPLE)])
        case 1:
            visit.wait(1 + number // 12)
        case 2:
            visit.press(("confirm", "abnormal")[number // 12 % 2])
        case 3:
            visit.faults = ((), ("dark",), ("covered",), ("blurred",))[number // 12 % 4]
            visit.camera = bool(number // 12 % 5)
        case 4:
            visit.put(CardMisread(visit.now_s, "misread"))
        case _ if touches:
            visit.touch(touches[number // 12 % len(touches)])
        case _:
            visit.badge(stages.WELDER)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.integers(0, 600), max_size=40))
def test_whatever_happens_there_is_a_screen_whose_sentences_were_rendered(
    numbers: list[int],
) -> None:
    visit = Visit(the_door())
    for number in numbers:
        act(visit, number)
        looked_at(visit)


@pytest.mark.parametrize("worker", [stages.WELDER, stages.BOTH], ids=["welder", "two posts"])
def test_a_whole_check_is_said(worker: object) -> None:
    visit = stages.arrived(worker)  # type: ignore[arg-type]
    for _ in range(200):
        looked_at(visit)
        if isinstance(visit.state.stage, s.Closed):
            return
        if isinstance(visit.state.stage, s.ChoosingPost):
            visit.touch(looked_at(visit)[-1])
        visit.go_on()
    raise AssertionError(visit.state.stage)


@pytest.mark.parametrize("name", stages.SCREENS)
def test_no_button_is_dead(name: str) -> None:
    offered = looked_at(stages.SCREENS[name]())
    for number, _ in enumerate(offered):
        visit = stages.SCREENS[name]()
        before = visit.state
        visit.touch(looked_at(visit)[number])
        assert visit.state is not before, offered[number]
