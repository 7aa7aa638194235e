"""Who badges in: workers, their roles and their certificates."""

from __future__ import annotations

import enum
from datetime import date

import msgspec


class Role(enum.StrEnum):
    """What a person may do at the station and on the supervisor's pages."""

    WORKER = "worker"
    LEADER = "leader"
    SUPERVISOR = "supervisor"
    RESPONSIBLE = "responsible"

    @property
    def may_release(self) -> bool:
        """Tell whether this role may let a failed worker in (放行)."""
        return self in (Role.SUPERVISOR, Role.RESPONSIBLE)

    @property
    def may_lead(self) -> bool:
        """Tell whether this role may open the check of a whole crew."""
        return self is not Role.WORKER


class Standing(enum.StrEnum):
    """How a person belongs to the enterprise: 本厂, 承包商 or 访客, whose cards end on a day, or 已离职: not any more."""

    STAFF = "staff"
    CONTRACTOR = "contractor"
    VISITOR = "visitor"
    LEFT = "left"


class Certificate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A certificate (证件) a worker holds; valid through the whole of `expires_on`."""

    kind: str
    expires_on: date
    number: str = ""


class Worker(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A person with a card (人员). `id` is the 工号; only it ever enters the journal."""

    id: str
    name: str
    crew: str = ""
    role: Role = Role.WORKER
    posts: tuple[str, ...] = ()
    certificates: tuple[Certificate, ...] = ()
    blocked: str = ""
    """Why this worker is blocked; empty when not."""
    standing: Standing = Standing.STAFF
    ends_on: date | None = None
    """The last day on which this worker's cards open the door; None for no end."""

    @property
    def has_left(self) -> bool:
        """Return whether this person no longer belongs to the enterprise (已离职)."""
        return self.standing is Standing.LEFT

    @property
    def is_active(self) -> bool:
        """Return whether this person may stand at a post or act at all: neither blocked nor gone."""
        return not self.blocked and not self.has_left

    def has_ended(self, today: date) -> bool:
        """Tell whether this worker's last day is over."""
        return self.ends_on is not None and self.ends_on < today


class CardNumber(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A card as written in a roster: the form its reader prints, the number, and whose it is."""

    worker: str
    form: str
    number: str


class Roster(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """People and their cards as they arrive from a file."""

    workers: tuple[Worker, ...]
    cards: tuple[CardNumber, ...] = ()
