"""Which question is asked of whom."""

from __future__ import annotations

from kiosk.model.content import Family, Question
from kiosk.model.mastery import FirstTry, known, question_for

QUESTIONS = [Question(id_, Family.RISK, "?", ("甲", "乙"), 0) for id_ in ("a", "b", "c")]


def _asked(tries: list[FirstTry], draws: int = 12) -> set[str]:
    return {question_for(QUESTIONS, known(tries), draw).id for draw in range(draws)}


def test_a_newcomer_may_be_asked_anything() -> None:
    assert _asked([]) == {"a", "b", "c"}


def test_what_was_missed_is_asked_again_until_it_is_known() -> None:
    missed = [FirstTry("b", False)]
    assert _asked(missed) == {"b"}
    assert _asked([*missed, FirstTry("b", True)]) == {"a", "b", "c"}


def test_what_is_mastered_rests_until_everything_is() -> None:
    mastered = [FirstTry("a", True), FirstTry("a", True)]
    assert _asked(mastered) == {"b", "c"}
    everything = [FirstTry(each, True) for each in "abc"] * 2
    assert _asked(everything) == {"a", "b", "c"}
    assert all(each.mastered for each in known(everything).values())
