"""Appending to the journal: compared with a bare insert of the same bytes, and to a journal a
thousand times as long.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from itertools import islice
from pathlib import Path
from statistics import median
from typing import ParamSpec, TypeVar

import msgspec

from kiosk.journal.clock import system_moment
from kiosk.journal.database import connect_writer, insert_entries, transaction
from kiosk.journal.entries import Entry, seal
from kiosk.journal.ids import uuid7
from kiosk.journal.log import Journal
from kiosk.journal.projections import project
from kiosk.records.facts import AnyFact
from tests.bench.result import Result, folder_on_disk
from tests.fakes.facts import DAY, MOMENT, STATION, passed_check

P = ParamSpec("P")
T = TypeVar("T")
_SHORT = 1_000
_CHECKS_A_DAY = 60
_BATCH = 50_000


class Load(msgspec.Struct, frozen=True):
    """Appends of each kind, and entries of the longer journal."""

    appends: int
    long: int


FULL, SMALLEST = Load(2_000, 1_000_000), Load(2, 2_000)


def run(load: Load = FULL) -> list[Result]:
    """Compare a durable append with its floors."""
    with folder_on_disk() as folder:
        return [
            _beside_bare_insert(folder / "bare", load),
            _beside_short(folder / "short", folder / "long", load),
        ]


def _beside_bare_insert(folder: Path, load: Load) -> Result:
    """Each fact of ordinary checks, appended one at a time; the floor inserts the entry it became,
    in one statement.
    """
    folder.mkdir()
    ours, floor = [], []
    with (
        Journal.open(folder, STATION, system_moment) as journal,
        closing(_bare(folder / "bare.db")) as bare,
    ):
        for fact in islice(_facts(), load.appends):
            seconds, (entry,) = _timed(journal.append, [fact])
            ours.append(seconds)
            floor.append(_timed(_insert_bare, bare, entry)[0])
    return Result(
        "append one fact; a bare insert of its bytes", *_medians_ms(ours, floor), "ms", aim=2
    )


def _beside_short(short: Path, long: Path, load: Load) -> Result:
    """The same appends, in turn, to a journal of 1,000 and to a long one."""
    _fill(short, _SHORT)
    _fill(long, load.long)
    at_long, at_short = [], []
    with (
        Journal.open(short, STATION, system_moment) as few,
        Journal.open(long, STATION, system_moment) as many,
    ):
        for fact in islice(_facts(), load.appends):
            at_long.append(_timed(many.append, [fact])[0])
            at_short.append(_timed(few.append, [fact])[0])
    return Result(
        f"append at {load.long:,} entries; at {_SHORT:,}",
        *_medians_ms(at_long, at_short),
        "ms",
        aim=1.2,
    )


def _facts() -> Iterator[AnyFact]:
    """Endless checks, 60 a day."""
    number = 0
    while True:
        day = DAY + timedelta(days=number // _CHECKS_A_DAY)
        yield from passed_check(uuid7(), str(1001 + number % _CHECKS_A_DAY), day)
        number += 1


def _fill(folder: Path, length: int) -> None:
    """Make a journal of that length quickly: sealed and projected as ever, but in large
    transactions and without fsync.
    """
    with Journal.open(folder, STATION, system_moment) as journal:
        prev = journal.head.hash
    facts = islice(_facts(), length)
    seq = 0
    with closing(connect_writer(folder)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        while batch := list(islice(facts, _BATCH)):
            with transaction(connection):
                for fact in batch:
                    entry = seal(seq + 1, uuid7(), MOMENT, fact, prev)
                    insert_entries(connection, (entry,))
                    project(connection, entry, fact)
                    seq, prev = entry.seq, entry.hash


def _bare(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(
        "CREATE TABLE entry (seq INTEGER PRIMARY KEY, id, kind, at, boot, mono_ns, "
        "clock_ok, body, prev, hash)"
    )
    return connection


def _insert_bare(connection: sqlite3.Connection, e: Entry) -> None:
    row = (e.seq, e.id, e.kind, e.at, e.boot, e.mono_ns, e.clock_ok, e.body, e.prev, e.hash)
    connection.execute("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)


def _timed(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> tuple[float, T]:
    began = time.perf_counter()
    result = work(*args, **kwargs)
    return time.perf_counter() - began, result


def _medians_ms(measured_s: list[float], floor_s: list[float]) -> tuple[float, float]:
    return median(measured_s) * 1e3, median(floor_s) * 1e3
