"""The end of a crew's check: signing, the draw, and how it ends for whom."""

from __future__ import annotations

import pytest

from kiosk.flow import stages as s
from kiosk.flow import touches as t
from kiosk.flow.advance import resume
from kiosk.flow.crew_stages import CrewEnded, EndingCrew, Gathering, PickingSigner, SigningMember, SigningOff
from kiosk.flow.signal import signal
from kiosk.model.earlier import Earlier
from kiosk.records import facts as f
from tests.fakes.content import SIGNATURE, SUPERVISOR, a_door, a_worker
from tests.fakes.crews import CrewVisit, a_crew, with_crews

DOOR = with_crews(a_door())
UNDRAWN = with_crews(a_door(), spot_check="off")
PASSED, FAILED, ABANDONED = f.Outcome.PASSED, f.Outcome.FAILED, f.Outcome.ABANDONED


def at_the_end(size: int = 4, door: object = UNDRAWN, draw: int = 0) -> CrewVisit:
    visit = CrewVisit(door, a_crew(size))  # type: ignore[arg-type]
    visit.drill(draw)
    return visit


def endings(visit: CrewVisit) -> dict[str, tuple[f.Outcome, tuple[str, ...]]]:
    """Give how it ended, by worker."""
    worker_of = {member.check: member.worker for member in visit.crew.members}
    closed = (fact for fact in visit.facts if isinstance(fact, f.CheckClosed))
    return {worker_of[fact.check]: (fact.outcome, fact.reasons) for fact in closed}


def ended(visit: CrewVisit) -> CrewEnded:
    assert isinstance(visit.state.stage, CrewEnded)
    return visit.state.stage


class TestSigning:
    def test_the_card_again_signs_and_the_last_one_ends_it_green(self) -> None:
        visit = at_the_end()
        for worker in visit.people[:-1]:
            visit.badge(worker)
            assert signal(visit.state) == "working"
        visit.badge(visit.people[-1])
        assert (ended(visit).outcome, signal(visit.state)) == (PASSED, "passed")
        assert endings(visit) == {worker.id: (PASSED, ()) for worker in visit.people}

    def test_the_last_signature_and_all_endings_are_recorded_at_once(self) -> None:
        """What is not on the disk did not happen: nobody has passed while another signature is only half there."""
        visit = at_the_end()
        for worker in visit.people[:-1]:
            visit.badge(worker)
        before = len(visit.facts)
        visit.badge(visit.people[-1])
        kinds = [type(fact).__name__ for fact in visit.facts[before:]]
        assert kinds == ["MemberSigned", *["CheckClosed"] * 4, "CrewClosed"]

    def test_a_finger_signs_as_well(self) -> None:
        visit = at_the_end()
        first = visit.crew.members[0].check
        visit.touch(t.SignMember(first))
        visit.touch(t.Sign(SIGNATURE))
        assert isinstance(visit.state.stage, SigningOff)
        signed = f.MemberSigned(visit.state.check.id, first, "commitment", f.SignedBy.STROKES, SIGNATURE)  # type: ignore[union-attr]
        assert visit.facts[-1] == signed
        assert len(visit.crew.due) == 3

    def test_dots_are_no_name(self) -> None:
        visit = at_the_end()
        visit.touch(t.SignMember(visit.crew.members[0].check))
        visit.touch(t.Sign(((500, 200, 0),) * 8))
        assert visit.state.notice == "sign_again"
        assert len(visit.crew.due) == 4

    def test_while_one_writes_another_s_card_signs(self) -> None:
        visit = at_the_end()
        visit.touch(t.SignMember(visit.crew.members[0].check))
        visit.badge(visit.people[1])
        assert isinstance(visit.state.stage, SigningMember)
        visit.badge(visit.people[0])
        assert isinstance(visit.state.stage, SigningOff)
        assert len(visit.crew.due) == 2

    def test_too_many_names_for_a_finger_are_picked_from_a_list(self) -> None:
        visit = at_the_end(30)
        visit.touch(t.SignByHand())
        assert isinstance(visit.state.stage, PickingSigner)
        visit.touch(t.SignMember("nobody's"))
        visit.touch(t.SignMember(visit.crew.members[20].check))
        visit.touch(t.Sign(SIGNATURE))
        assert visit.crew.members[20].signed

    @pytest.mark.parametrize(
        "worker", [None, a_worker("B001"), SUPERVISOR], ids=["unknown", "other", "supervisor"]
    )
    def test_nobody_else_s_card_signs(self, worker: object) -> None:
        visit = at_the_end()
        visit.badge(worker)  # type: ignore[arg-type]
        assert visit.state.notice == "crew_late"
        assert len(visit.crew.due) == 4

    def test_a_second_time_is_noticed(self) -> None:
        visit = at_the_end()
        visit.badge(visit.people[0])
        visit.badge(visit.people[0])
        assert visit.state.notice == "crew_twice"
        assert sum(isinstance(fact, f.MemberSigned) for fact in visit.facts) == 1

    def test_who_does_not_write_on_gives_the_screen_back(self) -> None:
        visit = at_the_end()
        visit.touch(t.SignMember(visit.crew.members[0].check))
        visit.wait(UNDRAWN.crew.sign_s)
        assert isinstance(visit.state.stage, SigningOff)


class TestEnding:
    def test_who_has_not_signed_in_time_does_it_alone(self) -> None:
        visit = at_the_end()
        began_s = visit.now_s
        visit.badge(visit.people[0])
        visit.wait(100)
        visit.badge(visit.people[1])
        visit.wait(began_s + UNDRAWN.crew.close_s - visit.now_s)
        assert endings(visit) == {
            "C000": (PASSED, ()),
            "C001": (PASSED, ()),
            "C002": (ABANDONED, ("not_signed",)),
            "C003": (ABANDONED, ("not_signed",)),
        }
        assert ended(visit).outcome is PASSED
        visit.badge(visit.people[2], earlier=Earlier("x", ABANDONED, "", ("not_signed",)))
        assert isinstance(visit.state.stage, s.ChoosingWorks)

    def test_nobody_signed_and_nobody_passed(self) -> None:
        visit = at_the_end()
        visit.wait(UNDRAWN.crew.close_s)
        assert (ended(visit).outcome, signal(visit.state)) == (ABANDONED, "waiting")

    def test_it_takes_two_touches_to_leave_somebody_behind(self) -> None:
        visit = at_the_end()
        visit.badge(visit.people[0])
        visit.touch(t.EndCrew())
        assert isinstance(visit.state.stage, SigningOff)
        visit.touch(t.Go())
        assert isinstance(visit.state.stage, EndingCrew)
        visit.touch(t.Back())
        assert isinstance(visit.state.stage, SigningOff)
        visit.touch(t.Go())
        visit.press("confirm")
        assert isinstance(visit.state.stage, SigningOff)
        visit.touch(t.Go())
        visit.touch(t.EndCrew())
        assert [outcome for outcome, _ in endings(visit).values()] == [PASSED, *[ABANDONED] * 3]

    def test_what_is_not_in_order_fails_everybody(self) -> None:
        visit = CrewVisit(DOOR, a_crew())
        visit.begin()
        visit.until(s.Answering)
        visit.touch(t.Confirm(f.Answer.NOT_OK))
        visit.touch(t.GiveReason("broken"))
        visit.until(SigningOff)
        visit.badge(visit.people[1])
        visit.touch(t.Go())
        visit.touch(t.EndCrew())
        reasons = ("part:preparation:broken",)
        assert set(endings(visit).values()) == {(FAILED, reasons)}
        assert (ended(visit).outcome, ended(visit).reasons, signal(visit.state)) == (
            FAILED,
            reasons,
            "failed",
        )
        signed = [fact for fact in visit.facts if isinstance(fact, f.MemberSigned)]
        assert [fact.commitment for fact in signed] == ["account"]

    def test_the_screen_goes_by_itself_and_sooner_when_there_is_nothing_to_read(self) -> None:
        everybody, some = at_the_end(), at_the_end()
        everybody.sign_off()
        some.badge(some.people[0])
        some.wait(UNDRAWN.crew.close_s)
        for visit, lasts_s in ((everybody, UNDRAWN.timings.passed_s), (some, UNDRAWN.timings.failed_s)):
            until_s = ended(visit).until_s
            assert until_s is not None
            visit.wait(lasts_s)
            assert isinstance(visit.state.stage, s.Waiting)

    def test_a_supervisor_lets_in_one_by_one(self) -> None:
        """A crew is not released as a whole: the supervisor's card is that of anybody, here of somebody without a post."""
        visit = CrewVisit(DOOR, a_crew())
        visit.begin()
        visit.touch(t.Abnormal())
        visit.touch(t.GiveReason("noise"))
        visit.badge(SUPERVISOR)
        assert isinstance(visit.state.stage, s.NotAsked)
        assert not any(isinstance(fact, f.CheckReleased) for fact in visit.facts)
        earlier = Earlier(visit.facts[0].check, FAILED, "", ("abnormal:asking:noise",))  # type: ignore[union-attr]
        visit.badge(visit.people[1], earlier=earlier)
        visit.badge(SUPERVISOR)
        assert isinstance(visit.state.stage, s.Releasing)


class TestTheDraw:
    @pytest.mark.parametrize("draw", range(4))
    def test_one_is_drawn_and_is_not_passed_with_the_crew(self, draw: int) -> None:
        visit = at_the_end(door=DOOR, draw=draw)
        drawn = visit.people[draw]
        assert drawn not in visit.due
        visit.badge(drawn)
        assert visit.state.notice == "crew_drawn"
        visit.sign_off()
        assert endings(visit)[drawn.id] == (ABANDONED, ("drawn",))
        assert [outcome for outcome, _ in endings(visit).values()].count(PASSED) == 3
        visit.badge(drawn, earlier=Earlier("x", ABANDONED, "", ("drawn",)))
        if draw == 0:
            visit.touch(t.Go())
        visit.until(s.Closed)
        assert visit.state.check.worker == drawn.id  # type: ignore[union-attr]
        assert signal(visit.state) == "passed"

    def test_of_two_nobody_is_drawn(self) -> None:
        visit = at_the_end(2, door=DOOR)
        visit.sign_off()
        assert set(endings(visit).values()) == {(PASSED, ())}

    def test_the_drawn_cannot_sign_with_a_finger_either(self) -> None:
        visit = at_the_end(door=DOOR)
        visit.touch(t.SignMember(visit.crew.drawn))
        assert isinstance(visit.state.stage, SigningOff)


class TestMeanwhile:
    def test_abnormal_fails_everybody(self) -> None:
        visit = CrewVisit(DOOR, a_crew())
        visit.begin()
        visit.touch(t.Abnormal())
        visit.touch(t.GiveReason("noise"))
        assert set(endings(visit).values()) == {(FAILED, ("abnormal:asking:noise",))}
        assert (ended(visit).outcome, signal(visit.state)) == (FAILED, "failed")

    @pytest.mark.parametrize("side", [t.Abnormal(), t.StopWork()])
    def test_nothing_ends_it_while_somebody_tells_what_is_wrong(self, side: t.AnyTouch) -> None:
        visit = at_the_end()
        visit.wait(UNDRAWN.crew.close_s - 1)
        visit.touch(side)
        visit.wait(5)
        for worker in visit.due:
            visit.badge(worker)
        assert (visit.state.notice, endings(visit)) == ("busy", {})
        visit.touch(t.GiveReason("noise" if side == t.Abnormal() else "unsafe"))
        assert {outcome for outcome, _ in endings(visit).values()} == {FAILED}
        assert len([fact for fact in visit.facts if isinstance(fact, f.CrewClosed)]) == 1

    def test_who_tells_nothing_after_all_ends_it_late(self) -> None:
        visit = at_the_end()
        visit.wait(UNDRAWN.crew.close_s - 1)
        visit.touch(t.Abnormal())
        visit.wait(UNDRAWN.timings.side_s)
        assert ended(visit).outcome is ABANDONED

    def test_stopping_work_fails_everybody_and_names_nobody(self) -> None:
        visit = CrewVisit(DOOR, a_crew())
        visit.begin()
        visit.touch(t.StopWork())
        visit.touch(t.GiveReason("unsafe"))
        (stopped,) = [fact for fact in visit.facts if isinstance(fact, f.WorkStopped)]
        assert (stopped.worker, stopped.check) == ("", visit.state.check.id)  # type: ignore[union-attr]
        assert {outcome for outcome, _ in endings(visit).values()} == {FAILED}

    def test_nobody_at_the_screen_abandons_it_for_everybody(self) -> None:
        visit = CrewVisit(DOOR, a_crew())
        visit.begin()
        visit.wait(DOOR.timings.abandon_s)
        assert set(endings(visit).values()) == {(ABANDONED, ("timeout",))}
        assert signal(visit.state) == "waiting"


class TestAPowerCut:
    def test_at_any_moment_what_is_recorded_is_enough_to_go_on(self) -> None:
        visit = CrewVisit(DOOR, a_crew())
        visit.gather()
        acts = [lambda: visit.touch(t.Go())]
        for _ in range(200):
            if isinstance(visit.state.stage, CrewEnded):
                break
            resumed = resume(
                DOOR, visit.facts, visit.people[0], visit.wall(), visit.now_s, people=visit.people
            )
            assert resumed.check == visit.state.check
            assert resumed.people == visit.state.people
            assert signal(resumed) == "working"
            again = CrewVisit(DOOR, visit.people)
            again.state = resumed
            if isinstance(resumed.stage, Gathering):
                again.touch(t.Go())
            again.until(SigningOff)
            again.sign_off()
            assert ended(again).outcome is PASSED
            if isinstance(visit.state.stage, SigningOff):
                visit.badge(visit.due[0])
            elif acts:
                acts.pop()()
            else:
                visit.go_on()
        assert isinstance(visit.state.stage, CrewEnded)

    def test_the_window_begins_anew(self) -> None:
        visit = CrewVisit(DOOR, a_crew())
        visit.open()
        resumed = resume(DOOR, visit.facts, visit.people[0], visit.wall(), 7.0, people=visit.people)
        assert isinstance(resumed.stage, Gathering)
        assert resumed.stage.until_s == 7.0 + DOOR.crew.window_s
