"""The whole station on simulated devices: what is recorded, shown and lit."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.camera.simulated import SimulatedCamera
from devices.lights import Lamps
from devices.supervised import Offline, Online
from kiosk.commands.protocol import Declined, Recorded
from kiosk.flow.stages import (
    Answering,
    Closed,
    EmergencyShown,
    Listening,
    Refused,
    Signing,
    Waiting,
)
from kiosk.flow.touches import Confirm, Emergency, Sign, TakePhotoNow
from kiosk.journal.verify import verify
from kiosk.model.outcome import Answer, Outcome
from kiosk.model.people import Role, Roster, Worker
from kiosk.records.people.commands import ChangeRoster
from kiosk.records.reader import Reading
from kiosk.records.reviews.commands import ReviewCheck
from kiosk.records.reviews.facts import Verdict
from kiosk.station.render_plan import Speech
from tests.fakes.content import SIGNATURE
from tests.fakes.running import SIMULATED, Running, a_running_station
from tests.fakes.waiting import until


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    with a_running_station(tmp_path, camera=SIMULATED) as running:
        yield running


def test_a_whole_check_is_recorded_and_verifies(running: Running, tmp_path: Path) -> None:
    running.tap("A001")
    running.go_to(Closed)
    assert isinstance(running.stage, Closed)
    assert running.stage.outcome is Outcome.PASSED
    until(lambda: running.station.devices.lights.lamps().green)
    with Reading.open(tmp_path) as reading:
        (row,) = reading.checks()
        assert row.outcome is Outcome.PASSED
        assert len(row.thumbnails) == 4
        detail = reading.check(row.id)
        assert detail is not None
        assert detail.strokes == SIGNATURE
    report = verify(tmp_path, "test-0001")
    assert report.bad is None
    assert report.photos == 8
    assert running.station.snapshot().tally.arrived == 1


def test_green_is_never_lit_before_the_pass(running: Running) -> None:
    running.tap("A001")
    running.go_to(Closed)
    until(lambda: running.station.devices.lights.lamps().green)
    history: tuple[Lamps, ...] = running.station.devices.lights.history()  # type: ignore[attr-defined]
    assert [lamps.green for lamps in history].index(True) == len(history) - 1


def test_an_unknown_card_is_refused_in_red(running: Running) -> None:
    running.tap("0909090909")
    running.wait_for(Refused)
    until(lambda: running.station.devices.lights.lamps().red)


def test_the_emergency_card_opens_while_the_camera_is_asked(running: Running) -> None:
    """A lost camera keeps a photo waiting for seconds; an emergency cannot wait for it."""
    camera = running.station.devices.camera
    assert isinstance(camera, SimulatedCamera)
    running.tap("A001")
    running.go_to(Listening)
    camera.scene("lost")
    until(lambda: isinstance(camera.state, Offline))
    turn = running.station.snapshot().state.turn
    photo = threading.Thread(target=running.station.touch, args=(TakePhotoNow(), turn))
    photo.start()
    until(lambda: running.station.snapshot().state.turn > turn)
    shown = running.touch(Emergency())
    assert isinstance(shown.state.side, EmergencyShown)
    photo.join()


def test_a_lost_camera_is_named_and_the_check_goes_on(running: Running) -> None:
    camera = running.station.devices.camera
    assert isinstance(camera, SimulatedCamera)
    camera.scene("lost")
    until(lambda: isinstance(running.station.snapshot().devices["camera"], Offline))
    running.tap("A001")
    running.go_to(Answering)
    state = running.station.snapshot().state
    assert state.check
    assert next(iter(state.check.missed.values()))
    camera.scene("normal")
    until(lambda: isinstance(running.station.snapshot().devices["camera"], Online))
    running.touch(TakePhotoNow())
    state = running.station.snapshot().state
    assert state.check
    assert len(state.check.photos) == 1


def test_an_unplugged_reader_comes_back_without_a_restart(running: Running) -> None:
    reader = running.station.devices.card_reader
    reader.unplug()  # type: ignore[attr-defined]
    until(lambda: isinstance(running.station.snapshot().devices["card_reader"], Offline))
    reader.plug()  # type: ignore[attr-defined]
    until(lambda: isinstance(running.station.snapshot().devices["card_reader"], Online))
    running.tap("A001")
    until(lambda: running.station.snapshot().state.check is not None)


def test_two_fingers_at_once_count_once(running: Running) -> None:
    running.tap("A001")
    running.go_to(Answering)
    turn = running.station.snapshot().state.turn
    fingers = [
        threading.Thread(target=running.station.touch, args=(Confirm(Answer.OK), turn))
        for _ in range(8)
    ]
    for finger in fingers:
        finger.start()
    for finger in fingers:
        finger.join()
    state = running.station.snapshot().state
    assert state.check
    assert len(state.check.confirmations) == 1


def test_a_supervisor_reviews_over_the_command_socket(running: Running, tmp_path: Path) -> None:
    from kiosk.commands.protocol import send

    running.tap("A001")
    running.go_to(Closed)
    with Reading.open(tmp_path) as reading:
        check = reading.checks()[0].id
    socket = tmp_path / "station.sock"
    assert isinstance(send(socket, ReviewCheck(check, "A001", Verdict.ACCEPTED)), Declined)
    assert isinstance(send(socket, ReviewCheck("nothing", "S001", Verdict.ACCEPTED)), Declined)
    assert isinstance(send(socket, ReviewCheck(check, "S001", Verdict.REJECTED)), Declined)
    reply = send(socket, ReviewCheck(check, "S001", Verdict.REJECTED, "照片看不清"))
    assert isinstance(reply, Recorded)
    assert reply.entries[0].kind == "review.decided"


def test_a_blocked_supervisor_reviews_nothing(running: Running, tmp_path: Path) -> None:
    running.tap("A001")
    running.go_to(Closed)
    with Reading.open(tmp_path) as reading:
        check = reading.checks()[0].id
    blocked = Roster((Worker("S001", "王五", role=Role.SUPERVISOR, blocked="停职"),))
    assert isinstance(running.station.command(ChangeRoster(blocked)), Recorded)
    assert isinstance(
        running.station.command(ReviewCheck(check, "S001", Verdict.ACCEPTED)), Declined
    )


def test_buttons_confirm_like_a_touch(running: Running) -> None:
    running.tap("A001")
    running.go_to(Answering)
    running.station.devices.buttons.press("confirm")  # type: ignore[attr-defined]
    until(lambda: bool((check := running.station.snapshot().state.check) and check.confirmations))


def test_a_restart_goes_on_where_the_check_stood(tmp_path: Path) -> None:
    with a_running_station(tmp_path) as running:
        running.tap("A001")
        running.go_to(Signing)
    with a_running_station(tmp_path, roster=None) as running:
        assert isinstance(running.stage, Signing)
        running.touch(Sign(SIGNATURE))
        assert isinstance(running.stage, Closed)
        running.wait_for(Waiting)
    assert verify(tmp_path, "test-0001").bad is None


def test_a_check_too_old_to_resume_is_closed_as_abandoned(tmp_path: Path) -> None:
    with a_running_station(tmp_path) as running:
        running.tap("A001")
        running.go_to(Signing)
    station = {"id": "test-0001", "name": "东门", "enterprise": "示例厂", "resume_within_s": 0.0}
    with a_running_station(tmp_path, roster=None, station=station) as running:
        assert isinstance(running.stage, Waiting)
    with Reading.open(tmp_path) as reading:
        (row,) = reading.checks()
        assert row.outcome is Outcome.ABANDONED
        assert row.reasons == ("power",)
        detail = reading.check(row.id)
        assert detail is not None
        assert len(detail.confirmations) == 4


def prepared(posts: frozenset[str], general: bool = True) -> Speech:
    return Speech(ready=1, total=300, needed_ready=1, needed=120, general=general, posts=posts)


def test_no_check_begins_before_all_of_it_can_be_heard(running: Running) -> None:
    running.station.speech_prepared(prepared(frozenset({"another"})))
    running.tap("A001")
    assert running.station.snapshot().state.notice == "preparing"
    assert running.station.snapshot().state.check is None
    assert running.station.snapshot().preparing == (1, 120)
    running.station.speech_prepared(prepared(frozenset({"another", "press"})))
    running.tap("0909090909")
    assert isinstance(running.stage, Refused)


def test_a_check_begins_as_soon_as_its_own_post_can_be_heard(running: Running) -> None:
    running.station.speech_prepared(prepared(frozenset({"press"})))
    running.tap("A001")
    assert running.station.snapshot().state.check is not None


def test_nobody_is_let_in_before_what_everybody_needs(running: Running) -> None:
    running.station.speech_prepared(prepared(frozenset({"press"}), general=False))
    running.tap("A001")
    assert running.station.snapshot().state.notice == "preparing"


def test_a_broken_voice_does_not_keep_the_door_shut(running: Running) -> None:
    running.station.speech_prepared(prepared(frozenset(), general=False))
    running.station.speech_prepared(None)
    running.tap("A001")
    assert running.station.snapshot().state.check is not None
