"""A factory's door offers what the settings name of the shipped packs, and all it published."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from kiosk.cli.doctor import not_offered
from kiosk.flow.door import Door
from kiosk.flow.emergency import every_card
from kiosk.packs.shelf import laid_over
from kiosk.paths import SHIPPED, Place
from kiosk.processes.content_in_use import load_door
from kiosk.records.checks.rows import PermitRow
from kiosk.settings import Settings
from tests.fakes.running import settings

IN_ORDER = [
    "hot-work",
    "hot-work-grinding",
    "electrical-repair",
    "equipment-cleaning",
    "height",
    "temporary-power",
    "confined-space",
    "lifting",
    "dust-equipment",
    "excavation",
    "blinding",
    "road-closing",
]


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(SHIPPED, tmp_path)


def _settings(**content: object) -> Settings:
    return settings(content=content)


def _door(place: Place, **content: object) -> Door:
    return load_door(_settings(**content), place)


def test_works_come_in_the_order_of_use(place: Place) -> None:
    door = _door(place)
    assert list(door.works) == IN_ORDER
    assert len(door.posts) == 18


def test_only_what_is_named_is_offered_in_that_order(place: Place) -> None:
    door = _door(place, posts=["welder", "crane"], works=["lifting", "hot-work"])
    assert list(door.posts) == ["welder", "crane"]
    assert list(door.works) == ["lifting", "hot-work"]
    holders = {key.rpartition("/")[0] for key in every_card(door)}
    assert holders == {
        *("posts/welder", "posts/crane"),
        *("works/lifting", "works/hot-work"),
        "packs/henan-small-factory",
    }


def test_one_list_leaves_the_other_whole(place: Place) -> None:
    door = _door(place, posts=["welder"])
    assert list(door.posts) == ["welder"]
    assert list(door.works) == IN_ORDER


def test_what_is_not_offered_still_names_what_records_speak_of(place: Place) -> None:
    door = _door(place, posts=["welder"], works=["hot-work"])
    assert door.known_works["blinding"].title == "盲板抽堵"
    assert door.known_posts["crane"].title == load_door(settings(), place).posts["crane"].title


def test_what_a_factory_published_is_always_offered(place: Place) -> None:
    door = _door(place, posts=["welder"], works=["hot-work"])
    shipped = door.packs[0]
    own = replace(
        shipped,
        id="own",
        posts=tuple(
            replace(post, title="本厂行车") for post in shipped.posts if post.id == "crane"
        ),
        works=tuple(work for work in shipped.works if work.id == "hot-work"),
        withheld_posts=frozenset(),
        withheld_works=frozenset(),
    )
    ours = replace(door, packs=laid_over(door.packs, [own]))
    assert [post.title for post in ours.posts.values()] == ["电焊工", "本厂行车"]
    assert list(ours.works) == ["hot-work"]


def test_an_unknown_id_is_named_with_the_known_ones_and_the_door_opens(place: Place) -> None:
    chosen = _settings(posts=["welder", "wleder"], works=["hot-works"])
    door = load_door(chosen, place)
    assert list(door.posts) == ["welder"]
    assert list(door.works) == IN_ORDER
    posts, works = not_offered(chosen, place)
    assert "[content] posts 里的 'wleder' 不是已有的岗位" in posts.found
    assert "air-compressor" in posts.found
    assert "[content] works 里的 'hot-works' 不是已有的危险作业" in works.found
    assert "road-closing" in works.found


def test_a_confined_space_is_called_as_the_rules_chosen_call_it(place: Place) -> None:
    assert _door(place).works["confined-space"].title == "有限空间"
    chemical = _door(place, rule_sets=["chemical-gb30871", "confined-space-order13"])
    assert chemical.works["confined-space"].title == "受限空间"
    order = _door(place, rule_sets=["confined-space-order13", "chemical-gb30871"])
    assert order.works["confined-space"].title == "有限空间"


def test_a_record_calls_a_work_as_its_own_permit_does(place: Place) -> None:
    both = _door(place, rule_sets=["chemical-gb30871", "confined-space-order13"])
    before, now = (
        PermitRow(1, "", "confined-space", rules, "all", "12", "")
        for rules in ("confined-space-order13", "chemical-gb30871")
    )
    assert not both.titles_shown([before])["confined-space"]
    assert both.titles_shown([now])["confined-space"] == "受限空间"
    assert both.known_works["confined-space"].title == "有限空间"
