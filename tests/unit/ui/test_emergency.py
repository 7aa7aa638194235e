"""应急 at the door: the signs, what each opens, and what stands on a card."""

from __future__ import annotations

import msgspec
import pytest
from msgspec.structs import replace

from kiosk.flow import touches as t
from kiosk.flow.door import Door, OnSite
from kiosk.flow.emergency import cards_for, every_card
from kiosk.flow.touches import AnyTouch
from kiosk.model.content import Sign
from tests.fakes.stages import SCREENS, opened, the_door
from tests.fakes.visit import Visit
from tests.unit.ui.test_screens import TEXTS, snapshot_of
from ui.touch.screens import Screen, screen
from ui.touch.screens.picture import Button


def drawn(visit: Visit, door: Door | None = None) -> Screen:
    return screen(snapshot_of(visit), door or visit.door, TEXTS)


def press(visit: Visit, button: Button) -> Screen:
    visit.touch(msgspec.json.decode(button.touch, type=AnyTouch))
    return drawn(visit)


def at_emergency(door: Door | None = None) -> Visit:
    visit = Visit(door or the_door())
    visit.touch(t.Emergency())
    return visit


def without_signs(door: Door) -> Door:
    """Return the door as packs of an older format leave it."""
    (pack,) = door.packs
    posts = tuple(
        replace(post, emergency=tuple(replace(card, sign=None) for card in post.emergency))
        for post in pack.posts
    )
    works = tuple(replace(work, emergency=()) for work in pack.works)
    return replace(door, packs=(replace(pack, posts=posts, works=works, emergency=()),))


def test_the_signs_are_always_the_same_eight_in_their_order() -> None:
    signs = ["流血断指", "被夹被卷", "触电", "着火", "烫伤", "中毒窒息", "砸到摔落", "撞到翻车"]
    for name in ("emergency", "emergency-during"):
        shown = drawn(SCREENS[name]())
        assert [tile.label for tile in shown.choices] == signs
        assert [utterance.text for utterance in shown.speech] == ["出了什么事？"]
    old = drawn(at_emergency(without_signs(the_door())))
    assert [tile.label for tile in old.choices] == signs


@pytest.mark.parametrize("sign", Sign)
def test_a_sign_opens_the_most_dangerous_card_with_it(sign: Sign) -> None:
    visit = at_emergency()
    tile = drawn(visit).choices[tuple(Sign).index(sign)]
    shown = press(visit, tile)
    with_it = [card for card in every_card(the_door()).values() if card.sign == sign]
    most = max(card.precedence for card in with_it)
    assert shown.headline in {card.title for card in with_it if card.precedence == most}
    assert shown.lines
    assert [utterance.text for utterance in shown.speech] == [shown.headline, *shown.lines]


@pytest.mark.parametrize("sign", Sign)
def test_every_card_of_a_sign_can_be_reached_from_the_first(sign: Sign) -> None:
    cards = cards_for(the_door(), None, sign)
    visit = at_emergency()
    visit.touch(opened(sign))
    seen: set[str] = set()
    for _ in cards:
        shown = drawn(visit)
        tabs = [button for button in shown.buttons if button.role == "tab"]
        assert shown.headline not in {tab.label for tab in tabs}
        seen |= {shown.headline, *(tab.label for tab in tabs)}
        if tabs:
            press(visit, tabs[-1])
    assert {card.title for card in cards.values()} <= seen


def test_from_a_card_the_way_back_leads_to_the_signs_and_from_there_to_the_stage() -> None:
    visit = at_emergency()
    visit.touch(opened(Sign.FIRE))
    signs = press(visit, drawn(visit).buttons[-1])
    assert (signs.template, signs.buttons[-1].label) == ("emergency", "没事")
    assert press(visit, signs.buttons[-1]).template == "waiting"


def test_a_pack_without_signs_is_reached_under_others_and_by_every_sign() -> None:
    door = without_signs(the_door())
    visit = at_emergency(door)
    others, *_ = drawn(visit).buttons
    assert others.label == "其他"
    listed = press(visit, others)
    titles = {card.title for card in every_card(door).values()}
    assert {choice.label for choice in listed.choices} == titles
    assert press(visit, listed.choices[-1]).headline == listed.choices[-1].label
    visit.touch(t.Emergency())
    assert press(visit, drawn(visit).choices[0]).choices == listed.choices


def test_others_are_offered_only_where_there_are_any() -> None:
    assert "其他" in [button.label for button in drawn(at_emergency()).buttons]
    packs = tuple(
        replace(
            pack,
            posts=tuple(
                replace(post, emergency=tuple(card for card in post.emergency if card.sign))
                for post in pack.posts
            ),
        )
        for pack in the_door().packs
    )
    visit = at_emergency(replace(the_door(), packs=packs))
    assert "其他" not in [button.label for button in drawn(visit).buttons]


def test_a_card_says_whom_to_call_where_this_is_and_where_to_gather() -> None:
    visit = at_emergency()
    visit.touch(opened(Sign.CAUGHT))
    shown = drawn(visit)
    assert shown.phones == ("119", "120")
    assert [(word.label, word.text) for word in shown.words] == [
        ("厂里电话", "6120"),
        ("我厂地址", "工业路18号，一号车间东门"),
        ("到这里集合", "南门停车场"),
    ]
    nowhere = replace(the_door(), on_site=OnSite(assembly_point="南门停车场"))
    assert [word.text for word in drawn(visit, nowhere).words] == ["南门停车场"]
