"""Levels of a drill: 跟读 → 提示 → 考核, rising and falling for each person and post by how the
last drills went.

Calling after a voice is the weakest exercise (Haga, Akatsuka, Shiroto 1996: calling alone did not
differ from doing nothing); so help is taken away once somebody can do without, and given back as
soon as it is missed.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable

import msgspec


class DrillLevel(enum.StrEnum):
    """How much of a step is given away."""

    FOLLOW = "follow"
    """跟读: everything is shown and spoken."""
    HINT = "hint"
    """提示: what to think of is shown; what is called comes after the pointing."""
    EXAM = "exam"
    """考核: only the target's picture; nothing is spoken before the pointing."""


class Run(msgspec.Struct, frozen=True):
    """One finished drill of a person at a post: its level, wrong touches, and whether the question
    was answered rightly at once.
    """

    level: DrillLevel
    misses: int
    knew: bool


_ORDER = tuple(DrillLevel)
RISES_AFTER = 3
"""After this many faultless drills in a row at a level, the next is a level higher."""
FALLS_AT_MISSES = 2
"""After this many wrong touches in one drill, the next is a level lower."""


def next_level(runs: Iterable[Run], begins_at: DrillLevel = DrillLevel.FOLLOW) -> DrillLevel:
    """Return the level of the next drill from the earlier ones, oldest first; a beginner follows,
    unless told otherwise.
    """
    level, clean = begins_at, 0
    for run in runs:
        level, clean = _after(run, level, clean)
    return level


def _after(run: Run, level: DrillLevel, clean: int) -> tuple[DrillLevel, int]:
    if run.misses >= FALLS_AT_MISSES:
        return _step(level, -1), 0
    # A drill at another level than expected (an older version, a visit at a second station) says
    # nothing of this one.
    if run.level is not level or run.misses or not run.knew:
        return level, 0
    return (_step(level, 1), 0) if clean + 1 >= RISES_AFTER else (level, clean + 1)


def _step(level: DrillLevel, by: int) -> DrillLevel:
    return _ORDER[max(0, min(len(_ORDER) - 1, _ORDER.index(level) + by))]
