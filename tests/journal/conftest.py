from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from kiosk.journal.log import Head, Journal
from kiosk.journal.photos import PHOTOS, Photos
from kiosk.model import facts as f
from tests.fakes.facts import PHOTO, STATION, THUMBNAIL, one_of_each_kind, still


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with Journal.open(tmp_path, STATION, still) as journal:
        yield journal


@pytest.fixture
def recorded(tmp_path: Path) -> Path:
    """A data folder whose journal holds every kind of fact, with the photos it names; nobody has it open."""
    photos = Photos.open(tmp_path / PHOTOS)
    photos.store(PHOTO)
    photos.store(THUMBNAIL)
    with Journal.open(tmp_path, STATION, still) as journal:
        for fact in one_of_each_kind():
            journal.append([_of_this_journal(fact, journal.head)])
    return tmp_path


def _of_this_journal(fact: f.AnyFact, head: Head) -> f.AnyFact:
    """Let a signed head be this journal's own."""
    return replace(fact, seq=head.seq, hash=head.hash) if isinstance(fact, f.HeadSigned) else fact
