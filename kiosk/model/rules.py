"""Rule sets for permits (作业票): which hazardous work needs one, at which level, for how long,
approved by whom.

A rule set has a scope, because rules differ by trade: GB 30871-2022 binds chemical enterprises (its
clause 1) and is only a pattern for others, and 工贸 has rules of its own for confined spaces and
for dust. Hours and approvers are therefore data with a source, never code.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Annotated

import msgspec

from kiosk.model.content import Basis, Id, Sentence

PermitNumber = Annotated[str, msgspec.Meta(pattern=r"^[0-9-]{1,20}$")]
"""What is printed on the permit; digits, because it is entered with gloves on."""
Hours = Annotated[int, msgspec.Meta(ge=1, le=24 * 30)]


class PermitFault(enum.StrEnum):
    """Why a work may not begin on its permit."""

    MISSING = "missing"
    EXPIRED = "expired"
    TOO_LONG = "too_long"
    """It claims to be valid for longer than its level may ever be."""


class Level(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A level of a work (作业级别).

    Without `valid_h` no source limits it, and what is written on the permit counts.
    """

    id: Id
    title: Annotated[str, msgspec.Meta(min_length=1, max_length=12)]
    meaning: Annotated[str, msgspec.Meta(max_length=60)] = ""
    """What falls under it."""
    valid_h: Hours | None = None
    approver: Annotated[str, msgspec.Meta(max_length=30)] = ""
    """Who approves it, on site; the station never does."""
    basis: tuple[Basis, ...] = ()


class PermitRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one hazardous work asks for."""

    work: Id
    levels: Annotated[tuple[Level, ...], msgspec.Meta(min_length=1, max_length=6)]
    reminders: Annotated[tuple[Sentence, ...], msgspec.Meta(max_length=4)] = ()
    """What ends or interrupts a permit, such as a break after which the gas is tested again."""
    title: Annotated[str, msgspec.Meta(max_length=12)] = ""
    """What these rules call the work; empty: as its pack does."""

    def level(self, level_id: str) -> Level | None:
        """Find a level by its id."""
        return next((level for level in self.levels if level.id == level_id), None)


class RuleSet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Permit rules of one scope (适用范围), with their source and dates."""

    id: Id
    title: Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
    scope: Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
    effective_on: date
    basis: Annotated[tuple[Basis, ...], msgspec.Meta(min_length=1)]
    rules: Annotated[tuple[PermitRule, ...], msgspec.Meta(min_length=1)]

    def rule(self, work_id: str) -> PermitRule | None:
        """Find what a work asks for."""
        return next((rule for rule in self.rules if rule.work == work_id), None)


class Permit(msgspec.Struct, frozen=True):
    """A permit as a worker shows it at the station.

    `until` is the place's wall clock, as printed on the paper.
    """

    work: str
    level: str
    number: str
    until: datetime


def rule_of(
    rule_sets: tuple[RuleSet, ...], work_id: str, today: date
) -> tuple[RuleSet, PermitRule] | None:
    """Return the rule that a work falls under: the first set in force that names it; None when no
    permit is asked for.
    """
    for rule_set in rule_sets:
        rule = rule_set.rule(work_id)
        if rule is not None and rule_set.effective_on <= today:
            return rule_set, rule
    return None


def titles_of(rule_sets: Iterable[RuleSet]) -> dict[str, str]:
    """Return what works are called, by their ids: the first set that names a work decides; empty
    where it leaves that to the pack.
    """
    titles: dict[str, str] = {}
    for rule_set in rule_sets:
        for rule in rule_set.rules:
            titles.setdefault(rule.work, rule.title)
    return titles


def permit_fault(level: Level, until: datetime, now: datetime) -> PermitFault | None:
    """Return why a permit of this level does not hold at this moment; None when it does.

    Both times are of the same clock.
    """
    if until <= now:
        return PermitFault.EXPIRED
    if level.valid_h is not None and until > now + timedelta(hours=level.valid_h):
        return PermitFault.TOO_LONG
    return None
