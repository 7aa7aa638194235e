"""What the types of a pack cannot say: ids that are unique, answers and codes that exist, targets
on their pictures, sentences that can be spoken in time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Set
from typing import Protocol, TypeVar

import msgspec

from kiosk.model.content import (
    Drill,
    EmergencyCard,
    Limit,
    Lines,
    Part,
    Post,
    Question,
    SameLine,
    Step,
    Target,
    Work,
)
from kiosk.packs.problems import Found

CHARACTERS_PER_S = 3.2
"""Measured with the product's voice at its usual rate, marks and pauses counted as characters."""
SENTENCE_LIMIT_S = 12.0
RESERVED = frozenset(part.value for part in Part)
"""What an abnormal report at a confirmation is filed under."""

MOST_ALWAYS = 2
"""Steps of a drill that 考核 always asks for; with more of them nothing is left to draw."""

T = TypeVar("T")


class Vocabulary(msgspec.Struct, frozen=True):
    """What the items of a pack may refer to."""

    pictures: Set[str]
    codes: Set[str]
    """Of the pack's list of accident types."""
    same_lines: Set[str] | None
    """The ids of what lines may say in different words; None when pack.toml could not be read."""
    drills: Set[str]
    """The ids of the posts' further drills."""


class Identified(Protocol):
    """Anything with an id."""

    @property
    def id(self) -> str:
        """Return the id."""


def speech_s(sentence: str) -> float:
    """Estimate how long a sentence takes to speak, in seconds."""
    return len(sentence) / CHARACTERS_PER_S


def header_faults(
    lines: Lines,
    cards: tuple[EmergencyCard, ...],
    same_lines: tuple[SameLine, ...],
    known: Vocabulary,
) -> Found:
    """Find what is wrong with what pack.toml says for all posts."""
    yield from _lines_faults(lines, known)
    yield from _cards_faults(cards, known)
    yield from _repeated(_keyed("same_lines", same_lines))


def post_faults(post: Post, known: Vocabulary) -> Found:
    """Find what is wrong with a post."""
    yield from _drills_faults(
        [("drill", post.drill), *_keyed("more_drills", post.more_drills)], known
    )
    yield from _repeated(_keyed("questions", post.questions))
    for key, question in _keyed("questions", post.questions):
        yield from _question_faults(question, key)
    yield from _repeated(_keyed("scenarios", post.scenarios))
    for key, scenario in _keyed("scenarios", post.scenarios):
        yield from _unknown_codes(scenario.accident_types, known.codes, f"{key}.accident_types")
    yield from _cards_faults(post.emergency, known)
    yield from _lines_faults(post.lines, known)
    yield from _unknown_codes(post.accident_types, known.codes, "accident_types")


def work_faults(work: Work, known: Vocabulary) -> Found:
    """Find what is wrong with a hazardous work."""
    yield from _unknown_codes(work.accident_types, known.codes, "accident_types")
    yield from _cards_faults(work.emergency, known)
    yield from _lines_faults(work.lines, known)
    yield from _drills_faults(list(_keyed("drills", work.drills)), known)
    if work.drill is not None and work.drill not in {
        *known.drills,
        *(drill.id for drill in work.drills),
    }:
        yield (
            "drill",
            f"no drill {work.drill!r}; write it under [[drills]] or as one of a post's more_drills",
        )
    for key, limit in _keyed("limits", work.limits):
        yield from _limit_faults(limit, key)


def _lines_faults(lines: Lines, known: Vocabulary) -> Found:
    for part in Part:
        first: dict[str, str] = {}
        for key, line in _keyed(f"lines.{part}", lines.of(part)):
            yield from _unknown_codes(line.accident_types, known.codes, f"{key}.accident_types")
            if line.same_as is None:
                continue
            if known.same_lines is not None and line.same_as not in known.same_lines:
                yield (
                    f"{key}.same_as",
                    f"{line.same_as!r} is not among the same_lines of pack.toml; add it there",
                )
            if line.same_as in first:
                yield (
                    f"{key}.same_as",
                    f"{first[line.same_as]} says {line.same_as!r} too; take one out",
                )
            first.setdefault(line.same_as, key)


def _cards_faults(cards: tuple[EmergencyCard, ...], known: Vocabulary) -> Found:
    yield from _repeated(_keyed("emergency", cards))
    for key, card in _keyed("emergency", cards):
        yield from _unknown_codes(card.accident_types, known.codes, f"{key}.accident_types")


def _limit_faults(limit: Limit, key: str) -> Found:
    if limit.at_least is None and limit.at_most is None:
        yield key, "limits nothing; write at_least, at_most or both"
    elif (
        limit.at_least is not None and limit.at_most is not None and limit.at_least > limit.at_most
    ):
        yield f"{key}.at_least", f"expected at most {limit.at_most:g}, got {limit.at_least:g}"


def _drills_faults(drills: list[tuple[str, Drill]], known: Vocabulary) -> Found:
    yield from _repeated(drills)
    for key, drill in drills:
        yield from _drill_faults(drill, known, key)


def _drill_faults(drill: Drill, known: Vocabulary, key: str) -> Found:
    yield from _repeated(_keyed(f"{key}.steps", drill.steps))
    always = [step.id for step in drill.steps if step.always]
    if len(always) > MOST_ALWAYS:
        yield (
            f"{key}.steps",
            f"{len(always)} steps say always ({', '.join(always)}); at most {MOST_ALWAYS}",
        )
    for step_key, step in _keyed(f"{key}.steps", drill.steps):
        yield from _unspeakable(step, step_key)
        yield from _unknown_codes(step.accident_types, known.codes, f"{step_key}.accident_types")
        if step.id in RESERVED:
            yield (
                f"{step_key}.id",
                f"{step.id!r} is the name of a confirmation; records could not tell the two apart",
            )
        if step.target is not None:
            yield from _target_faults(step.target, known.pictures, f"{step_key}.target")


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
