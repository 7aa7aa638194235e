"""How much of what a post or a work is about its content holds: which of its accident types have a
scenario, an emergency card, and a step or a line.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from kiosk.model.content import Drill, Lines, Pack, Part, Post, Work


class Coverage(msgspec.Struct, frozen=True):
    """What a post or a work has, and the codes of its accident types that lack something."""

    id: str
    title: str
    steps: int
    with_standard: int
    """Steps that name a standard; of the others the enterprise's own procedure decides."""
    without_scenario: tuple[str, ...]
    without_card: tuple[str, ...]
    without_step_or_line: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Return whether no accident type lacks anything."""
        return not (self.without_scenario or self.without_card or self.without_step_or_line)


def post_coverage(post: Post, pack: Pack) -> Coverage:
    """Return what a post has; a general card of its pack counts as its own."""
    scenarios = {code for scenario in post.scenarios for code in scenario.accident_types}
    return _coverage(post, (post.drill, *post.more_drills), scenarios, pack)


def work_coverage(work: Work, pack: Pack) -> Coverage:
    """Return what a hazardous work has: its scene is its scenario."""
    return _coverage(work, work.drills, set(work.accident_types), pack)


def _coverage(
    item: Post | Work, drills: tuple[Drill, ...], scenarios: set[str], pack: Pack
) -> Coverage:
    steps = [step for drill in drills for step in drill.steps]
    cards = {code for card in (*item.emergency, *pack.emergency) for code in card.accident_types}
    asked = {code for step in steps for code in step.accident_types} | _of_lines(item.lines)
    return Coverage(
        item.id,
        item.title,
        len(steps),
        sum(any(basis.standard for basis in step.basis) for step in steps),
        _lacking(item.accident_types, scenarios),
        _lacking(item.accident_types, cards),
        _lacking(item.accident_types, asked),
    )


def _of_lines(lines: Lines) -> set[str]:
    return {code for part in Part for line in lines.of(part) for code in line.accident_types}


def _lacking(codes: Iterable[str], covered: set[str]) -> tuple[str, ...]:
    return tuple(code for code in codes if code not in covered)
