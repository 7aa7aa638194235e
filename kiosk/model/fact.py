"""What all facts have in common."""

from __future__ import annotations

import msgspec


class Fact(msgspec.Struct, frozen=True, omit_defaults=True):
    """The base of all facts."""


def kind_of(fact: Fact) -> str:
    """Give a fact's kind, such as "check.opened"."""
    tag = fact.__struct_config__.tag
    assert isinstance(tag, str)
    return tag
