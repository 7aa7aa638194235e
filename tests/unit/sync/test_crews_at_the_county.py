"""A crew's check at the county: each member is listed, and shown with what was recorded of all."""

from __future__ import annotations

from kiosk.flow.crew_stages import SigningOff
from kiosk.journal.entries import Entry, genesis, seal
from kiosk.journal.ids import uuid7
from sync.county.projecting import Belongs, Closed, Opened, Posted, changes
from sync.county.view import crew_check_of, view, with_crew
from sync.county.wording import NO_WORDS
from tests.fakes.content import a_door
from tests.fakes.crews import CrewVisit, a_crew, with_crews
from tests.fakes.facts import MOMENT


def crew_entries() -> tuple[CrewVisit, list[Entry]]:
    visit = CrewVisit(with_crews(a_door()), a_crew(4))
    visit.drill()
    visit.until(SigningOff)
    visit.sign_off()
    entries: list[Entry] = []
    for fact in visit.facts:
        prev = entries[-1].hash if entries else genesis("st-0001")
        entries.append(seal(len(entries) + 1, uuid7(), MOMENT, fact, prev))
    return visit, entries


def test_members_are_listed_with_post_and_outcome() -> None:
    visit, entries = crew_entries()
    made = list(changes(entries))
    members = {member.check: member.worker for member in visit.crew.members}
    assert {each.check_id: each.worker for each in made if isinstance(each, Opened)} == members
    assert {each.post for each in made if isinstance(each, Posted)} == {
        a_door().posts["press"].title
    }
    outcomes = {each.check_id: each.outcome for each in made if isinstance(each, Closed)}
    assert sorted(outcomes.values()) == ["abandoned", "passed", "passed", "passed"]
    assert outcomes.keys() == members.keys()


def test_a_member_is_shown_with_the_photos_of_all_and_nobody_else_s_signature() -> None:
    visit, entries = crew_entries()
    member = visit.crew.members[1]
    belonging = [each for each in changes(entries) if isinstance(each, Belongs)]
    own = [entries[each.seq - 1] for each in belonging if each.check_id == member.check]
    crew = [entries[each.seq - 1] for each in belonging if each.check_id == crew_check_of(own)]
    shown = with_crew(own, crew)
    kinds = [entry.kind for entry in shown]
    assert (
        kinds.count("member.joined"),
        kinds.count("member.signed"),
        kinds.count("photo.taken"),
    ) == (
        1,
        1,
        4,
    )
    drawn = view(shown, NO_WORDS)
    assert [bool(part.answer and part.photos) for part in drawn.confirmations] == [True] * 4
    assert ([len(drill.steps) for drill in drawn.drills], drawn.unread) == ([2], 0)


def test_a_check_of_one_s_own_is_no_crew_s() -> None:
    assert crew_check_of(()) == ""
