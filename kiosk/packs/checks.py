"""What the types of a pack cannot say: ids that are unique, answers and codes that exist, targets
on their pictures, sentences that can be spoken in time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Set
from typing import Protocol, TypeVar

from kiosk.model.content import Drill, Part, Post, Question, Step, Target, Work
from kiosk.packs.problems import Found

CHARACTERS_PER_S = 3.2
"""Measured with the product's voice at its usual rate, marks and pauses counted as characters."""
SENTENCE_LIMIT_S = 12.0
RESERVED = frozenset(part.value for part in Part)
"""What an abnormal report at a confirmation is filed under."""

T = TypeVar("T")


class Identified(Protocol):
    """Anything with an id."""

    @property
    def id(self) -> str:
        """Return the id."""


def speech_s(sentence: str) -> float:
    """Estimate how long a sentence takes to speak, in seconds."""
    return len(sentence) / CHARACTERS_PER_S


def post_faults(post: Post, pictures: Set[str], codes: Set[str]) -> Found:
    """Find what is wrong with a post, given the pack's picture names and the codes of its list of
    accident types.
    """
    drills = {"drill": post.drill} | {
        f"more_drills[{index}]": drill for index, drill in enumerate(post.more_drills)
    }
    yield from _repeated(drills.items())
    for key, drill in drills.items():
        yield from _drill_faults(drill, pictures, key)
    yield from _repeated(_keyed("questions", post.questions))
    for key, question in _keyed("questions", post.questions):
        yield from _question_faults(question, key)
    yield from _repeated(_keyed("scenarios", post.scenarios))
    for key, scenario in _keyed("scenarios", post.scenarios):
        yield from _unknown_codes(scenario.accident_types, codes, f"{key}.accident_types")
    yield from _repeated(_keyed("emergency", post.emergency))
    yield from _unknown_codes(post.accident_types, codes, "accident_types")


def work_faults(work: Work, codes: Set[str]) -> Found:
    """Find what is wrong with a hazardous work."""
    yield from _unknown_codes(work.accident_types, codes, "accident_types")


def _drill_faults(drill: Drill, pictures: Set[str], key: str) -> Found:
    yield from _repeated(_keyed(f"{key}.steps", drill.steps))
    for step_key, step in _keyed(f"{key}.steps", drill.steps):
        yield from _unspeakable(step, step_key)
        if step.id in RESERVED:
            yield (
                f"{step_key}.id",
                f"{step.id!r} is the name of a confirmation; records could not tell the two apart",
            )
        if step.target is not None:
            yield from _target_faults(step.target, pictures, f"{step_key}.target")


def _unspeakable(step: Step, key: str) -> Found:
    for beat in ("think", "look", "point", "call"):
        sentence: str = getattr(step, beat)
        if speech_s(sentence) > SENTENCE_LIMIT_S:
            longest = int(SENTENCE_LIMIT_S * CHARACTERS_PER_S)
            yield (
                f"{key}.{beat}",
                f"takes {speech_s(sentence):.0f} s to speak; write at most {longest} characters",
            )


def _target_faults(target: Target, pictures: Set[str], key: str) -> Found:
    if target.photo not in pictures:
        yield (
            f"{key}.photo",
            f"no picture targets/{target.photo}; put it there or take the target out",
        )
    for axis in ("x", "y"):
        centre: float = getattr(target, axis)
        if not target.radius <= centre <= 1 - target.radius:
            yield f"{key}.{axis}", f"{centre} ± radius {target.radius} leaves the picture (0..1)"


def _question_faults(question: Question, key: str) -> Found:
    if question.answer >= len(question.choices):
        yield f"{key}.answer", f"expected 0..{len(question.choices) - 1}, got {question.answer}"
    for choice, times in Counter(question.choices).items():
        if times > 1:
            yield f"{key}.choices", f"{choice!r} stands there {times} times"


def _unknown_codes(used: Iterable[str], codes: Set[str], key: str) -> Found:
    for index, code in enumerate(used):
        if code not in codes:
            yield f"{key}[{index}]", f"{code!r} is not in the pack's list of accident types"


def _repeated(items: Iterable[tuple[str, Identified]]) -> Found:
    first: dict[str, str] = {}
    for key, item in items:
        if item.id in first:
            yield f"{key}.id", f"{item.id!r} is already the id of {first[item.id]}"
        first.setdefault(item.id, key)


def _keyed(name: str, items: Iterable[T]) -> Iterator[tuple[str, T]]:
    return ((f"{name}[{index}]", item) for index, item in enumerate(items))
