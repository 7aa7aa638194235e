"""The tables of paper forms that were entered later (补录)."""

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


@writes.register(f.PaperEntered)
def _(fact: f.PaperEntered, entry: Entry) -> Sequence[Write]:
    return _paper(fact, entry)


@writes.register(f.PaperCorrected)
def _(fact: f.PaperCorrected, entry: Entry) -> Sequence[Write]:
    """Keep the row of what is corrected: all versions of a form are found by the first of them."""
    replaced = ("UPDATE paper SET corrected_by = ? WHERE id = ?", (fact.paper, fact.corrects))
    first = (
        "UPDATE paper SET first = ifnull((SELECT first FROM paper WHERE id = ?), first) "
        "WHERE id = ?"
    )
    return (
        *_paper(fact, entry, fact.corrects, fact.why),
        (first, (fact.corrects, fact.paper)),
        replaced,
    )


def _paper(
    fact: f.PaperEntered, entry: Entry, corrects: str = "", why: str = ""
) -> Sequence[Write]:
    what = (
        fact.paper,
        fact.by,
        fact.worker,
        fact.post,
        json_text(fact.works),
        fact.shift_on.isoformat(),
        fact.shift,
    )
    how = (
        json_text(fact.answers),
        fact.signed_by,
        fact.cause,
        fact.kept_at,
        fact.photo,
        fact.thumbnail,
    )
    return insert("paper", entry.seq, entry.at, *what, *how, corrects, why, fact.paper, "")
