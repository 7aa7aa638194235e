"""The short lists from which a worker puts a scene together (事故假想): where 在哪, and what
happens there 怎么了.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from kiosk.model.content import Id
from kiosk.model.lists import Code

MOST_WORDS = 8
"""How many large choices fit on one screen."""


class Word(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of the choices."""

    id: Id
    text: Annotated[str, msgspec.Meta(min_length=1, max_length=10)]


Words = Annotated[tuple[Word, ...], msgspec.Meta(min_length=2, max_length=MOST_WORDS)]


class ForTypes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is chosen from after some accident types, instead of the general lists."""

    codes: Annotated[tuple[Code, ...], msgspec.Meta(min_length=1)]
    where: Words | None = None
    what: Words | None = None


class Scenes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All lists. `accident_list` names the list of accident types whose codes they are keyed by."""

    accident_list: Id
    where: Words
    what: Words
    of: tuple[ForTypes, ...] = ()

    def wheres(self, code: str) -> tuple[Word, ...]:
        """Return where an accident of this type may happen."""
        return next(
            (each.where for each in self.of if each.where and code in each.codes), self.where
        )

    def whats(self, code: str) -> tuple[Word, ...]:
        """Return what may happen in an accident of this type."""
        return next((each.what for each in self.of if each.what and code in each.codes), self.what)


def scene(where: str, what: str) -> str:
    """Put where and what into one sentence."""
    return f"{where}，{what}"


class Decided(msgspec.Struct, frozen=True):
    """What became of a scene that somebody proposed, in the words of who proposed it.

    Where it was not adopted, `cause` is why, by its id in the short list; `reason` was written with
    it, to be shown only.
    """

    proposal: str
    where: str
    what: str
    adopted: bool = True
    cause: str = ""
    reason: str = ""
