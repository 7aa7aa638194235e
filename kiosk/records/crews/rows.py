"""What pages get to see of a crew's check (全班)."""

from __future__ import annotations

import msgspec

from kiosk.model.outcome import Outcome


class MemberRow(msgspec.Struct, frozen=True):
    """A member's own check, as a part of a crew's."""

    id: str
    worker: str
    outcome: Outcome | None
    is_signed: bool


class LeftOutRow(msgspec.Struct, frozen=True):
    """Somebody who was there and did not take part."""

    seq: int
    at: str
    worker: str
    reasons: tuple[str, ...]


class CrewRow(msgspec.Struct, frozen=True):
    """A crew's check (全班), with its members in the order they came."""

    id: str
    leader: str
    crew: str
    opened_at: str
    outcome: Outcome | None
    drawn: str
    """The check of the member who was drawn to be checked alone; empty when nobody was."""
    members: tuple[MemberRow, ...] = ()
    left_out: tuple[LeftOutRow, ...] = ()
