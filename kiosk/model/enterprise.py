"""The tree 企业 → 车间 → 最小单元 → 岗位 of the notice's "精准到最小单元，到岗到人"."""

from __future__ import annotations

from typing import Annotated

import msgspec

from kiosk.model.content import Id

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=40)]


class Unit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The smallest unit (最小单元) and the ids of the posts in it."""

    id: Id
    title: Name
    posts: tuple[Id, ...] = ()


class Workshop(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A workshop (车间) with its units."""

    id: Id
    title: Name
    units: Annotated[tuple[Unit, ...], msgspec.Meta(min_length=1)]


class Enterprise(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The enterprise (企业) that a station serves."""

    id: Id
    name: Name
    workshops: Annotated[tuple[Workshop, ...], msgspec.Meta(min_length=1)]

    @property
    def posts(self) -> tuple[str, ...]:
        """Give the ids of all posts, in the order of the tree, each once."""
        found = (post for workshop in self.workshops for unit in workshop.units for post in unit.posts)
        return tuple(dict.fromkeys(found))
