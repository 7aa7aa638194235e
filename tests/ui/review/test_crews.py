"""A crew's check on the supervisor's pages: a line for each member, marked 全班, and a page that
names the others.
"""

from __future__ import annotations

from kiosk.flow.crew_stages import SigningOff
from kiosk.flow.touches import Go
from kiosk.model.people import Roster
from tests.fakes.content import a_door
from tests.fakes.crews import CrewVisit, a_crew, with_crews
from tests.fakes.desk import Desk
from tests.fakes.visitor import Visitor, shown, words

CREW = a_crew(3)


def a_crew_was_here(desk: Desk) -> CrewVisit:
    visit = CrewVisit(with_crews(a_door()), CREW)
    visit.gather()
    visit.badge(None, card="strange")
    visit.touch(Go())
    visit.until(SigningOff)
    visit.sign_off()
    desk.journal.change_roster(Roster(CREW), str)
    desk.record(*visit.facts)
    return visit


def test_each_member_is_listed_and_marked(desk: Desk, supervisor: Visitor) -> None:
    a_crew_was_here(desk)
    page = supervisor.get("/days/2026-11-24")
    assert len(shown(page)) == 3
    assert words(page).count("全班") == 3


def test_a_member_s_page_names_the_crew_and_the_crew_s_address_leads_to_it(
    desk: Desk, supervisor: Visitor
) -> None:
    visit = a_crew_was_here(desk)
    member = visit.crew.members[1]
    text = words(supervisor.get(f"/checks/{member.check}"))
    assert "全班一起 · 冲压班 3人" in text
    assert f"{CREW[1].name} 再次刷卡签到" in text
    assert "未知工卡 没有登记这张卡" in text
    assert all(worker.name in text for worker in CREW)
    assert visit.state.check
    assert supervisor.get(f"/checks/{visit.state.check.id}").status_code == 200
