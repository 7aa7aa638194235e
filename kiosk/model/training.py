"""What earlier checks have shown of a person at a post, and what follows for the next: its level
and its question.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec

from kiosk.model.content import Post, Question
from kiosk.model.levels import DrillLevel, Run, next_level
from kiosk.model.mastery import FirstTry, known, question_for


class Attempt(msgspec.Struct, frozen=True):
    """What one earlier check of a person showed, on the day of its shift.

    `called` says whether all that was due was called, `misses` how often the target was missed in
    the drill with the most misses; `question` is what was answered first (empty: nothing) and
    `right` how.
    """

    on: date
    post: str
    level: DrillLevel
    called: bool
    misses: int
    question: str = ""
    right: bool = False


def level_for(attempts: Iterable[Attempt], post_id: str, begins_at: DrillLevel) -> DrillLevel:
    """Return the level of the next drill at a post; `attempts` are all of one person, oldest
    first.
    """
    called = (each for each in attempts if each.called and each.post == post_id)
    runs = (Run(each.level, each.misses, each.right) for each in called)
    return next_level(runs, begins_at)


def first_tries(
    attempts: Iterable[Attempt], post_id: str, before: date | None = None
) -> list[FirstTry]:
    """Return the first tries at the questions of a post, one a day and question, oldest first; with
    `before`, of earlier days only.

    What was missed today is asked again on another day: today's other checks ask the same, and say
    nothing new.
    """
    tries: dict[tuple[date, str], bool] = {}
    for each in attempts:
        if each.post == post_id and each.question and (before is None or each.on < before):
            tries.setdefault((each.on, each.question), each.right)
    return [FirstTry(question, right) for (_, question), right in tries.items()]


def question_on(post: Post, attempts: Iterable[Attempt], on: date, draw: int) -> Question:
    """Choose the question of a person for a day."""
    return question_for(post.questions, known(first_tries(attempts, post.id, on)), draw)
