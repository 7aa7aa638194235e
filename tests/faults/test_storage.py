"""The disk of a running station refuses: the person at the door is told in Chinese, nothing is
half-recorded, and it goes on by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.demo.screen import Shown
from kiosk.flow.touches import Back, Confirm, Emergency, GiveReason, StopWork, TakePhotoNow
from kiosk.journal.verify import verify
from kiosk.model.outcome import Answer
from kiosk.records.checks.facts import PhotoMissed
from tests.fakes.waiting import until
from tests.faults.disks import Card, Disk, faulty_card, memory_disk
from tests.faults.door import LOOK_S, STATION, Door
from tests.faults.person import Person, stage_of

pytestmark = pytest.mark.timeout(180)

FULL = "存储空间已满，没有保存，请联系管理员清理"
LITTLE = "存储空间只剩"
FAILING = "存储读写出错，请联系管理员检查存储卡"
_LOOKS_S = 20.0
"""Long enough for a look and a page on a machine that is busy with something else."""


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    with memory_disk(tmp_path / "disk", 96) as disk:
        yield disk


@pytest.fixture
def door(tmp_path: Path, disk: Disk) -> Iterator[Door]:
    door = Door(tmp_path / "door", disk.folder / "data")
    door.start(camera={"width_px": 1280})
    door.enrol_everybody()
    yield door
    door.close()


@pytest.fixture
def person(door: Door) -> Person:
    return Person(door.config)


def photo_files(door: Door) -> list[Path]:
    return [path for path in (door.data / "photos").rglob("*") if path.is_file()]


def tells(door: Door, sentence: str) -> Shown:
    """Wait until the screen says so."""
    return door.screen.wait(lambda shown: sentence in shown.html, _LOOKS_S)


def is_well_again(door: Door) -> Shown:
    """Wait until the screen says nothing of the disk any more."""
    return door.screen.wait(lambda shown: "存储" not in shown.html, _LOOKS_S)


class TestFull:
    def test_a_step_waits_until_there_is_room(self, door: Door, disk: Disk, person: Person) -> None:
        door.tap("A001")
        stage = stage_of(person.go_to(door.screen, "calling:welder:holder"))
        before = door.entries()
        disk.fill()
        answer = door.screen.touch(person.pointed("welder", "holder"))
        assert (stage_of(answer), FULL in answer.html) == (stage, True)
        until(lambda: door.lit().red)
        assert door.entries() == before
        disk.make_room()
        answer = door.screen.touch(person.pointed("welder", "holder"))
        assert (stage_of(answer), "存储" in answer.html) != (stage, False)
        until(lambda: not door.lit().red)
        person.go_to(door.screen, "closed:passed")
        until(lambda: door.lit().green)
        assert verify(door.data, STATION).bad is None

    def test_a_signature_waits_and_nothing_is_green_before(
        self, door: Door, disk: Disk, person: Person
    ) -> None:
        door.tap("A001")
        shown = person.go_to(door.screen, "signing")
        disk.fill()
        sign = person.next_touch(shown)
        assert sign is not None
        answer = door.screen.touch(sign)
        assert (stage_of(answer), FULL in answer.html) == ("signing:commitment", True)
        until(lambda: door.lit().red)
        assert "check.signed" not in door.kinds()
        disk.make_room()
        assert stage_of(door.screen.touch(sign)) == "closed:passed"
        until(lambda: door.lit().green)

    def test_nobody_is_let_in_and_it_opens_again_by_itself(self, door: Door, disk: Disk) -> None:
        before = door.entries()
        disk.fill()
        assert door.reader.write(b"\x025A0000A001FB\x03")
        shown = tells(door, FULL)
        assert (shown.template, shown.signal) == ("in_vain", "fault")
        assert "暂停使用" in shown.html
        assert door.entries() == before
        disk.make_room()
        assert stage_of(is_well_again(door)) == "waiting"
        until(lambda: not door.lit().red)
        door.tap("A001")
        assert stage_of(door.screen.shown()) == "choosing_works"

    def test_little_room_is_told_before_it_is_too_late(
        self, door: Door, disk: Disk, person: Person
    ) -> None:
        disk.fill(leave_kb=30_000)
        assert tells(door, LITTLE).template == "in_vain"
        door.tap("A001")
        answer = door.screen.touch(person.next_touch(door.screen.shown()) or TakePhotoNow())
        assert stage_of(answer).startswith("asking")
        assert LITTLE in answer.html, "what is still recorded does not make more room"
        disk.make_room()
        is_well_again(door)


class TestFullAtThePhoto:
    def test_no_room_for_anything(self, door: Door, disk: Disk, person: Person) -> None:
        """The photo waits for its place in the journal like everything else, and the finger is
        answered meanwhile.
        """
        door.tap("A001")
        person.go_to(door.screen, "listening:preparation")
        disk.fill()
        answer = door.screen.touch(TakePhotoNow())
        assert FULL in answer.html
        assert "photo.taken" not in door.kinds()
        assert not photo_files(door), "half a photo"
        disk.make_room()
        door.screen.wait(lambda shown: stage_of(shown) == "answering:preparation", _LOOKS_S)
        assert missed(door) == [FULL]
        self.goes_on(door, person)

    def test_room_for_words_only(self, door: Door, disk: Disk, person: Person) -> None:
        door.tap("A001")
        person.go_to(door.screen, "listening:preparation")
        disk.fill(leave_kb=120)
        answer = door.screen.touch(TakePhotoNow())
        assert stage_of(answer) == "answering:preparation"
        assert missed(door) == [FULL]
        assert not list((door.data / "photos" / "incoming").iterdir()), "half a photo"
        disk.make_room()
        self.goes_on(door, person)

    def goes_on(self, door: Door, person: Person) -> None:
        """Take the photo again, and go on to green."""
        answer = door.screen.touch(TakePhotoNow())
        assert 'class="photo"' in answer.html
        door.screen.touch(Confirm(Answer.OK))
        person.go_to(door.screen, "closed:passed")
        until(lambda: door.lit().green)
        assert door.kinds().count("photo.taken") == 4
        assert verify(door.data, STATION).bad is None


class TestFullAtTheStart:
    """A disk that has no room for the first entry: the door says so and begins by itself, in the
    same process.
    """

    @pytest.fixture(params=["killed", "stopped"])
    def ended(self, request: pytest.FixtureRequest, door: Door, person: Person) -> str:
        """A station that has ended in the middle of a check, with its write-ahead log or
        without.
        """
        door.tap("A001")
        shown = person.go_to(door.screen, "calling:welder:holder")
        door.kill() if request.param == "killed" else door.stop()
        return stage_of(shown)

    def test_it_says_so_and_goes_on_when_there_is_room(
        self, door: Door, disk: Disk, ended: str
    ) -> None:
        before = door.entries()
        disk.fill()
        door.begin()
        shown = tells(door, "存储")
        assert (shown.template, shown.signal, "暂停使用" in shown.html) == (
            "in_vain",
            "fault",
            True,
        )
        until(lambda: door.lit().red)
        self._opens_an_emergency_card(door)
        disk.make_room()
        door.screen.wait(lambda shown: stage_of(shown) == ended, _LOOKS_S)
        until(lambda: not door.lit().red)
        assert door.entries()[: len(before)] == before
        assert verify(door.data, STATION).bad is None

    def _opens_an_emergency_card(self, door: Door) -> None:
        """Nobody has to wait for a disk to learn what to do now.

        What would have to be recorded is not accepted.
        """
        assert stage_of(door.screen.touch(Emergency())).startswith("emergency:")
        door.screen.touch(StopWork())
        shown = door.screen.touch(GiveReason("danger-here"))
        assert stage_of(shown) == "stopping"
        assert "存储" in shown.html
        assert door.screen.touch(Back()).template == "in_vain"

    def test_it_can_be_stopped_meanwhile(self, door: Door, disk: Disk, ended: str) -> None:
        disk.fill()
        door.begin()
        tells(door, "存储")
        door.stop()
        disk.make_room()


def test_a_data_folder_that_cannot_be_made_is_waited_for(tmp_path: Path) -> None:
    """A file lies where the folder should be; the station begins once it is gone."""
    door = Door(tmp_path / "door", tmp_path / "blocked" / "data")
    (tmp_path / "blocked").write_bytes(b"")
    door.begin()
    assert tells(door, FAILING).template == "in_vain"
    (tmp_path / "blocked").unlink()
    assert is_well_again(door).template in ("waiting", "in_vain")
    until(lambda: "card_reader" in door.health().devices)
    door.enrol_everybody()
    door.screen.wait(lambda shown: shown.template == "waiting", _LOOKS_S)
    door.tap("A001")
    door.close()


def missed(door: Door) -> list[str]:
    """Return the reasons of all photos that were missed."""
    facts = (entry.fact for entry in door.entries())
    return [fact.reason for fact in facts if isinstance(fact, PhotoMissed)]


class TestACardThatFails:
    """The kernel finds an error and writes nothing any more, as it does with an SD card at its
    end.
    """

    @pytest.fixture
    def card(self, tmp_path: Path) -> Iterator[Card]:
        with faulty_card(tmp_path / "card", 96) as card:
            yield card

    @pytest.fixture
    def door(self, tmp_path: Path, card: Card) -> Iterator[Door]:
        door = Door(tmp_path / "door", card.folder / "data")
        door.start()
        door.enrol_everybody()
        yield door
        door.close()

    def test_it_is_told_and_the_check_goes_on_after_the_repair(
        self, door: Door, card: Card, person: Person
    ) -> None:
        door.tap("A001")
        stage = stage_of(person.go_to(door.screen, "calling:welder:holder"))
        before = door.entries()
        card.fail()
        answer = door.screen.touch(person.pointed("welder", "holder"))
        assert (stage_of(answer), FAILING in answer.html) == (stage, True)
        until(lambda: door.lit().red)
        with pytest.raises(
            TimeoutError
        ):  # nothing was written: it may not be called well after a look
            door.screen.wait(lambda shown: "存储" not in shown.html, 5 * LOOK_S)
        door.kill()
        card.repair()
        door.start()
        assert door.entries()[: len(before)] == before
        assert stage_of(door.screen.shown()) == stage
        person.go_to(door.screen, "closed:passed")
        assert verify(door.data, STATION).bad is None

    def test_a_start_on_such_a_card_waits_for_a_sound_one(self, door: Door, card: Card) -> None:
        door.stop()
        before = door.entries()
        card.fail()
        door.begin()
        assert tells(door, "存储").template == "in_vain"
        card.repair()
        door.screen.wait(lambda shown: shown.template == "waiting", _LOOKS_S)
        door.tap("A001")
        assert door.entries()[: len(before)] == before
