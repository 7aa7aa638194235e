"""事故假想 at the door: in few touches, sent only when the worker says so, and never in the way of the next card."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from kiosk.flow import inputs as i
from kiosk.flow import proposal_stages as p
from kiosk.flow import touches as t
from kiosk.flow.effects import AnyPhoto, TakeScenePhoto
from kiosk.flow.proposing import accident_types, may_propose
from kiosk.flow.signal import signal
from kiosk.flow.stages import ChoosingPost, ChoosingWorks, Closed, OnRecord, Refused, Signing, Taking, Waiting
from kiosk.model.content import Part
from kiosk.model.earlier import Earlier
from kiosk.model.outcome import Answer, Outcome
from kiosk.model.scenes import Decided
from kiosk.records.scenarios.facts import ScenarioProposed, ScenarioTold
from tests.fakes.content import ACCIDENTS, PACK, SCENES, a_door, a_welder, a_worker
from tests.fakes.crews import CrewVisit, a_crew, with_crews
from tests.fakes.visit import Visit

DOOR = a_door(accidents=ACCIDENTS, scenes=SCENES)
SAID = (t.Propose(), t.ChooseAccident("3"), t.ChooseWord("die"), t.ChooseWord("broken"))
ADOPTED = Decided("p-1", "机器旁边", "东西乱堆")
NOT_ADOPTED = Decided("p-2", "机器旁边", "东西乱堆", False, "known", "看第三行")


class Waits(Visit):
    """A visit whose camera takes its time: nothing arrives by itself."""

    def answers(self, wanted: AnyPhoto) -> None:
        """Remember what was asked for."""
        self.wanted = wanted


def passed(visit: Visit | None = None) -> Visit:
    visit = visit or Visit(DOOR)
    visit.badge(a_worker())
    visit.until(Closed)
    visit.touches = 0
    return visit


def said(visit: Visit | None = None) -> Visit:
    visit = passed(visit)
    for touch in SAID:
        visit.touch(touch)
    return visit


def proposals(visit: Visit) -> list[ScenarioProposed]:
    return [fact for fact in visit.facts if isinstance(fact, ScenarioProposed)]


def nobody_is_here(visit: Visit) -> bool:
    return isinstance(visit.state.stage, Waiting) and visit.state.worker is None


def test_a_danger_is_told_with_a_photo_in_five_touches() -> None:
    visit = said()
    visit.wait(visit.door.timings.listen_s + visit.door.timings.countdown_s)
    assert isinstance(visit.state.stage, p.Telling)
    visit.touch(t.Go())
    assert visit.touches == 5
    (fact,) = proposals(visit)
    assert (fact.worker, fact.post, fact.accident_list, fact.accident_type) == (
        *("A001", "press"),
        *("notice-20", "3"),
    )
    assert (fact.where, fact.what, fact.photo) == ("模具处", "坏了还在用", "ab" * 32)
    assert isinstance(visit.state.stage, p.Proposed)
    visit.wait(visit.door.timings.passed_s)
    assert nobody_is_here(visit)


def test_a_photo_is_nobodys_duty() -> None:
    visit = said()
    visit.touch(t.NoPhoto())
    visit.touch(t.Go())
    assert visit.touches == 6
    assert proposals(visit)[0].photo == ""


def test_without_a_camera_it_is_told_all_the_same() -> None:
    visit = passed()
    visit.camera = False
    for touch in (*SAID, t.TakePhotoNow(), t.Go()):
        visit.touch(touch)
    assert proposals(visit)[0].photo == ""


def test_a_camera_that_says_nothing_is_waited_for_as_long_as_in_a_check() -> None:
    visit = said(Waits(DOOR))
    visit.touch(t.TakePhotoNow())
    visit.wait(visit.door.timings.photo_s)
    assert isinstance(visit.state.stage, p.Telling)


@pytest.fixture
def asked() -> Waits:
    """A visit whose camera has been asked for the photo of a scene."""
    visit = Waits(DOOR)
    visit.badge(a_worker())
    while not isinstance(visit.state.stage, Closed):
        if isinstance(visit.state.stage, Taking):
            visit.put(i.PhotoFailed(visit.now_s, "none", visit.wanted, "摄像头离线"))
        visit.go_on()
    for touch in (*SAID, t.TakePhotoNow()):
        visit.touch(touch)
    return visit


def test_the_photo_of_a_scene_is_no_confirmations(asked: Waits) -> None:
    wanted = asked.wanted
    assert isinstance(wanted, TakeScenePhoto)
    assert wanted.part not in set(Part)
    asked.badge(a_welder())
    asked.until(Taking)
    before = asked.state
    asked.put(i.PhotoArrived(asked.now_s, "late", wanted, "ab" * 32, "cd" * 32))
    asked.put(i.PhotoFailed(asked.now_s, "late", wanted, "摄像头离线"))
    assert asked.state is before


def test_a_photo_of_an_earlier_attempt_is_nobodys(asked: Waits) -> None:
    first = asked.wanted
    asked.put(i.PhotoArrived(asked.now_s, "one", first, "ab" * 32, "cd" * 32))
    asked.touch(t.TakePhotoNow())
    asked.touch(t.TakePhotoNow())
    before = asked.state
    asked.put(i.PhotoArrived(asked.now_s, "late", first, "ef" * 32, "cd" * 32))
    assert asked.state is before
    asked.put(i.PhotoArrived(asked.now_s, "two", asked.wanted, "12" * 32, "34" * 32))
    asked.touch(t.Go())
    assert proposals(asked)[0].photo == "12" * 32


@pytest.mark.parametrize("count", range(1, len(SAID) + 1))
def test_the_next_card_ends_it_at_once_and_that_is_said(count: int) -> None:
    visit = passed()
    for touch in SAID[:count]:
        visit.touch(touch)
    visit.badge(a_welder())
    assert isinstance(visit.state.stage, ChoosingWorks)
    assert visit.state.worker == a_welder()
    assert visit.state.notice == "proposal_dropped"
    visit.wait(20)
    assert proposals(visit) == []


def test_the_own_card_once_more_ends_nothing() -> None:
    visit = said()
    before = visit.state
    visit.badge(a_worker())
    assert visit.state is before


def test_what_is_sent_already_is_not_called_dropped() -> None:
    visit = said()
    visit.touch(t.NoPhoto())
    visit.touch(t.Go())
    visit.badge(a_welder())
    assert visit.state.notice == ""


@pytest.mark.parametrize("touches", [SAID[:1], SAID[:2], (*SAID, t.NoPhoto())])
def test_who_goes_away_has_told_nothing(touches: tuple[t.AnyTouch, ...]) -> None:
    visit = passed()
    for touch in touches:
        visit.touch(touch)
    visit.wait(visit.door.timings.proposing_s)
    assert isinstance(visit.state.stage, p.Dropped)
    visit.wait(visit.door.timings.passed_s)
    assert nobody_is_here(visit)
    assert proposals(visit) == []


def test_who_changes_his_mind_has_told_nothing() -> None:
    visit = said()
    visit.touch(t.NoPhoto())
    visit.touch(t.Discard())
    assert isinstance(visit.state.stage, p.Dropped)
    assert proposals(visit) == []


def test_each_piece_can_be_taken_back() -> None:
    visit = passed()
    for touch in (*SAID, t.Back(), t.Back(), t.Back()):
        visit.touch(touch)
    stage = visit.state.stage
    assert isinstance(stage, p.Proposing)
    assert (stage.said.accident_type, stage.said.where, stage.said.what) == ("", "", "")
    visit.touch(t.Back())
    assert isinstance(visit.state.stage, p.Dropped)


def test_the_types_of_the_post_come_first_and_all_are_there() -> None:
    post = replace(PACK.posts[0], accident_types=("5", "8"))
    door = replace(DOOR, packs=(replace(PACK, posts=(post,)),))
    codes = [kind.code for kind in accident_types(door, "press")]
    assert codes[:3] == ["5", "8", "3"]
    assert sorted(codes, key=int) == [str(code) for code in range(1, 21)]


def test_every_type_can_be_chosen_on_some_page() -> None:
    for code in range(1, 21):
        visit = passed()
        visit.touch(t.Propose())
        for _ in range(3):
            visit.touch(t.ChooseAccident(str(code)))
            visit.touch(t.Later())
        assert isinstance(visit.state.stage, p.Proposing)
        assert visit.state.stage.said.accident_type == str(code)


def test_a_type_that_is_not_on_the_page_is_not_chosen() -> None:
    visit = passed()
    visit.touch(t.Propose())
    before = visit.state
    visit.touch(t.ChooseAccident("20"))
    assert visit.state is before


def test_only_after_a_check_that_passed() -> None:
    visit = Visit(DOOR)
    visit.touch(t.Propose())
    assert visit.state.stage == Waiting()
    visit.badge(a_worker())
    visit.until(Signing)
    before = visit.state
    visit.touch(t.Propose())
    assert visit.state is before


@pytest.mark.parametrize("outcome", [Outcome.PASSED, Outcome.FAILED])
def test_who_comes_again_tells_of_the_post_of_the_check(outcome: Outcome) -> None:
    worker = a_worker("A003", "press", "welder", certificates=a_welder().certificates)
    visit = Visit(DOOR)
    visit.badge(worker, earlier=Earlier("c1", outcome, "", (), False, "welder"))
    assert isinstance(visit.state.stage, OnRecord)
    assert may_propose(DOOR, visit.state) == (("welder",) if outcome is Outcome.PASSED else ())


def test_a_check_that_failed_is_put_right_first() -> None:
    visit = Visit(DOOR)
    visit.badge(a_worker())
    while not isinstance(visit.state.stage, Closed):
        visit.touch(t.Confirm(Answer.NOT_OK))
        visit.touch(t.GiveReason("broken"))
        visit.go_on()
    assert visit.state.stage.outcome is Outcome.FAILED
    assert may_propose(DOOR, visit.state) == ()


def test_it_never_looks_like_a_pass() -> None:
    visit = passed()
    for touch in (*SAID, t.TakePhotoNow(), t.Go()):
        visit.touch(touch)
        assert signal(visit.state) == "working"


def test_a_button_sends_it_like_the_screen() -> None:
    visit = said()
    visit.press("confirm")
    visit.press("confirm")
    assert len(proposals(visit)) == 1


def test_where_no_lists_are_nobody_is_asked() -> None:
    assert may_propose(a_door(), passed(Visit(a_door())).state) == ()


CREW_DOOR = with_crews(DOOR, spot_check="off")


def crew_passed() -> CrewVisit:
    visit = CrewVisit(CREW_DOOR, a_crew(4))
    visit.drill()
    visit.sign_off()
    visit.touch(t.Propose())
    return visit


@pytest.mark.parametrize("teller", range(4))
def test_of_a_crew_whoever_presents_the_card_tells(teller: int) -> None:
    visit = crew_passed()
    assert isinstance(visit.state.stage, p.Naming)
    assert (visit.state.worker, signal(visit.state)) == (None, "working")
    visit.badge(visit.people[teller])
    for touch in (*SAID[1:], t.NoPhoto(), t.Go()):
        visit.touch(touch)
    (fact,) = proposals(visit)
    assert (fact.worker, fact.post) == (visit.people[teller].id, "press")


def test_of_a_crew_a_card_of_somebody_else_is_one_as_any() -> None:
    for holder in (a_welder(), replace(crew_passed().people[1], blocked="调查中")):
        visit = crew_passed()
        visit.badge(holder)
        assert not isinstance(visit.state.stage, p.OfProposal)
        assert visit.state.notice == ""


def test_of_a_crew_nobody_has_to_tell() -> None:
    left, gone, late = crew_passed(), crew_passed(), crew_passed()
    left.touch(t.Discard())
    gone.touch(t.Back())
    late.wait(CREW_DOOR.timings.proposing_s)
    assert all(map(nobody_is_here, (left, gone, late)))


def test_of_a_crew_that_did_not_pass_nobody_is_asked() -> None:
    visit = CrewVisit(CREW_DOOR, a_crew(4))
    visit.drill()
    visit.touch(t.Go())
    visit.touch(t.EndCrew())
    visit.touch(t.Propose())
    assert not isinstance(visit.state.stage, p.OfProposal)


def test_who_proposed_is_told_once_that_it_was_adopted() -> None:
    visit = Visit(DOOR)
    visit.badge(a_worker(), decided=(ADOPTED,))
    assert isinstance(visit.state.stage, ChoosingWorks)
    assert (visit.state.notice, visit.state.decided) == ("proposal_decided", ADOPTED)
    assert visit.facts[-1] == ScenarioTold("p-1")
    visit.touch(t.Go())
    assert (visit.state.notice, visit.state.decided) == ("", None)


def test_who_proposed_is_told_once_that_it_was_not_adopted_and_why() -> None:
    visit = Visit(DOOR)
    visit.badge(a_worker(), decided=(NOT_ADOPTED, ADOPTED))
    assert (visit.state.notice, visit.state.decided) == ("proposal_decided", NOT_ADOPTED)
    assert [fact for fact in visit.facts if isinstance(fact, ScenarioTold)] == [ScenarioTold("p-2")]
    visit.touch(t.Go())
    assert (visit.state.notice, visit.state.decided) == ("", None)


def test_one_that_is_refused_is_told_another_time() -> None:
    visit = Visit(DOOR)
    visit.badge(a_worker(blocked="调查中"), decided=(ADOPTED,))
    assert isinstance(visit.state.stage, Refused)
    assert visit.state.notice == ""
    assert "ScenarioTold" not in visit.kinds()


def test_an_emergency_card_is_covered_by_no_news() -> None:
    visit = Visit(DOOR)
    visit.touch(t.Emergency())
    visit.badge(a_worker("A003", "press", "welder", certificates=a_welder().certificates), decided=(ADOPTED,))
    assert isinstance(visit.state.stage, ChoosingPost)
    assert "ScenarioTold" not in visit.kinds()
