"""Named list versions of accident types (常见事故类型), and how the codes of one list read in
another.

Records keep a code together with the name of its list, because three lists are in use: the notice's
own, GB/T 6441-1986 that it varies, and GB 6441-2025 that followed. The Annex forms print the
notice's.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

import msgspec

from kiosk.model.content import Basis, Id

Code = Annotated[str, msgspec.Meta(pattern=r"^[0-9A-Z]+$", max_length=12)]


class AccidentType(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One type of accident in a list."""

    code: Code
    name: Annotated[str, msgspec.Meta(min_length=1, max_length=20)]


class AccidentList(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One version of the list. An absent date means that no source names one, or no end."""

    id: Id
    title: str
    types: Annotated[tuple[AccidentType, ...], msgspec.Meta(min_length=1)]
    basis: tuple[Basis, ...] = ()
    valid_from: date | None = None
    valid_until: date | None = None
    """The last day on which the list is in force."""

    @property
    def codes(self) -> frozenset[str]:
        """Return all codes."""
        return frozenset(accident.code for accident in self.types)

    def name(self, code: str) -> str | None:
        """Find the name that a code stands for."""
        return next((accident.name for accident in self.types if accident.code == code), None)


class Mapping(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the codes of list `source` become in list `target`; several where the newer list
    distinguishes cases.
    """

    source: Id
    target: Id
    codes: dict[str, Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]]
    judged: tuple[str, ...] = ()
    """Codes of `source` whose mapping is this product's own reading, not a published one."""


class AccidentLists(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All lists that the station knows, with the mappings between them."""

    lists: Annotated[tuple[AccidentList, ...], msgspec.Meta(min_length=1)]
    mappings: tuple[Mapping, ...] = ()

    def named(self, list_id: str) -> AccidentList | None:
        """Find a list by its id."""
        return next((known for known in self.lists if known.id == list_id), None)

    def mapped(self, code: str, source: str, target: str) -> tuple[str, ...]:
        """Return the codes of list `target` that a code of list `source` becomes; empty when there
        is no mapping.
        """
        found = (
            known for known in self.mappings if (known.source, known.target) == (source, target)
        )
        return next(found, Mapping(source, target, {})).codes.get(code, ())
