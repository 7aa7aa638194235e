"""The form of the columns of Annex 1: what was typed, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from kiosk.model.content import Reason, reason_of
from kiosk.model.scenes import scene
from kiosk.records.scenarios.commands import ANOTHER_CAUSE, MOST_LINES, MOST_REASON
from kiosk.records.scenarios.rows import ProposalRow

_MOST = {"scene": 120, "prevention": 60, "response": 60, "improvement": 120}


class Columns(msgspec.Struct, frozen=True):
    """The columns as they stand in the form; `prevention` and `response` are one line each."""

    accident_type: str
    scene: str
    prevention: tuple[str, ...]
    response: tuple[str, ...]
    improvement: str


class Wrong(msgspec.Struct, frozen=True):
    """What is wrong with a field: "empty" or "too_long", and then how much it may have."""

    field: str
    what: str
    most: int = 0


def columns_of(row: ProposalRow) -> Columns:
    """Give what a supervisor begins with: what was saved, else the worker's own words."""
    return Columns(
        row.accident_type,
        row.scene or scene(row.place, row.what),
        row.prevention,
        row.response,
        row.improvement,
    )


def typed(form: Mapping[str, str]) -> Columns:
    """Read the form."""
    return Columns(
        form.get("accident_type", "").strip(),
        " ".join(form.get("scene", "").split()),
        _lines(form.get("prevention", "")),
        _lines(form.get("response", "")),
        " ".join(form.get("improvement", "").split()),
    )


def why_not(cause: str, reason: str, causes: tuple[Reason, ...]) -> str:
    """Find what is wrong with why something is not adopted: "reject_why", "say_more" or "reason_too_long"; empty when nothing is."""
    if reason_of(causes, cause) is None:
        return "reject_why"
    if cause == ANOTHER_CAUSE and not reason:
        return "say_more"
    return "reason_too_long" if len(reason) > MOST_REASON else ""


def _lines(text: str) -> tuple[str, ...]:
    lines = (" ".join(line.split()) for line in text.splitlines())
    return tuple(line for line in lines if line)


def faults(columns: Columns, codes: frozenset[str]) -> Iterator[Wrong]:
    """Find what is wrong, in the order of the form. `codes` are the types there are; empty when they are not known."""
    if not columns.accident_type or (codes and columns.accident_type not in codes):
        yield Wrong("type", "empty")
    for field, most in _MOST.items():
        value: str | tuple[str, ...] = getattr(columns, field)
        lines = (value,) if isinstance(value, str) else value
        if not any(lines) and field != "improvement":
            yield Wrong(field, "empty")
        if any(len(line) > most for line in lines) or len(lines) > MOST_LINES:
            yield Wrong(field, "too_long", most)
