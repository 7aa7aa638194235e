"""sync.db: what is remembered between drains."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.errors import ProgressError
from sync.progress import DATABASE, LOCK, Progress, Standing, read_receipts, read_standing
from sync.protocol import Held

COUNTY = "https://county.example"
FIRST = Held(3, "ab" * 32, 4)
LATER = Held(5, "cd" * 32, 0)


def test_what_is_remembered_survives_the_process(tmp_path: Path) -> None:
    assert read_standing(tmp_path, COUNTY) == Standing()
    with Progress.open(tmp_path, COUNTY) as progress:
        progress.confirmed(FIRST, 100.0)
        progress.confirmed(LATER, 200.0)
    with Progress.open(tmp_path, COUNTY) as progress:
        assert progress.standing() == Standing(5, "cd" * 32, 0, 200.0)
        assert progress.receipts() == [FIRST, LATER]
    assert read_standing(tmp_path, COUNTY) == Standing(5, "cd" * 32, 0, 200.0)


def test_counties_are_kept_apart(tmp_path: Path) -> None:
    with Progress.open(tmp_path, COUNTY) as progress:
        progress.confirmed(FIRST, 100.0)
    with Progress.open(tmp_path, "https://other.example") as progress:
        assert progress.standing() == Standing()
        assert progress.receipts() == []


def test_failures_add_up_until_the_county_holds_more(tmp_path: Path) -> None:
    """A county that answers a question and then fails must not be asked ever faster."""
    with Progress.open(tmp_path, COUNTY) as progress:
        progress.confirmed(FIRST, 100.0)
        for failures in (1, 2):
            progress.failed("网络不通", 150.0)
            progress.confirmed(FIRST, 140.0)
            assert progress.standing() == Standing(
                3, "ab" * 32, 4, 140.0, failures, 150.0, "网络不通"
            )
        progress.confirmed(LATER, 160.0)
        assert progress.standing() == Standing(5, "cd" * 32, 0, 160.0)


def test_the_end_of_a_drain_ends_the_failures(tmp_path: Path) -> None:
    with Progress.open(tmp_path, COUNTY) as progress:
        progress.confirmed(FIRST, 100.0)
        progress.failed("网络不通", 150.0)
        progress.finished()
        assert progress.standing() == Standing(3, "ab" * 32, 4, 100.0)


def test_the_same_number_again_keeps_the_newest_receipt(tmp_path: Path) -> None:
    whole = Held(3, "ab" * 32, 0)
    with Progress.open(tmp_path, COUNTY) as progress:
        progress.confirmed(FIRST, 100.0)
        progress.confirmed(whole, 110.0)
        assert progress.receipts() == [whole]


def test_receipts_of_every_county_are_read_beside_a_drain(tmp_path: Path) -> None:
    assert read_receipts(tmp_path) == []
    with Progress.open(tmp_path, COUNTY) as progress:
        progress.confirmed(LATER, 100.0)
    with Progress.open(tmp_path, "https://other.example") as progress:
        progress.confirmed(FIRST, 100.0)
        assert read_receipts(tmp_path) == [FIRST, LATER]


def test_a_damaged_file_is_named_and_what_to_do(tmp_path: Path) -> None:
    (tmp_path / DATABASE).write_bytes(b"no database" * 100)
    for reading in (read_receipts, lambda folder: read_standing(folder, COUNTY)):
        with pytest.raises(ProgressError, match=rf"{DATABASE} 读不出，可能已损坏；请从备份恢复"):
            reading(tmp_path)


@pytest.fixture
def _open_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.mark.usefixtures("_open_umask")
def test_nobody_but_its_owner_reads_or_locks_it(tmp_path: Path) -> None:
    with Progress.open(tmp_path, COUNTY) as progress:
        progress.confirmed(FIRST, 100.0)
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert {DATABASE, LOCK} <= modes.keys()
    assert set(modes.values()) == {0o600}
