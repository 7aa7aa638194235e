"""Content that a site's copy has not is the product's own; what it has and is wrong is refused."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kiosk.packs import PackError
from kiosk.paths import SHIPPED, Place
from kiosk.processes.content_in_use import Stopgap, load_door, stopgaps
from kiosk.processes.forms import forms_source
from tests.fakes.running import settings


@pytest.fixture
def site(tmp_path: Path) -> Place:
    shutil.copytree(SHIPPED, tmp_path / "config")
    return Place(tmp_path / "config", tmp_path / "data")


@pytest.mark.parametrize(
    "name",
    [
        "packs",
        "lists/reasons.toml",
        "lists/accident-types.toml",
        "lists/scenes.toml",
        "rules/confined-space-order13.toml",
        "rules/general-industry.toml",
        "sample/enterprise.toml",
    ],
)
def test_what_a_site_has_not_is_the_products_own_and_is_named(site: Place, name: str) -> None:
    gone = site.config / name
    shutil.rmtree(gone) if gone.is_dir() else gone.unlink()
    door = load_door(settings(), site)
    assert len(door.posts) == 18
    assert len(door.rule_sets) == 3
    assert forms_source(settings(), site, door).enterprise.workshops
    assert stopgaps(settings().content, site) == (Stopgap(gone, "", SHIPPED / name),)


def test_a_site_without_any_content_has_the_products(tmp_path: Path) -> None:
    place = Place(tmp_path, tmp_path)
    assert len(load_door(settings(), place).posts) == 18
    assert len(stopgaps(settings().content, place)) == 8


@pytest.mark.parametrize("name", ["not_ok", "not_applicable", "abnormal", "stop_work", "release"])
def test_a_list_of_reasons_that_a_file_has_not_is_the_products_own(site: Place, name: str) -> None:
    file = site.config / "lists/reasons.toml"
    before, _, rest = file.read_text(encoding="utf-8").partition(f"\n{name} = [\n")
    file.write_text(f"{before}\n{rest.partition(chr(10) + ']' + chr(10))[2]}", encoding="utf-8")
    ours = load_door(settings(), site)
    assert getattr(ours.reasons, name) == getattr(
        load_door(settings(), Place(SHIPPED, site.data)).reasons, name
    )
    assert name in {gap.key for gap in stopgaps(settings().content, site)}


def test_a_rule_set_of_the_products_own_may_speak_of_works_the_site_has_not(site: Place) -> None:
    (site.config / "rules/general-industry.toml").unlink()
    (site.config / "packs/henan-small-factory/works/hot-work.toml").unlink()
    assert "general-industry" in {rules.id for rules in load_door(settings(), site).rule_sets}


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ({"reasons": "lists/ours.toml"}, "ours.toml"),
        ({"rule_sets": ["ours"]}, "ours.toml"),
        ({"scenes": "lists/ours.toml"}, "ours.toml"),
    ],
)
def test_a_file_of_the_sites_own_that_is_gone_is_still_refused(
    site: Place, content: dict[str, object], named: str
) -> None:
    with pytest.raises(PackError, match=rf"{named}: 没有这个文件"):
        load_door(settings(content=content), site)


def test_a_file_that_is_there_and_wrong_is_refused_and_not_replaced(site: Place) -> None:
    (site.config / "lists/reasons.toml").write_text("not_ok = 3\n", encoding="utf-8")
    with pytest.raises(PackError, match="not_ok"):
        load_door(settings(), site)


def test_nothing_stands_in_for_a_whole_copy(site: Place) -> None:
    assert stopgaps(settings().content, site) == ()
