"""A child to be killed: appends checks with fresh photos for ever and prints number and hash of each entry once it is recorded."""

from __future__ import annotations

import os
import sys
from itertools import count
from pathlib import Path

from msgspec.structs import replace

from kiosk.journal.blobs import PHOTOS, Photos
from kiosk.journal.clock import system_moment
from kiosk.journal.ids import uuid7
from kiosk.journal.log import Journal
from kiosk.records.checks.facts import ConfirmationMade, PhotoTaken
from kiosk.records.facts import AnyFact
from tests.fakes.facts import STATION, passed_check


def main(folder: Path) -> None:
    photos = Photos.open(folder / PHOTOS)
    with Journal.open(folder, STATION, system_moment) as journal:
        for number in count():
            photo = photos.store(os.urandom(20_000))
            for fact in passed_check(uuid7(), str(1000 + number)):
                for entry in journal.append([_with_photo(fact, photo)]):
                    print(entry.seq, entry.hash, flush=True)  # noqa: T201


def _with_photo(fact: AnyFact, photo: str) -> AnyFact:
    match fact:
        case PhotoTaken():
            return replace(fact, photo=photo, thumbnail=photo)
        case ConfirmationMade():
            return replace(fact, photo=photo)
        case _:
            return fact


if __name__ == "__main__":
    main(Path(sys.argv[1]))
