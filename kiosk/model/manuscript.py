"""A pack as somebody wrote it, before the station gives it a version: what is edited, published and
compared.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

import msgspec

from kiosk.model.content import Basis, Drill, EmergencyCard, Id, Lines, Pack, Post, SameLine, Work

Text = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
MOST_POSTS = 60


class Manuscript(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of a pack but its version; the fields are those of `kiosk.model.content.Pack`."""

    id: Id
    title: Text
    effective_on: date
    review_on: date
    provenance: Text
    accident_list: Id
    basis: Annotated[tuple[Basis, ...], msgspec.Meta(min_length=1)]
    lines: Lines
    posts: Annotated[tuple[Post, ...], msgspec.Meta(min_length=1, max_length=MOST_POSTS)]
    works: Annotated[tuple[Work, ...], msgspec.Meta(max_length=MOST_POSTS)] = ()
    emergency: tuple[EmergencyCard, ...] = ()
    same_lines: tuple[SameLine, ...] = ()
    work_order: tuple[Id, ...] = ()

    @property
    def pictures(self) -> frozenset[str]:
        """Return the names of the pictures whose spots its drills point at."""
        return frozenset(
            step.target.photo for drill in self.drills for step in drill.steps if step.target
        )

    @property
    def drills(self) -> tuple[Drill, ...]:
        """Return all drills: of the posts, then of the works."""
        of_posts = (drill for post in self.posts for drill in (post.drill, *post.more_drills))
        return (*of_posts, *(drill for work in self.works for drill in work.drills))


def manuscript_of(pack: Pack) -> Manuscript:
    """Return what a pack says, without what the station added."""
    return Manuscript(**{name: getattr(pack, name) for name in Manuscript.__struct_fields__})


def next_version(versions: tuple[str, ...]) -> str:
    """Return the version after all of these; the first is 1.0."""
    newest = max((numbers_of(version) for version in versions), default=None)
    if newest is None:
        return "1.0"
    *before, last = newest
    return ".".join(map(str, (*before, last + 1))) if before else f"{last}.1"


def numbers_of(version: str) -> tuple[int, ...]:
    """Return a version's numbers, which order versions: 1.10 is newer than 1.9."""
    return tuple(int(number) for number in version.split("."))
