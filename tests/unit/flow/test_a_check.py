"""What a worker and a foreman notice of a check at the door."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from kiosk.flow.door import Timings
from kiosk.flow.inputs import CardMisread, CardTooEarly
from kiosk.flow.signal import signal
from kiosk.flow.stages import (
    Answering,
    Asking,
    Calling,
    ChoosingPost,
    ChoosingWorks,
    Closed,
    Counting,
    EmergencyShown,
    Listening,
    NotAsked,
    OnRecord,
    Reasoning,
    Refused,
    Released,
    Releasing,
    Signing,
    Stopped,
    Waiting,
)
from kiosk.flow.touches import (
    Abnormal,
    Back,
    CheckAnyway,
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
from kiosk.model.content import (
    Line,
    Lines,
    Part,
    Reason,
    SameLine,
    Step,
)
from kiosk.model.earlier import Earlier
from kiosk.model.eligibility import Ground
from kiosk.model.outcome import Answer, Outcome
from kiosk.model.people import Role, Standing, Worker
from kiosk.records.checks.facts import (
    CardNoted,
    CheckClosed,
    CheckRefused,
    CheckReleased,
    ConfirmationMade,
    DangerFound,
    PhotoMissed,
    PhotoTaken,
    QuestionAnswered,
    StepCalled,
    WorkStopped,
)
from tests.fakes.content import PACK, SIGNATURE, SUPERVISOR, a_door, a_post, a_welder, a_worker
from tests.fakes.visit import Visit


@pytest.fixture
def visit() -> Visit:
    return Visit(a_door())


def of(visit: Visit, kind: type) -> list[Any]:
    return [fact for fact in visit.facts if isinstance(fact, kind)]


def test_a_good_worker_passes_and_the_lamp_is_green(visit: Visit) -> None:
    visit.badge(a_worker())
    visit.until(Closed)
    assert visit.facts[-1] == CheckClosed("id-1", Outcome.PASSED)
    assert signal(visit.state) == "passed"
    assert [fact.part for fact in of(visit, ConfirmationMade)] == list(Part)
    visit.wait(visit.door.timings.passed_s)
    assert isinstance(visit.state.stage, Waiting)


def test_no_state_before_the_pass_is_green(visit: Visit) -> None:
    visit.badge(a_worker())
    while not isinstance(visit.state.stage, Closed):
        assert signal(visit.state) == "working"
        visit.go_on()


@pytest.mark.parametrize(
    ("worker", "ground"),
    [
        (None, Ground.UNKNOWN_CARD),
        (a_worker(blocked="调查中"), Ground.BLOCKED),
        (replace(a_worker(), standing=Standing.LEFT), Ground.LEFT),
        (a_worker("A009", "painter"), Ground.NO_POST),
        (a_worker("A003", "welder"), Ground.CERTIFICATE_MISSING),
        (a_welder(date(2026, 11, 23)), Ground.CERTIFICATE_EXPIRED),
    ],
)
def test_who_is_not_eligible_is_refused_in_red(
    visit: Visit, worker: object, ground: Ground
) -> None:
    visit.badge(worker)  # type: ignore[arg-type]
    assert isinstance(visit.state.stage, Refused)
    assert visit.state.stage.refusals[0].ground is ground
    assert signal(visit.state) == "refused"
    assert of(visit, CheckRefused)[0].reasons[0].startswith(ground)


def test_a_certificate_is_valid_through_its_last_day(visit: Visit) -> None:
    visit.badge(a_welder(date(2026, 11, 24)))
    assert isinstance(visit.state.stage, ChoosingWorks)


def test_a_worker_with_two_posts_chooses_one(visit: Visit) -> None:
    welder = a_welder()
    visit.badge(a_worker("A002", "press", "welder", certificates=welder.certificates))
    assert visit.state.stage == ChoosingPost(posts=("press", "welder"))
    visit.touch(ChoosePost("painter"))
    assert isinstance(visit.state.stage, ChoosingPost)
    visit.touch(ChoosePost("welder"))
    assert visit.state.check
    assert visit.state.check.post == "welder"


def test_a_post_whose_certificate_is_expired_is_not_offered(visit: Visit) -> None:
    visit.badge(a_worker("A004", "welder", "press"))
    assert isinstance(visit.state.stage, ChoosingWorks)
    assert visit.state.check
    assert visit.state.check.post == "press"


def test_lines_that_say_the_same_are_asked_once_in_the_works_words() -> None:
    work = replace(
        PACK.works[0],
        lines=Lines(preparation=(Line("交底做过", "briefed"), "动火票有效"), tools=("设备完好",)),
    )
    general = replace(PACK.lines, preparation=(Line("已交底", "briefed"),))
    pack = replace(
        PACK, works=(work,), lines=general, same_lines=(SameLine("briefed", "交底做过"),)
    )
    visit = Visit(a_door(packs=(pack,)))
    visit.badge(a_welder())
    visit.touch(ToggleWork("hot-work"))
    visit.until(Closed)

    made = {each.part: each for each in of(visit, ConfirmationMade)}
    assert made[Part.PREPARATION].lines == ("交底做过", "动火票有效")
    assert made[Part.PREPARATION].stands_for == (("已交底",), ())
    assert made[Part.TOOLS].lines == ("工具齐全", "设备完好")
    assert made[Part.TOOLS].stands_for == ()


def test_hot_work_adds_its_lines_and_needs_its_certificate(visit: Visit) -> None:
    visit.badge(a_welder())
    visit.touch(ToggleWork("hot-work"))
    visit.until(Closed)
    assert "动火票有效" in of(visit, ConfirmationMade)[0].lines

    visit.badge(a_worker("A007"))
    visit.touch(ToggleWork("hot-work"))
    assert visit.state.notice == "work_refused"
    assert visit.state.stage == ChoosingWorks()


def test_a_wrong_answer_shows_the_right_one_and_asks_again(visit: Visit) -> None:
    visit.badge(a_worker())
    visit.until(Asking)
    visit.touch(Choose(0))
    assert visit.state.stage == Asking(question="q1", wrong=0)
    visit.touch(Choose(1))
    assert visit.state.stage == Asking(question="q1", wrong=0)
    visit.touch(Go())
    visit.touch(Choose(1))
    assert isinstance(visit.state.stage, Calling)
    assert [fact.right for fact in of(visit, QuestionAnswered)] == [False, True]


def test_a_step_cannot_be_left_before_its_dwell(visit: Visit) -> None:
    visit.badge(a_worker())
    visit.until(Calling)
    visit.wait(visit.door.timings.dwell_s - 0.1)
    visit.touch(Go())
    assert visit.state.notice == "too_soon"
    visit.wait(0.1)
    visit.touch(Go())
    assert of(visit, StepCalled)[0].dwell_ms == 5000


PRESS = Step(
    "hands",
    "单手能启动，等于没保护",
    "单手按，不动作；松一只手，立即停",
    "双手按钮",
    "双手按钮有效，确认！",
)


def _at_the_press(**timings: Any) -> Visit:
    press = a_post("press", "冲压工")
    post = replace(press, drill=replace(press.drill, steps=(PRESS,)))
    visit = Visit(a_door(Timings(**timings), packs=(replace(PACK, posts=(post,)),)))
    visit.badge(a_worker())
    visit.until(Calling)
    return visit


def test_a_step_cannot_be_pointed_at_while_it_is_still_being_said() -> None:
    """What to think of and what to look at take the voice some nine seconds; the finger goes with
    指.
    """
    visit = _at_the_press()
    visit.wait(9)
    visit.touch(Go())
    assert visit.state.notice == "too_soon"
    visit.wait(1)
    visit.touch(Go())
    assert [fact.step for fact in of(visit, StepCalled)] == ["hands"]


def test_a_step_of_its_own_longer_dwell_keeps_it() -> None:
    visit = _at_the_press(dwell_s=20.0)
    visit.wait(19)
    visit.touch(Go())
    assert visit.state.notice == "too_soon"


def test_nobody_is_asked_whether_still_there_before_anything_can_be_touched() -> None:
    visit = _at_the_press(dwell_s=40.0)
    visit.wait(visit.door.timings.warn_s + 1)
    assert visit.state.notice != "still_there"
    visit.wait(40)
    assert visit.state.notice == "still_there"


def test_the_wrong_spot_has_to_be_pointed_at_again(visit: Visit) -> None:
    visit.badge(a_worker())
    visit.until(Calling)
    visit.go_on()
    visit.wait(5)
    visit.touch(Go())
    assert visit.state.notice == "touch_the_target"
    visit.touch(Point(0.1, 0.1))
    assert visit.state.notice == "missed"
    visit.touch(Point(0.52, 0.48))
    assert of(visit, StepCalled)[-1].misses == 1
    assert isinstance(visit.state.stage, Listening)


def test_the_photo_is_taken_by_itself_after_the_countdown(visit: Visit) -> None:
    visit.badge(a_worker())
    visit.until(Listening)
    visit.wait(3)
    counting = visit.state.stage
    assert isinstance(counting, Counting)
    visit.wait(3)
    assert isinstance(visit.state.stage, Answering)
    assert of(visit, PhotoTaken)[0].attempt == 1


def test_who_will_not_wait_takes_the_photo_with_a_touch(visit: Visit) -> None:
    visit.badge(a_worker())
    visit.until(Listening)
    visit.touch(TakePhotoNow())
    assert isinstance(visit.state.stage, Answering)


def test_a_covered_lens_must_be_freed_or_three_photos_tried(visit: Visit) -> None:
    visit.faults = ("covered",)
    visit.badge(a_worker())
    visit.until(Answering)
    for _ in range(2):
        visit.touch(Confirm(Answer.OK))
        assert visit.state.notice == "retake_first"
        visit.touch(TakePhotoNow())
    visit.touch(TakePhotoNow())
    assert [fact.attempt for fact in of(visit, PhotoTaken)] == [1, 2, 3]
    visit.touch(Confirm(Answer.OK))
    assert of(visit, ConfirmationMade)[0].answer is Answer.OK


def test_a_covered_lens_after_a_missed_photo_must_be_freed_too(visit: Visit) -> None:
    visit.camera = False
    visit.badge(a_worker())
    visit.until(Answering)
    visit.camera, visit.faults = True, ("covered",)
    visit.touch(TakePhotoNow())
    visit.touch(Confirm(Answer.OK))
    assert visit.state.notice == "retake_first"
    visit.faults = ()
    visit.touch(TakePhotoNow())
    visit.touch(Confirm(Answer.OK))
    assert of(visit, ConfirmationMade)[0].answer is Answer.OK


def test_a_lost_camera_never_blocks_the_door(visit: Visit) -> None:
    visit.camera = False
    visit.badge(a_worker())
    visit.until(Closed)
    assert len(of(visit, PhotoMissed)) == 4
    assert of(visit, ConfirmationMade)[0].photo == ""
    assert visit.facts[-1].outcome is Outcome.PASSED  # type: ignore[union-attr]


def test_not_ok_wants_a_reason_opens_a_danger_and_fails_the_check(visit: Visit) -> None:
    visit.badge(a_worker())
    visit.until(Answering)
    visit.touch(Confirm(Answer.NOT_OK))
    assert visit.state.stage == Reasoning(part=Part.PREPARATION, answer=Answer.NOT_OK)
    visit.touch(Back())
    visit.touch(Confirm(Answer.NOT_OK))
    visit.touch(GiveReason("not-in-the-list"))
    assert isinstance(visit.state.stage, Reasoning)
    visit.touch(GiveReason("broken"))
    visit.until(Closed)
    assert of(visit, DangerFound)[0].photo == of(visit, PhotoTaken)[0].photo
    assert visit.facts[-1] == CheckClosed("id-1", Outcome.FAILED, ("part:preparation:broken",))
    assert signal(visit.state) == "failed"


def test_a_reason_that_does_not_fit_the_confirmation_is_none(visit: Visit) -> None:
    of_tools = Reason("worn", "磨损", (Part.TOOLS,))
    reasons = replace(visit.door.reasons, not_ok=(of_tools, *visit.door.reasons.not_ok))
    visit.door = replace(visit.door, reasons=reasons)
    visit.badge(a_worker())
    visit.until(Answering)
    visit.touch(Confirm(Answer.NOT_OK))
    visit.touch(GiveReason("worn"))
    assert isinstance(visit.state.stage, Reasoning)
    visit.touch(GiveReason("broken"))
    assert of(visit, DangerFound)[0].text == "损坏"


def test_not_applicable_wants_a_reason_and_passes(visit: Visit) -> None:
    visit.badge(a_worker())
    visit.until(Answering)
    visit.touch(Confirm(Answer.NOT_APPLICABLE))
    visit.touch(GiveReason("not-used"))
    visit.until(Closed)
    assert visit.facts[-1].outcome is Outcome.PASSED  # type: ignore[union-attr]


DOTS_APART = tuple((100 * dot, 200, dot) for dot in range(1, 9))
SCRIBBLE_IN_PLACE = (tuple(n for i in range(40) for n in (500 + 20 * (i % 2), 200, i)),)
A_LINE_TOO_SHORT = (tuple(n for i in range(12) for n in (500 + 10 * i, 200, i)),)


@pytest.mark.parametrize(
    "strokes",
    [
        (),
        ((1, 2, 3),),
        ((1, 2),) * 20,
        ((5000, 5, 5) * 10,),
        ((500, 200, 5),) * 8,
        ((500, 200, 5) * 8,),
        DOTS_APART,
        SCRIBBLE_IN_PLACE,
        A_LINE_TOO_SHORT,
    ],
)
def test_a_dot_is_no_signature(visit: Visit, strokes: tuple[tuple[int, ...], ...]) -> None:
    visit.badge(a_worker())
    visit.until(Signing)
    visit.touch(Sign(strokes))
    assert visit.state.notice == "sign_again"
    visit.touch(Sign(SIGNATURE))
    assert isinstance(visit.state.stage, Closed)


def test_abnormal_at_a_step_ends_the_check_in_red(visit: Visit) -> None:
    visit.badge(a_worker())
    visit.until(Calling)
    visit.touch(Abnormal())
    assert signal(visit.state) == "abnormal"
    visit.touch(GiveReason("noise"))
    assert visit.facts[-1] == CheckClosed("id-1", Outcome.FAILED, ("abnormal:first:noise",))
    assert of(visit, DangerFound)[0].text == "有异响"


def test_abnormal_by_mistake_goes_back(visit: Visit) -> None:
    visit.badge(a_worker())
    visit.until(Calling)
    before = visit.state.stage
    visit.touch(Abnormal())
    visit.touch(Back())
    assert visit.state.stage == before


def test_buttons_do_what_the_touch_does(visit: Visit) -> None:
    visit.badge(a_worker())
    visit.press("confirm")
    assert isinstance(visit.state.stage, Asking)
    visit.until(Listening)
    visit.press("confirm")
    visit.press("confirm")
    assert of(visit, ConfirmationMade)[0].answer is Answer.OK
    visit.press("abnormal")
    assert signal(visit.state) == "abnormal"


def test_nobody_there_is_asked_and_then_abandoned(visit: Visit) -> None:
    visit.badge(a_worker())
    visit.wait(30)
    assert visit.state.notice == "still_there"
    visit.touch(Back())
    visit.wait(29)
    assert visit.state.notice == ""
    visit.wait(31)
    assert visit.facts[-1] == CheckClosed("id-1", Outcome.ABANDONED, ("timeout",))
    visit.wait(10)
    assert isinstance(visit.state.stage, Waiting)


def test_a_notice_goes_by_itself_and_makes_no_new_turn(visit: Visit) -> None:
    visit.badge(a_worker())
    turn = visit.state.turn
    visit.badge(a_welder())
    assert (visit.state.notice, visit.state.turn) == ("busy", turn)
    visit.wait(visit.door.timings.notice_s - 0.1)
    assert visit.state.notice == "busy"
    visit.wait(0.2)
    assert (visit.state.notice, visit.state.turn) == ("", turn)


def test_noise_and_the_cards_of_others_keep_no_check_alive(visit: Visit) -> None:
    visit.badge(a_worker())
    visit.wait(20)
    visit.badge(a_welder())
    visit.put(CardMisread(visit.now_s, "noise"))
    visit.wait(10)
    assert visit.state.warned
    visit.put(CardMisread(visit.now_s, "noise"))
    assert visit.state.warned
    visit.wait(30)
    assert visit.facts[-1] == CheckClosed("id-1", Outcome.ABANDONED, ("timeout",))


def test_a_touch_that_was_on_its_way_counts_when_it_is_asked_who_is_there(visit: Visit) -> None:
    visit.badge(a_worker())
    visit.until(Answering)
    turn = visit.state.turn
    visit.wait(visit.door.timings.warn_s)
    assert visit.state.warned
    visit.touch(Confirm(Answer.OK), turn)
    assert (len(of(visit, ConfirmationMade)), visit.state.warned) == (1, False)


def test_the_button_confirms_nothing_unseen_while_it_is_asked_who_is_there(visit: Visit) -> None:
    visit.badge(a_worker())
    visit.until(Answering)
    visit.wait(visit.door.timings.warn_s)
    visit.press("confirm")
    assert (of(visit, ConfirmationMade), visit.state.warned) == ([], False)


def test_another_card_waits_unless_the_worker_has_left(visit: Visit) -> None:
    visit.badge(a_worker())
    visit.badge(a_welder())
    assert visit.state.notice == "busy"
    assert visit.state.worker == a_worker()
    visit.wait(30)
    visit.badge(a_welder())
    assert visit.state.worker == a_welder()
    assert CheckClosed("id-1", Outcome.ABANDONED, ("left",)) in visit.facts


def test_a_double_tap_counts_once(visit: Visit) -> None:
    visit.badge(a_worker())
    visit.until(Answering)
    turn = visit.state.turn
    visit.touch(Confirm(Answer.OK), turn)
    visit.touch(Confirm(Answer.OK), turn)
    assert len(of(visit, ConfirmationMade)) == 1


def test_a_second_badge_shows_what_is_on_record(visit: Visit) -> None:
    visit.badge(a_worker(), earlier=Earlier("c0", Outcome.PASSED, "2026-11-24T00:00:00.000Z"))
    assert isinstance(visit.state.stage, OnRecord)
    assert signal(visit.state) == "working"
    assert visit.facts == []
    visit.touch(Go())
    assert isinstance(visit.state.stage, Waiting)


def test_after_a_failed_check_the_worker_may_try_again(visit: Visit) -> None:
    visit.badge(a_worker(), earlier=Earlier("c0", Outcome.FAILED, "2026-11-24T00:00:00.000Z"))
    visit.touch(Go())
    assert isinstance(visit.state.stage, ChoosingWorks)


def failed(visit: Visit) -> None:
    visit.badge(a_worker())
    visit.touch(Abnormal())
    visit.touch(GiveReason("noise"))


def test_a_supervisors_card_releases_a_failed_check(visit: Visit) -> None:
    failed(visit)
    visit.badge(SUPERVISOR)
    assert isinstance(visit.state.stage, Releasing)
    visit.touch(GiveReason("fixed"))
    assert visit.facts[-1] == CheckReleased("id-1", "S001", "S001", "fixed")
    assert isinstance(visit.state.stage, Released)
    assert signal(visit.state) == "released"


def a_working_supervisor() -> Worker:
    return a_worker("S002", "press", name="周八", role=Role.SUPERVISOR)


def test_a_supervisor_at_a_failed_check_may_be_there_for_the_own_one(visit: Visit) -> None:
    failed(visit)
    visit.badge(a_working_supervisor())
    assert isinstance(visit.state.stage, Releasing)
    visit.touch(Go())
    assert isinstance(visit.state.stage, ChoosingWorks)
    assert visit.state.worker == a_working_supervisor()
    assert not of(visit, CheckReleased)
    visit.until(Closed)
    assert signal(visit.state) == "passed"


def test_a_supervisor_without_a_post_has_only_the_release(visit: Visit) -> None:
    failed(visit)
    visit.badge(SUPERVISOR)
    visit.touch(Go())
    assert isinstance(visit.state.stage, Releasing)


def test_a_supervisor_who_passed_already_sees_that_instead(visit: Visit) -> None:
    failed(visit)
    passed = Earlier("c0", Outcome.PASSED, "2026-11-24T00:00:00.000Z")
    visit.badge(a_working_supervisor(), earlier=passed)
    visit.touch(Go())
    assert isinstance(visit.state.stage, OnRecord)


def test_a_worker_cannot_release_another(visit: Visit) -> None:
    failed(visit)
    visit.badge(a_welder())
    assert isinstance(visit.state.stage, ChoosingWorks)


def test_a_supervisor_cannot_release_himself(visit: Visit) -> None:
    supervisor = a_worker("S002", "press", role=Role.SUPERVISOR)
    visit.badge(supervisor)
    visit.touch(Abnormal())
    visit.touch(GiveReason("noise"))
    visit.badge(supervisor)
    assert not isinstance(visit.state.stage, Releasing)


def test_a_blocked_supervisor_releases_nobody(visit: Visit) -> None:
    failed(visit)
    visit.badge(replace(SUPERVISOR, blocked="停职"))
    assert isinstance(visit.state.stage, Refused)
    assert not of(visit, CheckReleased)


def test_a_supervisor_without_a_post_is_neither_checked_nor_refused(visit: Visit) -> None:
    visit.badge(SUPERVISOR)
    assert isinstance(visit.state.stage, NotAsked)
    assert signal(visit.state) == "working"
    assert [type(fact) for fact in visit.facts] == [CardNoted]
    visit.touch(CheckAnyway())
    assert isinstance(visit.state.stage, NotAsked)
    visit.touch(Go())
    assert isinstance(visit.state.stage, Waiting)


@pytest.mark.parametrize("change", [{"blocked": "停职"}, {"ends_on": date(2020, 1, 1)}])
def test_a_supervisor_who_may_not_come_in_is_refused(visit: Visit, change: dict[str, Any]) -> None:
    visit.badge(replace(SUPERVISOR, **change))
    assert isinstance(visit.state.stage, Refused)


def test_a_release_may_come_later_the_same_shift(visit: Visit) -> None:
    visit.badge(a_worker(), earlier=Earlier("c0", Outcome.FAILED, "2026-11-24T00:00:00.000Z"))
    visit.badge(SUPERVISOR)
    assert isinstance(visit.state.stage, Releasing)


def test_an_emergency_needs_no_badge_and_disturbs_nothing(visit: Visit) -> None:
    visit.touch(Emergency())
    assert visit.state.side == EmergencyShown(until_s=visit.now_s + 60)
    visit.touch(Emergency("posts/press/press-shock"))
    assert visit.state.side == EmergencyShown(
        card="posts/press/press-shock", until_s=visit.now_s + 60
    )
    visit.touch(Back())
    visit.badge(a_welder())
    visit.until(Calling)
    stage = visit.state.stage
    visit.touch(Emergency())
    assert isinstance(visit.state.side, EmergencyShown)
    visit.touch(Back())
    assert visit.state.stage == stage


def test_a_card_that_is_not_there_shows_the_signs(visit: Visit) -> None:
    visit.touch(Emergency("posts/press/gone"))
    assert visit.state.side == EmergencyShown(until_s=visit.now_s + 60)


def test_a_badge_does_not_hide_the_emergency_card(visit: Visit) -> None:
    visit.touch(Emergency())
    visit.badge(a_worker())
    assert isinstance(visit.state.side, EmergencyShown)
    assert visit.state.check is not None


def test_an_abandoned_check_leaves_the_emergency_card_open(visit: Visit) -> None:
    visit.badge(a_worker())
    visit.wait(20)
    visit.touch(Emergency())
    visit.wait(59)
    assert visit.state.side is not None


def test_work_is_stopped_without_a_badge(visit: Visit) -> None:
    visit.touch(StopWork())
    visit.touch(GiveReason("unsafe"))
    assert isinstance(visit.facts[0], WorkStopped)
    assert visit.facts[0].worker == ""
    assert isinstance(visit.state.side, Stopped)
    visit.wait(10)
    assert visit.state.side is None


def test_work_stopped_in_a_check_ends_it_as_failed(visit: Visit) -> None:
    visit.badge(a_worker())
    visit.touch(StopWork())
    visit.touch(GiveReason("unsafe"))
    assert of(visit, WorkStopped)[0].worker == "A001"
    assert visit.facts[-1] == CheckClosed("id-1", Outcome.FAILED, ("stop_work:unsafe",))


def test_an_ordinary_check_keeps_the_budget_of_a_person(visit: Visit) -> None:
    visit.badge(a_worker())
    began_s = visit.now_s
    visit.until(Closed)
    assert visit.now_s - began_s <= 90
    assert visit.touches <= 15


def test_a_card_before_the_voice_is_ready_is_asked_to_wait(visit: Visit) -> None:
    visit.put(CardTooEarly(visit.now_s, "id-0"))
    assert visit.state.notice == "preparing"
    assert isinstance(visit.state.stage, Waiting)
