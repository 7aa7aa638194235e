"""Each accident type that a post or a work lists has a scenario, an emergency card, and a step or a
line.
"""

from __future__ import annotations

from msgspec.structs import replace

from kiosk.model.content import Basis, EmergencyCard, Line, Lines, Work
from kiosk.packs import load_pack
from kiosk.packs.coverage import post_coverage, work_coverage
from tests.fakes.content import PACK, a_post, a_step
from tests.unit.packs.spoiling import SHIPPED


def test_what_an_accident_type_lacks_is_named() -> None:
    post = replace(a_post("press", "冲压工"), accident_types=("3", "5"))

    coverage = post_coverage(post, PACK)

    assert coverage.without_scenario == ("5",)
    assert coverage.without_card == ("3", "5")
    assert coverage.without_step_or_line == ("3", "5")
    assert not coverage.is_whole


def test_a_card_a_step_or_a_line_covers_and_so_does_a_general_card() -> None:
    post = a_post("press", "冲压工")
    step = replace(a_step("guard"), accident_types=("3",), basis=(Basis("GB 1"), Basis(note="n")))
    whole = replace(
        post,
        accident_types=("3", "5"),
        scenarios=(*post.scenarios, replace(post.scenarios[0], id="s2", accident_types=("5",))),
        emergency=(replace(post.emergency[0], accident_types=("5",)),),
        drill=replace(post.drill, steps=(step, a_step("other"))),
        lines=Lines(tools=(Line("漏电保护试过", accident_types=("5",)),)),
    )
    general = EmergencyCard("caught", "夹住", ("按急停",), accident_types=("3",))

    coverage = post_coverage(whole, replace(PACK, emergency=(general,)))

    assert coverage.is_whole
    assert (coverage.steps, coverage.with_standard) == (2, 1)


def test_a_works_scene_is_its_scenario() -> None:
    work = Work("deep", "下井", ("19",), "井里缺氧", Lines(tools=(Line("测过", None, ("19",)),)))

    coverage = work_coverage(work, PACK)

    assert coverage.without_scenario == coverage.without_step_or_line == ()
    assert coverage.without_card == ("19",)


def test_every_accident_type_of_the_shipped_pack_is_covered() -> None:
    pack = load_pack(SHIPPED)
    every = [
        *(post_coverage(post, pack) for post in pack.posts),
        *(work_coverage(work, pack) for work in pack.works),
    ]

    assert [coverage for coverage in every if not coverage.is_whole] == []
