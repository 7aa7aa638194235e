"""Which card a sign opens, and which others there are."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from kiosk.flow.door import Door
from kiosk.flow.emergency import cards_for, every_card
from kiosk.flow.state import Check
from kiosk.model.content import EmergencyCard, Sign
from tests.fakes.content import PACK, a_door


def a_card(name: str, sign: Sign | None, precedence: int = 0) -> EmergencyCard:
    return EmergencyCard(name, name, ("喊人打120",), sign=sign, precedence=precedence)


def door_of(
    *,
    press: tuple[EmergencyCard, ...] = (),
    welder: tuple[EmergencyCard, ...] = (),
    hot_work: tuple[EmergencyCard, ...] = (),
    general: tuple[EmergencyCard, ...] = (),
) -> Door:
    first, second = PACK.posts
    posts = (replace(first, emergency=press), replace(second, emergency=welder))
    works = (replace(PACK.works[0], emergency=hot_work),)
    return a_door(packs=(replace(PACK, posts=posts, works=works, emergency=general),))


def check_of(post: str, *works: str) -> Check:
    return Check("c1", "A001", "", draw=0, on=date(2026, 1, 1), post=post, works=works)


def test_the_most_dangerous_card_of_the_factory_comes_first() -> None:
    fire, dust = a_card("fire", Sign.FIRE), a_card("dust", Sign.FIRE, 9)
    door = door_of(press=(fire,), hot_work=(dust,))
    assert list(cards_for(door, None, Sign.FIRE)) == ["works/hot-work/dust", "posts/press/fire"]
    assert next(iter(cards_for(door, check_of("press"), Sign.FIRE))) == "works/hot-work/dust"


def test_among_equals_the_post_and_the_works_at_hand_come_first() -> None:
    door = door_of(
        press=(a_card("press-fire", Sign.FIRE),),
        welder=(a_card("welder-fire", Sign.FIRE),),
        hot_work=(a_card("spark", Sign.FIRE),),
    )
    check = check_of("welder", "hot-work")
    assert list(cards_for(door, check, Sign.FIRE)) == [
        "posts/welder/welder-fire",
        "works/hot-work/spark",
        "posts/press/press-fire",
    ]


def test_a_general_card_comes_after_the_factorys_own_and_stands_in_where_it_has_none() -> None:
    general = (a_card("any-fire", Sign.FIRE, 9), a_card("any-burn", Sign.BURN))
    door = door_of(press=(a_card("fire", Sign.FIRE),), general=general)
    assert list(cards_for(door, None, Sign.FIRE)) == [
        "posts/press/fire",
        "packs/sample/any-fire",
    ]
    assert list(cards_for(door, None, Sign.BURN)) == ["packs/sample/any-burn"]


def test_cards_without_a_sign_are_the_others() -> None:
    door = door_of(press=(a_card("old", None),), general=(a_card("older", None),))
    assert list(cards_for(door, None, None)) == ["posts/press/old", "packs/sample/older"]
    assert cards_for(door, None, Sign.FIRE) == {}


def test_what_two_posts_have_under_one_title_is_offered_once_as_the_post_at_hand_has_it() -> None:
    here, there = a_card("fire", Sign.FIRE), replace(a_card("fire", Sign.FIRE), actions=("先断气",))
    door = door_of(press=(there,), welder=(here,))
    assert list(cards_for(door, check_of("welder"), Sign.FIRE)) == ["posts/welder/fire"]
    assert every_card(door)["posts/press/fire"].actions == ("先断气",)
    assert every_card(door)["posts/welder/fire"].actions == ("喊人打120",)
