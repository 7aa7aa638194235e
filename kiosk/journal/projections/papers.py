"""The tables of paper forms that were entered later (补录)."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from kiosk.journal.entries import Entry
from kiosk.journal.projections.statements import Write, insert, json_text
from kiosk.model import facts as f


@functools.singledispatch
def writes(_fact: f.Fact, _entry: Entry) -> Sequence[Write]:
    """Give the statements that carry an entry and its fact into these tables."""
    return ()


@writes.register(f.PaperEntered)
def _(fact: f.PaperEntered, entry: Entry) -> Sequence[Write]:
    what = (
        fact.paper,
        fact.by,
        fact.worker,
        fact.post,
        json_text(fact.works),
        fact.shift_on.isoformat(),
        fact.shift,
    )
    how = (json_text(fact.answers), fact.signed_by, fact.cause, fact.kept_at)
    return insert("paper", entry.seq, entry.at, *what, *how)
