"""Who answers for a measure: the person named for it, else the one who answers for the unit of its
post.
"""

from __future__ import annotations

import pytest

from kiosk.model.coverage import Named, measures, of_unit, orphans
from kiosk.model.enterprise import Enterprise, Unit, Workshop
from kiosk.model.people import Worker
from kiosk.packs import load_pack
from tests.unit.packs.spoiling import SHIPPED

UNITS = (
    Unit("pressing", "冲压区", ("press-operator",)),
    Unit("welding", "焊接区", ("welder",), responsible="A002", deputy="A009"),
)
FACTORY = Enterprise("sample", "示例机械厂", (Workshop("one", "一号车间", UNITS),))


def test_the_unit_of_a_post_tells_who_answers_there() -> None:
    assert of_unit(FACTORY, "welder") == Named("A002", "A009")
    assert of_unit(FACTORY, "press-operator") == of_unit(FACTORY, "boiler") == Named()


@pytest.mark.parametrize(
    ("leader", "left"),
    [
        (Worker("A002", "李四"), 0),
        (Worker("A002", "李四", blocked="离职"), 1),
        (Worker("A002", ""), 1),
    ],
)
def test_a_measure_is_an_orphan_only_when_neither_answers(leader: Worker, left: int) -> None:
    post = load_pack(SHIPPED).post("welder")
    assert post is not None
    first, *others = measures(post)
    named = {measure: Named("A001") for measure in others}
    people = {"A001": Worker("A001", "张三"), leader.id: leader}
    assert orphans(post, named, people, of_unit(FACTORY, "welder")) == [first][:left]
