"""`verify` finds any change, anywhere: in a row, in a photo, in the bytes of the file."""

from __future__ import annotations

import random
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from kiosk.journal.blobs import PHOTOS, Photos
from kiosk.journal.database import DATABASE, connect_writer, insert_entries
from kiosk.journal.entries import digest, genesis
from kiosk.journal.errors import MissingJournalError, NewerDataError
from kiosk.journal.log import Journal
from kiosk.journal.tables import PROJECTIONS
from kiosk.journal.verify import Bad, Report, verify
from kiosk.records import facts as f
from tests.fakes.facts import PHOTO, STATION, THUMBNAIL, one_of_each_kind, passed_check, still
from tests.fakes.facts import digest as digest_of
from tests.fakes.waiting import until

_TABLES = ("entry", *PROJECTIONS)
_KINDS = one_of_each_kind()


def bad_of(folder: Path) -> Bad | None:
    return verify(folder, STATION).bad


def test_a_journal_as_it_was_written_is_fine(recorded: Path) -> None:
    heard: list[tuple[str, int, int]] = []
    report = verify(recorded, STATION, lambda *progress: heard.append(progress))
    assert report.bad is None
    assert report.entries == report.head.seq == len(_KINDS)
    named = f.PhotoTaken | f.ScenarioProposed | f.PaperEntered
    taken = sum(bool(fact.photo) for fact in _KINDS if isinstance(fact, named))
    assert report.photos == 2 * taken
    assert heard[0] == ("entries", len(_KINDS), len(_KINDS))
    assert heard[-1] == ("photos", taken, taken)


def test_an_empty_journal_is_fine_and_none_is_not(tmp_path: Path) -> None:
    with pytest.raises(MissingJournalError, match="no journal in"):
        verify(tmp_path, STATION)
    Journal.open(tmp_path, STATION, still).close()
    report = verify(tmp_path, STATION)
    assert (report.entries, report.head.hash, report.bad) == (0, genesis(STATION), None)


def test_the_station_may_go_on_writing(recorded: Path) -> None:
    enough = threading.Event()

    def write(journal: Journal) -> None:
        number = 0
        while not enough.is_set():
            journal.append(list(passed_check(f"meanwhile-{number}")))
            number += 1

    def grown() -> bool:
        reports.append(verify(recorded, STATION))
        return reports[-1].entries > reports[0].entries

    reports: list[Report] = []
    with Journal.open(recorded, STATION, still) as journal:
        writer = threading.Thread(target=write, args=(journal,))
        writer.start()
        try:
            until(grown)
        finally:
            enough.set()
            writer.join()
    assert {report.bad for report in reports} == {None}


def test_another_stations_journal_is_bad_from_its_first_entry(recorded: Path) -> None:
    assert verify(recorded, "st-0002").bad == Bad(1, "does not follow the entry before it")


# A photo.


def test_one_flipped_byte_anywhere_in_a_photo_is_found(recorded: Path) -> None:
    first = next(seq for seq, fact in enumerate(_KINDS, start=1) if isinstance(fact, f.PhotoTaken))
    for data in (PHOTO, THUMBNAIL):
        path = Photos(recorded / PHOTOS).path(digest_of(data))
        assert path is not None
        for at in range(len(data)):
            path.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
            bad = bad_of(recorded)
            assert bad is not None, at
            assert bad.seq == first
            assert "changed" in bad.why
        path.write_bytes(data)
    assert bad_of(recorded) is None


def test_a_photo_that_is_gone_is_found(recorded: Path) -> None:
    path = Photos(recorded / PHOTOS).path(digest_of(THUMBNAIL))
    assert path is not None
    path.unlink()
    bad = bad_of(recorded)
    assert bad is not None
    assert "missing" in bad.why


def test_a_photo_that_the_card_cannot_give_back_is_found(recorded: Path) -> None:
    path = Photos(recorded / PHOTOS).path(digest_of(PHOTO))
    assert path is not None
    path.unlink()
    path.symlink_to("/proc/self/mem")  # a file whose first byte is an input/output error
    bad = bad_of(recorded)
    assert bad is not None
    assert "cannot be read" in bad.why


# The bytes of the file, as a failing card would change them.


def contents(folder: Path) -> list[Any] | None:
    """Return every row of the tables, with types; None when they cannot all be read."""
    try:
        with closing(sqlite3.connect(folder / DATABASE)) as connection:
            rows = (
                row for table in _TABLES for row in connection.execute(f"SELECT * FROM {table}")
            )
            return [[(type(value), value) for value in row] for row in rows]
    except sqlite3.Error:
        return None


def flips(size: int) -> Iterator[tuple[int, int]]:
    """Yield places spread over the file, each with the bit to turn."""
    chance = random.Random(size)
    step = 293
    for at in range(0, size, step):
        yield chance.randrange(at, min(size, at + step)), 1 << chance.randrange(8)


def test_a_flipped_byte_in_the_file_is_never_called_fine_when_a_row_differs(recorded: Path) -> None:
    path, right = recorded / DATABASE, contents(recorded)
    whole = path.read_bytes()
    found = 0
    for at, bit in flips(len(whole)):
        data = bytearray(whole)
        data[at] ^= bit
        path.write_bytes(data)
        try:
            fine = bad_of(recorded) is None
        except (NewerDataError, MissingJournalError):
            fine = False
        if fine:
            assert contents(recorded) == right, (at, bit)
        found += not fine
        for beside in ("-wal", "-shm"):
            path.with_name(f"{DATABASE}{beside}").unlink(missing_ok=True)
    assert found > 50


@pytest.mark.parametrize("kept", [0.9, 0.5, 0.1, 0.001])
def test_a_torn_file_is_found(recorded: Path, kept: float) -> None:
    path = recorded / DATABASE
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * kept)])
    bad = bad_of(recorded)
    assert bad is not None
    assert bad.seq == 0


# What a newer version wrote.


def test_a_fact_of_a_kind_nobody_knows_yet_is_named(tmp_path: Path) -> None:
    with Journal.open(tmp_path, STATION, still) as journal:
        (entry,) = journal.append([f.WorkerChanged("1001")])
    later = replace(
        entry, seq=2, kind="dream.recorded", body='{"type":"dream.recorded"}', prev=entry.hash
    )
    with closing(connect_writer(tmp_path)) as connection:
        insert_entries(connection, [replace(later, hash=digest(later))])
    bad = bad_of(tmp_path)
    assert bad is not None
    assert bad.seq == 2
    assert "does not know (dream.recorded)" in bad.why


def test_a_copy_of_the_folder_verifies_too(
    recorded: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    copy = tmp_path_factory.mktemp("copy") / "data"
    shutil.copytree(recorded, copy)
    assert bad_of(copy) is None
