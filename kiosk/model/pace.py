"""How long it takes to say something: an estimate from above that needs no rendering, so that rules
can reckon with it.

Measured with the product's voice at its usual rate over every sentence of the shipped drills: 0.274
s a syllable, 0.167 s a mark, 0.35 s before and after, and 0.5 s of silence in front while a
loudspeaker wakes.
"""

from __future__ import annotations

import re

from kiosk.model.content import Step
from kiosk.model.levels import DrillLevel

SYLLABLE_S = 0.3
"""A syllable at the voice's usual rate, with what it takes to be rather too long than too short."""
_BREATH = 2 / 3
_AROUND = 3.0


def spoken_s(sentence: str, syllable_s: float) -> float:
    """Estimate the seconds that a sentence takes to be said; rather too long than too short,
    nothing when a syllable takes none.
    """
    # A figure or a Latin letter may be two syllables: 十二, 五点二.
    syllables = sum(2 if char.isascii() else 1 for char in sentence if char.isalnum())
    marks = len(re.findall(r"[^\w\s]+", sentence))
    return syllable_s * (syllables + _BREATH * marks + _AROUND)


def announced_s(title: str, syllable_s: float) -> float:
    """Estimate the seconds in which the title of a drill is announced as a rehearsal (预演：…);
    nothing without a title.
    """
    return spoken_s(f"预演：{title}", syllable_s) if title else 0.0


def said_before_pointing(step: Step, level: DrillLevel) -> tuple[str, ...]:
    """Return the sentences of a step that must be over before the worker may point; who follows
    points while 指 is said.
    """
    match level:
        case DrillLevel.FOLLOW:
            return (step.think, step.look)
        case DrillLevel.HINT:
            return (step.think,)
        case DrillLevel.EXAM:
            return ()
