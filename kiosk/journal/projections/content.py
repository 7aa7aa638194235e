"""The tables of the factory's content: who answers for a measure, what was published, how words are read, whose voice is played."""

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


@writes.register(f.MeasureNamed)
def _(fact: f.MeasureNamed, entry: Entry) -> Sequence[Write]:
    statement = "INSERT OR REPLACE INTO measure_named VALUES (?, ?, ?, ?, ?)"
    return ((statement, (fact.post, fact.measure, fact.worker, fact.deputy, entry.seq)),)


@writes.register(f.PackPublished)
def _(fact: f.PackPublished, entry: Entry) -> Sequence[Write]:
    return insert("pack_published", entry.seq, entry.at, fact.pack, fact.version, fact.digest, fact.by)


@writes.register(f.PackWithdrawn)
def _(fact: f.PackWithdrawn, entry: Entry) -> Sequence[Write]:
    return insert("pack_withdrawn", entry.seq, entry.at, fact.pack, fact.version, fact.by)


@writes.register(f.ReadingSet)
def _(fact: f.ReadingSet, entry: Entry) -> Sequence[Write]:
    if not fact.sounds:
        return (("DELETE FROM reading WHERE word = ?", (fact.word,)),)
    values = (fact.word, json_text(fact.sounds), fact.by, entry.at, entry.seq)
    return (("INSERT OR REPLACE INTO reading VALUES (?, ?, ?, ?, ?)", values),)


@writes.register(f.RecordingKept)
def _(fact: f.RecordingKept, entry: Entry) -> Sequence[Write]:
    values = (fact.text, fact.recording, fact.by, entry.at, entry.seq)
    return (("INSERT OR REPLACE INTO recording VALUES (?, ?, ?, ?, ?)", values),)


@writes.register(f.RecordingRemoved)
def _(fact: f.RecordingRemoved, _entry: Entry) -> Sequence[Write]:
    return (("DELETE FROM recording WHERE text = ?", (fact.text,)),)
