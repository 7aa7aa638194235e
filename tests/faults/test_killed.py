"""The station is killed (SIGKILL) at every stage of a check: what was recorded is there, the check
goes on or is closed, no green.

Each story is one walk through the door over HTTP; the process is killed and started again at each
of its stops. An eye watches the lamps all the while: green, and the door, only ever after a pass or
a release that is on disk.
"""

from __future__ import annotations

import threading
from pathlib import Path

import httpx2
import pytest

from devices.lights import Lamps
from kiosk.flow.touches import (
    Abnormal,
    AnyTouch,
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
from kiosk.model.content import Part
from kiosk.model.outcome import Answer, Outcome
from kiosk.records.reader import Reading
from tests.fakes.content import SIGNATURE
from tests.fakes.waiting import until
from tests.faults.door import STATION, Door, Table
from tests.faults.eye import Eye
from tests.faults.killing import goes_on_at
from tests.faults.person import Person, stage_of

pytestmark = pytest.mark.timeout(300)

OFF_TARGET = Point(0.999, 0.999)
QUICK_COUNT: Table = {"listen_s": 0.0, "countdown_s": 0.0}


class TestAPass:
    """One check of a worker with two posts, killed at nineteen places on its way to green and after
    it.
    """

    def test_it_goes_on_where_it_stood_and_is_green_once(
        self, door: Door, eye: Eye, person: Person
    ) -> None:
        goes_on_at(door, "waiting")
        door.tap("A008")
        self._choices(door, person)
        self._drill(door, person)
        self._first_photo(door, person)
        self._beside_the_way(door, person)
        assert eye.greens == 0
        self._end(door, person)
        assert eye.greens == 1

    def _choices(self, door: Door, person: Person) -> None:
        goes_on_at(door, "choosing_post")
        person.go_to(door.screen, "choosing_works")
        door.screen.touch(ToggleWork("hot-work"))
        assert "选好了，1项" in door.screen.shown().html
        goes_on_at(door, "choosing_works")
        question = stage_of(person.go_to(door.screen, "asking"))
        goes_on_at(door, question)
        door.screen.touch(person.answer(question.split(":")[1:], right=False))
        assert ":wrong:" in stage_of(door.screen.shown())
        goes_on_at(door, question)

    def _drill(self, door: Door, person: Person) -> None:
        person.go_to(door.screen, "calling:welder:protection")
        door.screen.touch(OFF_TARGET)
        goes_on_at(door, "calling:welder:protection")
        person.go_to(door.screen, "calling:welder:ventilation")
        goes_on_at(door, "calling:welder:ventilation")

    def _first_photo(self, door: Door, person: Person) -> None:
        person.go_to(door.screen, "listening:preparation")
        goes_on_at(door, "counting:preparation", timings={"listen_s": 0.0})
        lost: dict[str, Table] = {
            "timings": {**QUICK_COUNT, "photo_s": 300.0},
            "photos": {"deadline_s": 30.0},
            "camera": {"scene": "lost"},
        }
        goes_on_at(door, "taking:preparation", **lost)
        goes_on_at(door, "listening:preparation")
        assert "photo.taken" not in door.kinds()
        photo = door.screen.touch(TakePhotoNow())
        goes_on_at(door, "answering:preparation")
        assert src_of(door.screen.shown().html) == src_of(photo.html)
        assert door.get(src_of(photo.html)).startswith(b"\xff\xd8"), "no picture"
        door.screen.touch(Confirm(Answer.NOT_APPLICABLE))
        assert stage_of(door.screen.shown()) == "reasoning:preparation:not_applicable"
        goes_on_at(door, "answering:preparation")

    def _beside_the_way(self, door: Door, person: Person) -> None:
        """An emergency card, a report and a refusal that were only begun leave the check as it
        was.
        """
        person.go_to(door.screen, "listening:skills")
        for touch, shown in (
            (Emergency(), "emergency"),
            (Abnormal(), "reporting"),
            (StopWork(), "stopping"),
        ):
            door.screen.touch(touch)
            assert stage_of(door.screen.shown()).startswith(shown)
            goes_on_at(door, "listening:skills")

    def _end(self, door: Door, person: Person) -> None:
        person.go_to(door.screen, "signing")
        assert goes_on_at(door, "signing:commitment").lamps.green is False
        door.screen.touch(Sign(SIGNATURE))
        until(lambda: door.lit().green)
        assert goes_on_at(door, "waiting").lamps == Lamps(green=True, door=True)
        door.tap("A008")
        assert stage_of(door.screen.shown()) == "on_record"
        goes_on_at(door, "waiting")
        with Reading.open(door.data) as reading:
            (check,) = reading.checks()
            detail = reading.check(check.id)
        assert check.outcome is Outcome.PASSED
        assert detail is not None
        assert [made.part for made in detail.confirmations] == list(Part)
        assert detail.strokes == SIGNATURE
        assert door.kinds().count("step.called") == 7
        assert door.kinds().count("photo.taken") == 4


class TestAFailure:
    """A check that fails, is released, and those that never begin."""

    def test_it_stays_failed_until_it_is_released(
        self, door: Door, eye: Eye, person: Person
    ) -> None:
        door.tap("A003")
        person.go_to(door.screen, "answering:tools")
        door.screen.touch(Confirm(Answer.NOT_OK))
        assert goes_on_at(door, "answering:tools").stage == "reasoning:tools:not_ok"
        door.screen.touch(Confirm(Answer.NOT_OK))
        door.screen.touch(GiveReason("broken"))
        person.go_to(door.screen, "signing")
        goes_on_at(door, "signing:account")
        door.screen.touch(Sign(SIGNATURE))
        until(lambda: door.lit().red)
        assert goes_on_at(door, "waiting").stage == "closed:failed"
        self._released(door)
        assert eye.greens == 0

    def _released(self, door: Door) -> None:
        door.tap("A003")
        door.tap("A009")
        assert goes_on_at(door, "waiting").stage == "releasing"
        assert "check.released" not in door.kinds()
        door.tap("A003")
        assert stage_of(door.screen.shown()) == "on_record"
        door.tap("A009")
        door.screen.touch(GiveReason("put-right"))
        until(lambda: door.lit().door)
        before = goes_on_at(door, "waiting")
        assert (before.stage, before.lamps) == ("released", Lamps(yellow=True, door=True))
        with Reading.open(door.data) as reading:
            (check,) = reading.checks()
        assert (check.outcome, check.released_by) == (Outcome.FAILED, "A009")
        assert check.reasons == ("part:tools:broken",)

    def test_a_refusal_is_on_record(self, door: Door, eye: Eye) -> None:
        door.tap("A005")
        until(lambda: door.lit().red)
        assert goes_on_at(door, "waiting").stage == "refused"
        assert door.kinds().count("check.refused") == 1
        assert eye.greens == 0

    def test_a_stop_of_work_is_on_record(self, door: Door, eye: Eye, person: Person) -> None:
        door.screen.touch(StopWork())
        door.screen.touch(GiveReason("danger-here"))
        assert goes_on_at(door, "waiting").stage == "stopped"
        door.tap("A001")
        person.go_to(door.screen, "calling:welder:holder")
        door.screen.touch(StopWork())
        door.screen.touch(GiveReason("forced-order"))
        assert goes_on_at(door, "waiting").stage == "stopped"
        assert door.kinds().count("work.stopped") == 2
        with Reading.open(door.data) as reading:
            (check,) = reading.checks()
        assert (check.outcome, check.reasons) == (Outcome.FAILED, ("stop_work:forced-order",))
        assert eye.greens == 0

    def test_an_emergency_card_without_a_check(self, door: Door) -> None:
        door.screen.touch(Emergency())
        assert goes_on_at(door, "waiting").stage.startswith("emergency:")


def test_killed_while_it_signs(door: Door, eye: Eye, person: Person) -> None:
    """Killed at the very moment of writing, it either knows nothing of the signature or knows the
    pass; green needs the pass.
    """
    for worker in ("A001", "A002", "A003", "A004", "A008", "A012"):
        door.tap(worker)
        person.go_to(door.screen, "signing")
        before, greens = door.entries(), eye.greens
        written = door.data / "journal.db-wal"
        size_bytes = written.stat().st_size
        finger = threading.Thread(target=touch_in_vain, args=(door, Sign(SIGNATURE)))
        finger.start()
        until(lambda: written.stat().st_size != size_bytes)  # noqa: B023
        door.kill()
        finger.join()
        door.after_the_end()
        door.start()
        since = [entry.kind for entry in door.entries()[len(before) :]]
        if since == ["station.started"]:
            assert eye.greens == greens
            assert stage_of(door.screen.touch(Sign(SIGNATURE))) == "closed:passed"
            door.screen.touch(Go())
        else:
            assert since == ["check.signed", "check.closed", "station.started"]
            assert stage_of(door.screen.shown()) == "waiting"
            assert not door.lit().green
        assert verify(door.data, STATION).bad is None


def touch_in_vain(door: Door, touch: AnyTouch) -> None:
    """Touch a screen whose station may die meanwhile."""
    try:
        door.screen.touch(touch)
    except (httpx2.HTTPError, RuntimeError):
        return


def test_it_starts_dark_even_when_nobody_put_out_its_lamps(
    door: Door, person: Person, tmp_path: Path
) -> None:
    door.tap("A001")
    person.go_to(door.screen, "closed:passed")
    until(lambda: door.lit().green)
    door.kill()
    assert door.lit() == Lamps(green=True, door=True)
    with Eye(door.lamps_file, lambda: True) as eye:
        door.start()
        until(lambda: not door.lit().green)
    assert [lamps.green for lamps in eye.seen].count(True) == 1


def person_sees(door: Door, stage: str) -> None:
    """Wait until a stage is shown."""
    door.screen.wait(lambda shown: stage_of(shown) == stage, 20)


def src_of(html: str) -> str:
    """Return the address of the photo that is shown."""
    return html.split('class="photo" src="')[1].split('"')[0]
