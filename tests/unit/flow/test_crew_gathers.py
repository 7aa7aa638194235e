"""A leader offers the crew's check, members come, and some are left out."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from kiosk.flow import stages as s
from kiosk.flow import touches as t
from kiosk.flow.crew_gathering import MOST_MEMBERS
from kiosk.flow.crew_stages import CrewEnded, Gathering, OfferingCrew
from kiosk.flow.signal import signal
from kiosk.model.earlier import Earlier
from kiosk.model.people import Certificate, Role, Worker
from kiosk.records import facts as f
from tests.fakes.content import SUPERVISOR, WELDING, a_door, a_worker
from tests.fakes.crews import CrewVisit, a_crew, with_crews
from tests.fakes.visit import Visit

DOOR = with_crews(a_door())


def a_visit(size: int = 4, *posts: str, **changes: object) -> CrewVisit:
    return CrewVisit(DOOR, a_crew(size, *posts, **changes))


def of_kind(visit: Visit, *kinds: type) -> list[object]:
    return [fact for fact in visit.facts if isinstance(fact, kinds)]


class TestOffering:
    def test_a_leader_is_asked_and_nothing_is_recorded_before_the_answer(self) -> None:
        visit = a_visit()
        visit.badge(visit.people[0], crew=visit.people)
        assert isinstance(visit.state.stage, OfferingCrew)
        assert visit.facts == []
        visit.wait(DOOR.timings.side_s)
        assert isinstance(visit.state.stage, s.Waiting)

    def test_alone_is_a_check_like_any_other(self) -> None:
        visit = a_visit()
        visit.badge(visit.people[0], crew=visit.people)
        visit.touch(t.Go())
        visit.until(s.Closed)
        assert visit.state.stage.outcome is f.Outcome.PASSED  # type: ignore[union-attr]
        assert of_kind(visit, f.CrewOpened) == []

    def test_back_is_back(self) -> None:
        visit = a_visit()
        visit.badge(visit.people[0], crew=visit.people)
        visit.touch(t.Back())
        assert isinstance(visit.state.stage, s.Waiting)

    @pytest.mark.parametrize(
        "worker",
        [a_worker(crew="冲压班"), a_worker(role=Role.LEADER)],
        ids=["no-leader", "no-crew"],
    )
    def test_who_leads_nobody_is_not_asked(self, worker: Worker) -> None:
        visit = Visit(DOOR)
        visit.badge(worker)
        assert isinstance(visit.state.stage, s.ChoosingWorks)

    def test_nobody_is_asked_where_it_is_not_offered(self) -> None:
        visit = Visit(a_door())
        visit.badge(a_crew()[0])
        assert isinstance(visit.state.stage, s.ChoosingWorks)

    def test_a_leader_who_may_not_work_may_not_lead(self) -> None:
        visit = Visit(DOOR)
        visit.badge(replace(a_crew()[0], blocked="调查中"))
        assert isinstance(visit.state.stage, s.Refused)

    def test_a_leader_of_several_posts_chooses_one_that_is_open_to_him(self) -> None:
        visit = a_visit(
            4, "press", "welder", certificates=(Certificate(WELDING, date(2030, 1, 1)),)
        )
        visit.badge(visit.people[0], crew=visit.people)
        visit.touch(t.Together())
        assert isinstance(visit.state.stage, OfferingCrew)
        assert visit.state.stage.posts == ("press", "welder")
        visit.touch(t.ChoosePost("painter"))
        assert visit.facts == []
        visit.touch(t.ChoosePost("welder"))
        assert isinstance(visit.state.stage, Gathering)
        (opened,) = of_kind(visit, f.CrewOpened)
        assert opened.post == "welder"  # type: ignore[attr-defined]


class TestGathering:
    def test_the_leader_is_the_first_and_the_others_fill_their_tiles(self) -> None:
        visit = a_visit()
        visit.gather()
        assert [member.worker for member in visit.crew.members] == ["C000", "C001", "C002", "C003"]
        assert set(visit.state.people) == {"C000", "C001", "C002", "C003"}
        assert len({member.check for member in visit.crew.members} | {visit.state.check.id}) == 5  # type: ignore[union-attr]
        assert signal(visit.state) == "working"

    def test_a_card_that_comes_twice_is_noticed_and_not_recorded(self) -> None:
        visit = a_visit()
        visit.gather()
        before = len(visit.facts)
        visit.badge(visit.people[2])
        assert (len(visit.facts), visit.state.notice) == (before, "crew_twice")

    @pytest.mark.parametrize(
        ("worker", "reason"),
        [
            (None, "unknown_card"),
            (a_worker("A1", blocked="调查中"), "blocked:调查中"),
            (a_worker("A1", ends_on=date(2026, 11, 1)), "ended"),
            (Worker("A1", "赵六"), "no_post"),
            (a_worker("A1", "welder"), "other_post"),
            (SUPERVISOR, "no_post"),
        ],
        ids=["unknown", "blocked", "ended", "no-post", "other-post", "supervisor"],
    )
    def test_who_may_not_is_left_out_with_the_reason_and_the_others_go_on(
        self, worker: Worker | None, reason: str
    ) -> None:
        visit = a_visit()
        visit.open()
        visit.badge(worker, card="some-card")
        check = visit.state.check
        assert check
        out = f.MemberLeftOut(check.id, "some-card", (reason,), worker.id if worker else "")
        assert visit.facts[-1] == out
        assert visit.state.stage.told == "some-card"  # type: ignore[union-attr]
        visit.badge(visit.people[1])
        assert visit.state.stage.told == ""  # type: ignore[union-attr]
        visit.touch(t.Go())
        visit.until(CrewEnded, after=visit.sign_off)
        assert visit.state.stage.outcome is f.Outcome.PASSED  # type: ignore[union-attr]

    @pytest.mark.parametrize(
        ("certificates", "reason"),
        [
            ((), "certificate_missing"),
            ((Certificate(WELDING, date(2026, 11, 23)),), "certificate_expired"),
        ],
    )
    def test_a_certificate_of_the_post_is_asked_for(
        self, certificates: tuple[Certificate, ...], reason: str
    ) -> None:
        visit = a_visit(4, "welder", certificates=(Certificate(WELDING, date(2030, 1, 1)),))
        visit.open()
        visit.badge(replace(visit.people[1], certificates=certificates))
        assert visit.crew.left_out[0].reasons == (f"{reason}:{WELDING}",)

    @pytest.mark.parametrize(
        ("outcome", "reasons", "released", "left_out"),
        [
            (f.Outcome.PASSED, (), False, ("passed",)),
            (f.Outcome.FAILED, ("part:tools:broken",), True, ("passed",)),
            (f.Outcome.FAILED, ("part:tools:broken",), False, None),
            (f.Outcome.ABANDONED, ("timeout",), False, None),
            (f.Outcome.ABANDONED, ("not_signed",), False, None),
            (f.Outcome.ABANDONED, ("drawn",), False, ("drawn",)),
        ],
    )
    def test_what_was_before_in_this_shift_counts(
        self,
        outcome: f.Outcome,
        reasons: tuple[str, ...],
        released: bool,
        left_out: tuple[str, ...] | None,
    ) -> None:
        """Who has passed need not come, who was drawn has to go alone, everybody else may begin
        again.
        """
        visit = a_visit()
        visit.open()
        visit.badge(visit.people[1], earlier=Earlier("earlier", outcome, "", reasons, released))
        assert [each.reasons for each in visit.crew.left_out] == ([left_out] if left_out else [])
        assert len(visit.crew.members) == (1 if left_out else 2)

    def test_a_leader_who_has_passed_leads_without_taking_part(self) -> None:
        visit = a_visit()
        passed = Earlier("earlier", f.Outcome.PASSED, "")
        visit.badge(visit.people[0], crew=visit.people, earlier=passed)
        visit.touch(t.Together())
        for worker in visit.people[1:]:
            visit.badge(worker)
        assert [member.worker for member in visit.crew.members] == ["C001", "C002", "C003"]
        assert visit.crew.left_out[0].reasons == ("passed",)

    def test_a_second_leader_is_a_member_like_the_others(self) -> None:
        visit = a_visit()
        visit.open()
        visit.badge(replace(visit.people[1], role=Role.LEADER), crew=visit.people)
        assert len(visit.crew.members) == 2
        assert isinstance(visit.state.stage, Gathering)

    def test_somebody_lent_by_another_crew_takes_part(self) -> None:
        visit = a_visit()
        visit.open()
        visit.badge(a_worker("B001", crew="焊接班"))
        assert visit.state.people["B001"].crew == "焊接班"
        assert len(visit.crew.members) == 2

    def test_who_was_left_out_and_has_it_put_right_takes_part(self) -> None:
        visit = a_visit()
        visit.open()
        visit.badge(replace(visit.people[1], blocked="调查中"))
        visit.badge(visit.people[1])
        assert visit.crew.left_out == ()
        assert len(visit.crew.members) == 2

    def test_no_more_take_part_than_can_be_shown(self) -> None:
        visit = a_visit(MOST_MEMBERS + 1)
        visit.gather()
        assert len(visit.crew.members) == MOST_MEMBERS
        assert visit.crew.left_out[0].reasons == ("full",)


class TestTheWindow:
    def test_it_ends_by_itself_after_its_time_whoever_comes_meanwhile(self) -> None:
        visit = a_visit()
        visit.open()
        visit.wait(DOOR.crew.window_s - 1)
        visit.badge(visit.people[1])
        assert isinstance(visit.state.stage, Gathering)
        visit.wait(1)
        assert isinstance(visit.state.stage, s.Asking)

    def test_it_ends_sooner_by_a_touch(self) -> None:
        visit = a_visit()
        visit.begin()
        assert isinstance(visit.state.stage, s.Asking)

    def test_the_button_ends_it_too(self) -> None:
        visit = a_visit()
        visit.gather()
        visit.press("confirm")
        assert isinstance(visit.state.stage, s.Asking)

    def test_one_is_no_crew(self) -> None:
        visit = a_visit()
        visit.open()
        visit.touch(t.Go())
        assert visit.state.notice == "crew_too_few"
        visit.wait(DOOR.crew.window_s)
        assert visit.facts[-2:] == [
            f.CheckClosed(visit.crew.members[0].check, f.Outcome.ABANDONED, ("too_few",)),
            f.CrewClosed(visit.state.check.id, f.Outcome.ABANDONED, ("too_few",)),  # type: ignore[union-attr]
        ]
        assert signal(visit.state) == "waiting"

    def test_it_can_be_given_up(self) -> None:
        visit = a_visit()
        visit.gather()
        visit.touch(t.Back())
        closed = of_kind(visit, f.CheckClosed)
        assert len(closed) == 4
        assert {each.reasons for each in closed} == {("cancelled",)}  # type: ignore[attr-defined]
        assert isinstance(visit.state.stage, CrewEnded)

    def test_nobody_is_asked_whether_he_is_still_there(self) -> None:
        visit = a_visit()
        visit.open()
        visit.wait(DOOR.timings.abandon_s + 1)
        assert isinstance(visit.state.stage, Gathering)
        assert not visit.state.warned

    def test_an_emergency_card_lies_over_it_and_members_go_on_joining(self) -> None:
        visit = a_visit()
        visit.open()
        visit.touch(t.Emergency())
        visit.badge(visit.people[1])
        assert isinstance(visit.state.side, s.EmergencyShown)
        assert len(visit.crew.members) == 2
        visit.touch(t.Back())
        assert isinstance(visit.state.stage, Gathering)


class TestLateCards:
    def test_a_late_member_is_told_to_come_alone_afterwards(self) -> None:
        visit = a_visit()
        visit.gather(*visit.people[1:3])
        visit.touch(t.Go())
        visit.badge(visit.people[3])
        assert visit.state.notice == "crew_late"
        visit.until(CrewEnded, after=visit.sign_off)
        visit.badge(visit.people[3])
        assert isinstance(visit.state.stage, s.ChoosingWorks)
        visit.until(s.Closed)
        assert signal(visit.state) == "passed"

    def test_a_member_s_card_answers_whether_anybody_is_there(self) -> None:
        visit = a_visit()
        visit.begin()
        visit.wait(DOOR.timings.warn_s)
        assert visit.state.warned
        visit.badge(visit.people[1])
        assert not visit.state.warned
        assert isinstance(visit.state.stage, s.Asking)

    def test_a_stranger_takes_over_a_door_that_nobody_answers_at(self) -> None:
        visit = a_visit()
        visit.begin()
        visit.wait(DOOR.timings.warn_s)
        visit.badge(a_worker("B001"))
        closed = of_kind(visit, f.CheckClosed)
        assert {each.reasons for each in closed} == {("left",)}  # type: ignore[attr-defined]
        assert len(closed) == 4
        assert visit.state.check.worker == "B001"  # type: ignore[union-attr]
        assert visit.state.people == {}
