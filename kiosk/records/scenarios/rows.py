"""What pages get to see of the scenes that workers proposed for Annex 1 (事故假想)."""

from __future__ import annotations

import enum

import msgspec


class ProposalState(enum.StrEnum):
    """How far a proposed scene has come: 待整理, 待审定, 已采用, 未采用."""

    PROPOSED = "proposed"
    EDITED = "edited"
    APPROVED = "approved"
    REJECTED = "rejected"


class ProposalRow(msgspec.Struct, frozen=True):
    """A scene that a worker proposed for Annex 1 (事故假想), with what supervisors made of it; empty is what is still to be written.

    `told` is the number of the entry that the worker was told by what became of it, 0 until then.
    """

    seq: int
    at: str
    id: str
    worker: str
    post: str
    accident_list: str
    accident_type: str
    place: str
    """Where it would happen, in the words of who proposed it; `what` likewise."""
    what: str
    photo: str
    thumbnail: str
    state: ProposalState
    scene: str
    prevention: tuple[str, ...]
    response: tuple[str, ...]
    improvement: str
    edited_by: str
    edited_at: str
    decided_by: str
    decided_at: str
    reason: str
    cause: str
    told: int
