"""In which order a door's sentences are rendered."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from kiosk.flow.door import Door
from kiosk.model.people import Worker
from kiosk.station.render_plan import Speech, chapters
from tests.fakes.content import a_door, a_post

DOOR = replace(
    a_door(),
    packs=tuple(
        replace(pack, posts=tuple(a_post(name, name) for name in ("one", "two", "three")))
        for pack in a_door().packs
    ),
)


def spoken(door: Door) -> Iterable[str]:
    yield "请刷卡"
    for post in door.posts:
        yield from (f"我是{post}", "急停灵敏")


def test_what_everybody_needs_comes_first_then_the_posts_that_people_have() -> None:
    people = [Worker("1", "张三", posts=("three",)), Worker("2", "李四", posts=("two", "three"))]
    planned = chapters(DOOR, people, spoken)
    assert [(chapter.post, chapter.needed) for chapter in planned] == [
        ("", True),
        ("three", True),
        ("two", True),
        ("one", False),
    ]


def test_each_sentence_stands_in_one_chapter_and_none_is_missing() -> None:
    planned = chapters(DOOR, [], spoken)
    sentences = [sentence for chapter in planned for sentence in chapter.sentences]
    assert sorted(sentences) == sorted(set(spoken(DOOR)))
    assert planned[1].sentences == ("我是one", "急停灵敏")
    assert planned[2].sentences == ("我是two",)


def test_who_is_blocked_waits_for_nothing() -> None:
    planned = chapters(DOOR, [Worker("1", "张三", posts=("one",), blocked="待岗")], spoken)
    assert not any(chapter.needed for chapter in planned if chapter.post)


def test_a_post_that_the_door_does_not_know_keeps_nobody_out() -> None:
    speech = Speech(ready=2, total=9, needed_ready=2, needed=2, general=True, posts=frozenset({"one"}))
    assert speech.suffices(Worker("1", "张三", posts=("one", "gone")), DOOR.posts)
    assert not speech.suffices(Worker("1", "张三", posts=("one", "two")), DOOR.posts)
    assert speech.suffices(None, DOOR.posts)
