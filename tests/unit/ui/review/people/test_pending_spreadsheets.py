"""Uploaded sheets that wait to be applied: they outlive the process, but not their hour."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kiosk.model.people import Roster, Worker
from kiosk.rosters import Draft
from ui.review.people.pending_spreadsheets import RosterDrafts

NAMED = Draft(Roster((Worker("B101", "孔一"),)), (2,))


class Clock:
    """A wall clock turned by hand."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 24, 8, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def files(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


def test_a_draft_outlives_the_process_for_its_owner_alone(tmp_path: Path, clock: Clock) -> None:
    folder = tmp_path / "imports"
    key = RosterDrafts(folder, clock).keep("S001", NAMED)
    again = RosterDrafts(folder, clock)
    assert again.get("S001", key) == NAMED
    assert again.get("S002", key) is None
    again.drop("S002", key)
    assert again.get("S001", key) == NAMED
    assert {oct(path.stat().st_mode & 0o777) for path in files(folder)} == {"0o600"}
    assert oct(folder.stat().st_mode & 0o777) == "0o700"


def test_what_is_dropped_replaced_or_an_hour_old_is_off_the_disk(tmp_path: Path, clock: Clock) -> None:
    drafts = RosterDrafts(tmp_path, clock)
    drafts.drop("S001", drafts.keep("S001", NAMED))
    assert files(tmp_path) == []
    drafts.keep("S001", NAMED)
    key = drafts.keep("S001", NAMED)
    assert [path.name for path in files(tmp_path)] == [key]
    clock.now += timedelta(minutes=61)
    RosterDrafts(tmp_path, clock)
    assert files(tmp_path) == []
    assert drafts.get("S001", key) is None


def test_only_the_newest_few_are_kept(tmp_path: Path, clock: Clock) -> None:
    drafts = RosterDrafts(tmp_path, clock)
    keys = []
    for number in range(6):
        clock.now += timedelta(minutes=1)
        keys.append(drafts.keep(f"S00{number}", NAMED))
    assert {path.name for path in files(tmp_path)} == set(keys[2:])


@pytest.mark.parametrize("left", ["half.new", "A" * 16])
def test_what_a_crash_left_is_swept(tmp_path: Path, clock: Clock, left: str) -> None:
    (tmp_path / left).write_bytes(b"half")
    RosterDrafts(tmp_path, clock)
    assert files(tmp_path) == []


def test_a_key_leads_nowhere_else(tmp_path: Path, clock: Clock) -> None:
    folder = tmp_path / "imports"
    key = RosterDrafts(tmp_path, clock).keep("S001", NAMED)
    drafts = RosterDrafts(folder, clock)
    assert drafts.get("S001", f"../{key}") is None
    drafts.drop("S001", f"../{key}")
    assert (tmp_path / key).exists()
