"""The tables of scenes that workers proposed (事故假想)."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from kiosk.journal.entries import Entry
from kiosk.journal.writes import Write, insert, json_text
from kiosk.records import facts as f


@functools.singledispatch
def writes(_fact: f.Fact, _entry: Entry) -> Sequence[Write]:
    """Return the statements that carry an entry and its fact into these tables."""
    return ()


@writes.register(f.ScenarioProposed)
def _(fact: f.ScenarioProposed, entry: Entry) -> Sequence[Write]:
    what = (fact.proposal, fact.worker, fact.post, fact.accident_list, fact.accident_type)
    scene = (fact.where, fact.what, fact.photo, fact.thumbnail)
    return insert(
        "proposal",
        entry.seq,
        entry.at,
        *what,
        *scene,
        "proposed",
        "",
        "[]",
        "[]",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        0,
    )


@writes.register(f.ScenarioEdited)
def _(fact: f.ScenarioEdited, entry: Entry) -> Sequence[Write]:
    statement = """UPDATE proposal SET state = 'edited', scene = ?, prevention = ?, response = ?,
        improvement = ?, accident_type = iif(? = '', accident_type, ?), edited_by = ?, edited_at = ?
        WHERE id = ?"""
    columns = (fact.scene, json_text(fact.prevention), json_text(fact.response), fact.improvement)
    kind = (fact.accident_type, fact.accident_type)
    return ((statement, (*columns, *kind, fact.by, entry.at, fact.proposal)),)


_DECIDED = (
    "UPDATE proposal SET state = ?, decided_by = ?, decided_at = ?, reason = ?, cause = ? "
    "WHERE id = ?"
)


@writes.register(f.ScenarioApproved)
def _(fact: f.ScenarioApproved, entry: Entry) -> Sequence[Write]:
    return ((_DECIDED, ("approved", fact.by, entry.at, "", "", fact.proposal)),)


@writes.register(f.ScenarioRejected)
def _(fact: f.ScenarioRejected, entry: Entry) -> Sequence[Write]:
    return ((_DECIDED, ("rejected", fact.by, entry.at, fact.reason, fact.cause, fact.proposal)),)


@writes.register(f.ScenarioTold)
def _(fact: f.ScenarioTold, entry: Entry) -> Sequence[Write]:
    return (("UPDATE proposal SET told = ? WHERE id = ?", (entry.seq, fact.proposal)),)
