"""Drafts as files: their photos are bounded, because the disk is the door's, too; what is saved meanwhile is not lost."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from ui.review.content.store import MOST_PHOTOS_MB, DraftError, Drafts


class Clock:
    """Turned by hand."""

    def __init__(self) -> None:
        self.now = datetime.now().astimezone()

    def __call__(self) -> datetime:
        return self.now


def a_large_file(folder: Path, name: str) -> Path:
    """Put a file there that is as large as all photos may be together, and takes no room."""
    file = folder / "photos" / name
    file.touch()
    os.truncate(file, MOST_PHOTOS_MB << 20)
    return file


def test_photos_take_a_bounded_part_of_the_disk(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path, Clock())
    first = drafts.keep_photo(b"one")
    a_large_file(tmp_path, "ab" * 32)
    with pytest.raises(DraftError, match=f"照片已有 {MOST_PHOTOS_MB} MB，请先发布或删掉一些草稿"):
        drafts.keep_photo(b"two")
    assert drafts.photo(first)


def test_what_no_draft_names_any_more_makes_room_first(tmp_path: Path) -> None:
    clock = Clock()
    drafts = Drafts(tmp_path, clock)
    named, large = drafts.keep_photo(b"one"), a_large_file(tmp_path, "ab" * 32)
    draft = drafts.begin("S001", {}, {"photo.jpg": named})
    clock.now += timedelta(hours=2)
    new = drafts.keep_photo(b"two")
    assert not large.exists()
    assert drafts.photo(named) is not None, "a draft still shows it"
    drafts.remove(draft.id)
    assert drafts.photo(new) is not None


def test_a_disk_that_takes_no_photo_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "photos").write_text("no folder")
    with pytest.raises(DraftError, match="照片没有保存"):
        Drafts(tmp_path, Clock()).keep_photo(b"one")


def test_what_somebody_saves_while_a_draft_is_published_is_not_lost(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path, Clock())
    published = drafts.begin("S001", {"title": "一"}, {})
    drafts.change(published.id, "S002", lambda old: replace(old, table={"title": "二"}))
    assert not drafts.finish(published)
    left = drafts.find(published.id)
    assert left is not None
    assert left.table == {"title": "二"}
    assert drafts.finish(left)
    assert drafts.find(published.id) is None
