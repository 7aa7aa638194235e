"""Which check lines are asked where several sources have some: what says the same is asked once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from kiosk.model.content import Line


class Asked(msgspec.Struct, frozen=True):
    """A line that is asked, and the texts of the others that it stands for."""

    text: str
    stands_for: tuple[str, ...] = ()


class _Said(msgspec.Struct, frozen=True):
    line: Line
    rank: int


def asked_once(
    general: Iterable[Line], of_post: Iterable[Line], of_works: Sequence[Iterable[Line]]
) -> tuple[Asked, ...]:
    """Return the lines to ask, in their order.

    Lines are the same with the same words, or with one `same_as`. Of those a work's wording is
    asked, else the post's.
    """
    said = [
        *(_Said(line, 0) for line in general),
        *(_Said(line, 1) for line in of_post),
        *(_Said(line, 2) for lines in of_works for line in lines),
    ]
    return tuple(_asked(group) for group in _groups(said))


def _groups(said: Iterable[_Said]) -> Iterator[list[_Said]]:
    """Yield what says the same together, each group where the first of it stands."""
    groups: list[list[_Said]] = []
    for each in said:
        same = [group for group in groups if any(_is_same(each, other) for other in group)]
        if not same:
            groups.append([each])
            continue
        first, *others = same
        first += [other for group in others for other in group]
        first.append(each)
        groups = [group for group in groups if not any(group is other for other in others)]
    yield from groups


def _is_same(one: _Said, other: _Said) -> bool:
    if one.line.text == other.line.text:
        return True
    return one.line.same_as is not None and one.line.same_as == other.line.same_as


def _asked(group: list[_Said]) -> Asked:
    highest = max(each.rank for each in group)
    text = next(each.line.text for each in group if each.rank == highest)
    others = dict.fromkeys(each.line.text for each in group)
    return Asked(text, tuple(other for other in others if other != text))
