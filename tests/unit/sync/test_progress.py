"""sync.db: what is remembered between drains."""

from __future__ import annotations

from pathlib import Path

from sync.progress import Progress, Standing, read_standing
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
            assert progress.standing() == Standing(3, "ab" * 32, 4, 140.0, failures, 150.0, "网络不通")
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
