"""What the county makes of a paper form entered later (补录): no check, and a photo that is asked for like any other."""

from __future__ import annotations

from datetime import date

import pytest

from kiosk.journal.entries import Moment, genesis, seal
from kiosk.records import facts as f
from sync.county.projecting import Named, changes

MOMENT = Moment("2026-11-24T00:00:00.000Z", "boot", 1, True)
SAID = ("2001", "1001", "welder", (), date(2026, 11, 24), "早班", (), "1001", f.PaperCause.POWER, "一号柜")
PHOTO, THUMBNAIL = "ab" * 32, "cd" * 32


@pytest.mark.parametrize(
    "fact",
    [
        f.PaperEntered("p-1", *SAID, PHOTO, THUMBNAIL),
        f.PaperCorrected("p-2", *SAID, PHOTO, THUMBNAIL, corrects="p-1", why="岗位选错了"),
    ],
)
def test_the_photo_of_the_paper_is_wanted(fact: f.PaperEntered) -> None:
    entry = seal(1, "id-1", MOMENT, fact, genesis("st-0001"))
    assert list(changes([entry])) == [Named(PHOTO, "photo", 1), Named(THUMBNAIL, "thumbnail", 1)]


def test_without_a_photo_nothing_is_asked_for() -> None:
    assert list(changes([seal(1, "id-1", MOMENT, f.PaperEntered("p-1", *SAID), genesis("st-0001"))])) == []
