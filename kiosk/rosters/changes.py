"""What a draft would change among the people who are known."""

from __future__ import annotations

import enum
from collections.abc import Mapping

import msgspec

from kiosk.model.people import Worker
from kiosk.rosters.draft import Draft


class Change(enum.StrEnum):
    """What becomes of one person."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


class Changes(msgspec.Struct, frozen=True):
    """Counts, and what becomes of each worker of the draft, in its order."""

    of: tuple[Change, ...]

    def count(self, change: Change) -> int:
        """Count the workers with this change."""
        return self.of.count(change)


def compare(draft: Draft, known: Mapping[str, Worker]) -> Changes:
    """Compare a draft with who is known.

    A card named for somebody is a change of its own, which only the station can find.
    """
    return Changes(tuple(_change(worker, known.get(worker.id)) for worker in draft.roster.workers))


def _change(worker: Worker, before: Worker | None) -> Change:
    if before is None or not before.name:
        return Change.NEW
    return Change.SAME if worker == before else Change.CHANGED
