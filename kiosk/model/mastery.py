"""应知应会: which question to ask whom, and who knows what.

A question that was answered wrongly is asked again on another day, until it is answered rightly at
the first try.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from kiosk.model.content import Question

MASTERED_AFTER = 2
"""A question counts as mastered once it was right at the first try on this many days in a row."""


class FirstTry(msgspec.Struct, frozen=True):
    """How a person's first choice of one check was."""

    question: str
    right: bool


class Known(msgspec.Struct, frozen=True):
    """What one person has shown of one question: right first tries in a row, counted from the
    newest.
    """

    question: str
    streak: int
    due: bool
    """The newest first try was wrong."""

    @property
    def mastered(self) -> bool:
        """Return whether the question is mastered."""
        return self.streak >= MASTERED_AFTER


def known(tries: Iterable[FirstTry]) -> dict[str, Known]:
    """Return what first tries, oldest first, show of each question."""
    shown: dict[str, Known] = {}
    for each in tries:
        before = shown.get(each.question, Known(each.question, 0, False))
        shown[each.question] = Known(
            each.question, before.streak + 1 if each.right else 0, not each.right
        )
    return shown


def question_for(questions: Sequence[Question], shown: dict[str, Known], draw: int) -> Question:
    """Choose today's question: one that was missed, else one not yet mastered, else any; `draw`
    chooses among equals.
    """
    missed = [each for each in questions if each.id in shown and shown[each.id].due]
    unsure = [each for each in questions if each.id not in shown or not shown[each.id].mastered]
    among = missed or unsure or list(questions)
    return among[draw % len(among)]
