"""What the county makes of a proposed scene: it belongs to no check, and its photo is asked for like any other."""

from __future__ import annotations

from kiosk.journal.entries import Moment, genesis, seal
from kiosk.records.scenarios.facts import ScenarioProposed
from sync.county.projecting import Named, changes

MOMENT = Moment("2026-11-24T00:00:00.000Z", "boot", 1, True)


def test_the_photo_of_a_proposed_scene_is_wanted() -> None:
    said = ("p-1", "1001", "welder", "notice-20", "5", "配电箱旁", "电线破皮")
    fact = ScenarioProposed(*said, photo="ab" * 32, thumbnail="cd" * 32)
    entry = seal(1, "id-1", MOMENT, fact, genesis("st-0001"))
    assert list(changes([entry])) == [Named("ab" * 32, "photo", 1), Named("cd" * 32, "thumbnail", 1)]
