"""The tree 企业 → 车间 → 最小单元 → 岗位 of the notice's "精准到最小单元，到岗到人", and what
belongs where (定置管理).
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from kiosk.model.content import Id

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
WorkerId = Annotated[str, msgspec.Meta(pattern=r"^\S*$", max_length=40)]
"""A 工号; a person's name stands in the roster only. Empty: nobody."""


class Item(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A thing with its place (定置管理): 物品, 规定位置, 数量, 责任人, 时段."""

    name: Name
    place: Name
    quantity: Annotated[str, msgspec.Meta(max_length=20)] = ""
    responsible: WorkerId = ""
    period: Annotated[str, msgspec.Meta(max_length=20)] = ""


class Unit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The smallest unit (最小单元), the ids of the posts in it, who answers for it, and its
    things.
    """

    id: Id
    title: Name
    posts: tuple[Id, ...] = ()
    responsible: WorkerId = ""
    deputy: WorkerId = ""
    items: Annotated[tuple[Item, ...], msgspec.Meta(max_length=200)] = ()


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
        """Return the ids of all posts, in the order of the tree, each once."""
        found = (
            post for workshop in self.workshops for unit in workshop.units for post in unit.posts
        )
        return tuple(dict.fromkeys(found))
