from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from kiosk.journal.blobs import PHOTOS, Photos
from kiosk.journal.log import Journal
from kiosk.model.people import CardNumber, Certificate, Roster, Worker
from kiosk.records import facts as f
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
            record(journal, fact)
    return tmp_path


def record(journal: Journal, fact: f.AnyFact) -> None:
    """Record a fact so that it is true of this journal: a signed head is its own, people and cards are in the roster."""
    match fact:
        case f.HeadSigned():
            journal.append([replace(fact, seq=journal.head.seq, hash=journal.head.hash)])
        case f.WorkerChanged(worker=worker):
            journal.change_roster(Roster((welder(worker),)), str)
        case f.CardAssigned(card=card, worker=worker):
            journal.change_roster(Roster((), (CardNumber(worker, "10D", "1"),)), lambda _: card)
        case _:
            journal.append([fact])


def welder(worker: str) -> Worker:
    held = (Certificate("熔化焊接与热切割作业", date(2027, 5, 1), "T1"),)
    return Worker(worker, "张三", "甲班", posts=("welder", "press"), certificates=held, blocked="离岗")
