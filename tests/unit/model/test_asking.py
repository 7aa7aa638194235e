"""What says the same is asked once: nothing twice, nothing lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kiosk.model.asking import Asked, asked_once
from kiosk.model.content import Line

LINES = st.lists(
    st.builds(
        Line,
        st.sampled_from(["交底过", "监护人到位", "班前会开过", "灭火器在", "通道通"]),
        st.sampled_from([None, "briefed", "guardian", "extinguisher"]),
    ),
    max_size=5,
)


def test_todays_works_wording_is_asked_where_the_line_stood() -> None:
    asked = asked_once(
        (Line("已交代清楚", "briefed"), Line("劳保穿好")),
        (Line("班前会开过", "briefed"),),
        ((Line("票批过"), Line("交底做过", "briefed")), (Line("监护人交底", "briefed"),)),
    )

    assert asked == (
        Asked("交底做过", ("已交代清楚", "班前会开过", "监护人交底")),
        Asked("劳保穿好"),
        Asked("票批过"),
    )


def test_without_a_work_the_post_says_it_in_its_own_words() -> None:
    asked = asked_once((Line("已交代清楚", "briefed"),), (Line("班前会开过", "briefed"),), ())

    assert asked == (Asked("班前会开过", ("已交代清楚",)),)


def test_the_same_words_are_the_same_line_whatever_is_known_of_them() -> None:
    asked = asked_once(
        (Line("灭火器在", "one"),), (Line("灭火器在", "two"),), ((Line("灭火器在"),),)
    )

    assert asked == (Asked("灭火器在"),)


def test_a_line_that_says_what_two_others_say_holds_all_three_together() -> None:
    asked = asked_once((Line("甲", "one"),), (Line("乙", "two"),), ((Line("甲", "two"),),))

    assert asked == (Asked("甲", ("乙",)),)


@given(LINES, LINES, st.lists(LINES, max_size=3))
def test_nothing_is_asked_twice_and_nothing_is_lost(
    general: list[Line], of_post: list[Line], of_works: list[list[Line]]
) -> None:
    every = [*general, *of_post, *(line for lines in of_works for line in lines)]

    asked = asked_once(general, of_post, of_works)

    told = [text for line in asked for text in (line.text, *line.stands_for)]
    assert sorted(told) == sorted({line.text for line in every})
    for key in {line.same_as for line in every} - {None}:
        texts = {line.text for line in every if line.same_as == key}
        assert len([line for line in asked if texts & {line.text, *line.stands_for}]) == 1


@given(LINES, LINES, st.lists(LINES, max_size=3))
def test_what_a_work_says_is_asked_in_a_works_words(
    general: list[Line], of_post: list[Line], of_works: list[list[Line]]
) -> None:
    of_a_work = {line.text for lines in of_works for line in lines}

    for line in asked_once(general, of_post, of_works):
        assert line.text in of_a_work or not of_a_work & set(line.stands_for)
