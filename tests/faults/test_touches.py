"""Touches that no finger makes: stale, wrong for the screen, of things that do not exist,
malformed, huge, and fifty at once.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import msgspec
import pytest

from kiosk.demo.screen import Shown
from kiosk.flow.touches import (
    AnyTouch,
    Back,
    Choose,
    ChoosePost,
    Confirm,
    Emergency,
    GiveReason,
    Go,
    Point,
    Sign,
    StopWork,
    TakePhotoNow,
    ToggleWork,
)
from kiosk.journal.verify import verify
from kiosk.model.outcome import Answer
from tests.fakes.content import SIGNATURE
from tests.faults.door import STATION, Door
from tests.faults.person import Person, stage_of

pytestmark = pytest.mark.timeout(180)

BAD_TOUCH = "这次触摸无法识别，请再按一次"
FINGERS = 50
HUGE = 10**30


@pytest.fixture
def door(door: Door) -> Iterator[Door]:
    """The same station; whatever was done to it, it lives and its journal is sound."""
    yield door
    assert door.process is not None
    assert door.process.poll() is None, door.log.read_text()
    assert verify(door.data, STATION).bad is None


EVERY_TOUCH: tuple[AnyTouch, ...] = (
    *(Go(), Back(), TakePhotoNow()),
    *(ChoosePost("welder"), ChoosePost(""), ChoosePost("no-such-post"), ChoosePost("x" * 10_000)),
    *(ToggleWork("hot-work"), ToggleWork("no-such-work"), ToggleWork("../../etc/passwd")),
    *(Choose(0), Choose(-1), Choose(99), Choose(HUGE), Choose(-HUGE)),
    *(Point(0.001, 0.001), Point(-5.0, 2.0), Point(1e308, -1e308)),
    *(Confirm(Answer.OK), Confirm(Answer.NOT_OK)),
    *(GiveReason("other"), GiveReason(""), GiveReason("no-such-reason"), GiveReason("不" * 5000)),
    *(Sign(()), Sign(((),)), Sign(((1, 2),)), Sign(((-1, 2, 3) * 20,)), Sign(((1, 2, -3) * 20,))),
    *(Sign(((5000, 2, 3) * 20,)), Sign(((1, 2, 3) * 10_001,)), Sign(((1, 2, HUGE) * 20,))),
)
FITTING: dict[str, tuple[type | AnyTouch, ...]] = {
    "waiting": (),
    "choosing_post": (ChoosePost("welder"),),
    "choosing_works": (Go, ToggleWork("hot-work")),
    "asking": (Choose(0),),
    "calling": (),
    "listening": (TakePhotoNow,),
    "answering": (TakePhotoNow, Confirm),
    "reasoning": (GiveReason("other"), Back),
    "signing": (),
    "on_record": (Go, Back),
}


def fits(touch: AnyTouch, stage: str) -> bool:
    """Return whether a touch is one that this screen offers."""
    return any(
        isinstance(touch, fitting) if isinstance(fitting, type) else touch == fitting
        for fitting in FITTING[stage.split(":")[0]]
    )


def post(door: Door, turn: int, touch: AnyTouch) -> tuple[int, bytes]:
    """Send a touch as JSON of Python's own, which writes what ours refuses to write."""
    wanted = {"type": touch.__struct_config__.tag, **msgspec.structs.asdict(touch)}
    return door.ask("POST", "/touch", json.dumps({"turn": turn, "touch": wanted}).encode())


def shown_in(answer: tuple[int, bytes]) -> Shown:
    status, body = answer
    assert status == 200, body
    return msgspec.json.decode(body, type=Shown)


def test_what_does_not_fit_the_screen_changes_nothing(door: Door, person: Person) -> None:
    """At each stage everything is touched that is not there; then the worker goes on as if nothing
    had happened.
    """
    stubborn = Stubborn(door)
    stubborn.touches_everything("waiting")
    door.tap("A008")
    stubborn.touches_everything("choosing_post")
    for stage in (
        "choosing_works",
        "asking",
        "calling:welder",
        "listening:preparation",
        "answering:preparation",
    ):
        person.go_to(door.screen, stage)
        stubborn.touches_everything(stage)
    door.screen.touch(Confirm(Answer.NOT_APPLICABLE))
    stubborn.touches_everything("reasoning:preparation:not_applicable")
    person.go_to(door.screen, "signing")
    stubborn.touches_everything("signing")
    person.go_to(door.screen, "closed:passed")
    door.screen.touch(Go())
    door.tap("A008")
    stubborn.touches_everything("on_record")


class Stubborn:
    """Somebody who touches everything that is not on the screen."""

    def __init__(self, door: Door) -> None:
        self._door = door

    def touches_everything(self, stage: str) -> None:
        before = self._door.entries()
        stage_before = stage_of(self._door.screen.shown())
        assert stage_before.startswith(stage)
        for touch in EVERY_TOUCH:
            if not fits(touch, stage):
                self._touches(touch, stage_before)
        assert self._door.entries() == before, stage

    def _turn(self) -> int:
        """Return the turn, as the answer to a touch that is never fresh says it."""
        return shown_in(post(self._door, 2**62, Back())).turn

    def _touches(self, touch: AnyTouch, stage: str) -> None:
        turn = self._turn()
        answer = post(self._door, turn, touch)
        if answer[0] == 400:
            assert json.loads(answer[1]) == {"error": BAD_TOUCH}
            return
        shown = shown_in(answer)
        assert stage_of(shown) == stage, touch
        assert shown.turn - turn in (0, 1), touch


def test_a_stale_touch_is_answered_with_the_present_screen(door: Door, person: Person) -> None:
    door.tap("A001")
    old = door.screen.shown()
    now = person.go_to(door.screen, "calling")
    before = door.entries()
    for turn in (old.turn, now.turn - 1, now.turn + 1, 2**62):
        for touch in (Go(), StopWork(), Emergency(), person.next_touch(now)):
            assert touch is not None
            shown = shown_in(post(door, turn, touch))
            assert (stage_of(shown), shown.turn) == (stage_of(now), now.turn)
    assert door.entries() == before


MALFORMED: dict[str, bytes] = {
    "nothing": b"",
    "no JSON": b"{",
    "no text": b"\xff\xfe\x00",
    "a list": b"[]",
    "a number": b"1",
    "no turn": b'{"touch":{"type":"go"}}',
    "no touch": b'{"turn":0}',
    "a text for a turn": b'{"turn":"0","touch":{"type":"go"}}',
    "a negative turn": b'{"turn":-1,"touch":{"type":"go"}}',
    "half a turn": b'{"turn":0.5,"touch":{"type":"go"}}',
    "one thing more": b'{"turn":0,"touch":{"type":"go"},"x":1}',
    "one field more": b'{"turn":0,"touch":{"type":"go","x":1}}',
    "an unknown touch": b'{"turn":0,"touch":{"type":"open_the_door"}}',
    "a touch without a name": b'{"turn":0,"touch":{}}',
    "an unknown answer": b'{"turn":0,"touch":{"type":"confirm","answer":"perhaps"}}',
    "a text for a choice": b'{"turn":0,"touch":{"type":"choose","choice":"1"}}',
    "a choice that is null": b'{"turn":0,"touch":{"type":"choose","choice":null}}',
    "half a choice": b'{"turn":0,"touch":{"type":"choose","choice":1.5}}',
    "a text for strokes": b'{"turn":0,"touch":{"type":"sign","strokes":"x"}}',
    "strokes that are not lists": b'{"turn":0,"touch":{"type":"sign","strokes":[1]}}',
    "strokes of fractions": b'{"turn":0,"touch":{"type":"sign","strokes":[[0.5,1,2]]}}',
    "no number": b'{"turn":0,"touch":{"type":"point","x":NaN,"y":0}}',
    "a number without end": b'{"turn":0,"touch":{"type":"choose","choice":' + b"1" * 5000 + b"}}",
    "a turn without end": b'{"touch":{"type":"go"},"turn":' + b"1" * 5000 + b"}",
    "beyond all numbers": b'{"turn":0,"touch":{"type":"point","x":1e999,"y":0}}',
    "half a character": b'{"turn":0,"touch":{"type":"choose_post","post":"\\ud800"}}',
    "nested without end": b'{"turn":0,"touch":' + b"[" * 100_000,
    "a body of 300 kB": b'{"turn":0,"touch":{"type":"choose_post","post":1,"x":"'
    + b"x" * 300_000
    + b'"}}',
}


def test_what_is_no_touch_is_told_so(door: Door) -> None:
    before, shown = door.entries(), door.screen.shown()
    for name, body in MALFORMED.items():
        status, answer = door.ask("POST", "/touch", body)
        assert (status, json.loads(answer)) == (400, {"error": BAD_TOUCH}), name
    status, answer = door.ask("POST", "/touch", b" " * 500_000)
    assert (status, json.loads(answer)) == (413, {"error": "提交的内容太大"})
    assert door.ask("GET", "/touch")[0] == 405
    assert door.entries() == before
    after = door.screen.shown()
    assert (after.turn, after.scene) == (shown.turn, shown.scene)


def test_a_long_post_that_is_valid_changes_nothing(door: Door) -> None:
    door.tap("A008")
    shown = door.screen.shown()
    answer = shown_in(post(door, shown.turn, ChoosePost("x" * 300_000)))
    assert (answer.turn, stage_of(answer)) == (shown.turn, "choosing_post")


def at_once(door: Door, turn: int, *touches: AnyTouch) -> list[Shown]:
    """Touch the same screen fifty times at the same moment; the touches go round."""
    with ThreadPoolExecutor(FINGERS) as hands:
        fingers = [
            hands.submit(post, door, turn, touches[i % len(touches)]) for i in range(FINGERS)
        ]
    return [shown_in(finger.result()) for finger in fingers]


def test_fifty_fingers_at_once_count_as_one(door: Door, person: Person) -> None:
    """On every screen of a check: one step, no matter which touch was first."""
    door.tap("A001")
    for stage in (
        "choosing_works",
        "asking",
        "calling",
        "listening",
        "answering",
        "listening:skills",
        "signing",
    ):
        shown = person.go_to(door.screen, stage)
        before, touch = len(door.entries()), person.next_touch(shown)
        assert touch is not None
        answers = at_once(door, shown.turn, touch)
        expected = {"signing": ["check.signed", "check.closed"]}.get(stage)
        recorded = [entry.kind for entry in door.entries()[before:]]
        assert recorded == expected if expected else len(recorded) == 1, stage
        newest = max(answers, key=lambda answer: answer.version)
        assert stage_of(newest) != stage_of(shown)
        assert len({answer.turn for answer in answers if stage_of(answer) == stage_of(newest)}) == 1


def test_fifty_different_fingers_make_one_choice(door: Door, person: Person) -> None:
    door.tap("A001")
    person.go_to(door.screen, "answering:preparation")
    turn, before = door.screen.shown().turn, len(door.entries())
    at_once(door, turn, TakePhotoNow(), *(Confirm(answer) for answer in Answer))
    assert len(door.entries()) - before <= 1
    person.go_to(door.screen, "closed")


def test_a_signature_is_stored_as_it_was_drawn(door: Door, person: Person) -> None:
    """The longest that is taken, after many that are not."""
    door.tap("A001")
    person.go_to(door.screen, "signing")
    for strokes in (((1, 2, 3) * 10_001,), ((0, 0, 0) * 7,), SIGNATURE[:0]):
        shown = door.screen.touch(Sign(strokes))
        assert (stage_of(shown), "请再签一次" in shown.html) == ("signing:commitment", True)
    assert "check.signed" not in door.kinds()
    assert (
        stage_of(door.screen.touch(Sign(((0, 0, 0, 1000, 400, 99_999) * 5_000,))))
        == "closed:passed"
    )
    assert door.kinds()[-2:] == ["check.signed", "check.closed"]
