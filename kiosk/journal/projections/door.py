"""The tables of refusals, cards that no check was asked for, and work that was stopped."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from kiosk.journal.entries import Entry
from kiosk.journal.writes import Write, insert, json_text
from kiosk.records import facts as f


@functools.singledispatch
def writes(_fact: f.Fact, _entry: Entry) -> Sequence[Write]:
    """Give the statements that carry an entry and its fact into these tables."""
    return ()


@writes.register(f.CheckRefused)
def _(fact: f.CheckRefused, entry: Entry) -> Sequence[Write]:
    return insert("refusal", entry.seq, entry.at, fact.card, json_text(fact.reasons), fact.worker)


@writes.register(f.CardNoted)
def _(fact: f.CardNoted, entry: Entry) -> Sequence[Write]:
    values = (fact.worker, fact.shift_on.isoformat(), fact.shift, fact.policy)
    return insert("noted", entry.seq, entry.at, *values)


@writes.register(f.WorkStopped)
def _(fact: f.WorkStopped, entry: Entry) -> Sequence[Write]:
    return insert("stop_work", entry.seq, entry.at, fact.stop, fact.reason, fact.worker, fact.check)
