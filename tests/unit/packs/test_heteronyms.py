"""Who writes a sentence reads how its characters of several readings are spoken."""

from __future__ import annotations

from tests.unit.packs.heteronyms import CHECKED, found


def test_every_character_of_several_readings_was_read_in_its_place() -> None:
    checked = CHECKED.read_text("utf-8").splitlines()
    now = found()
    fresh = sorted(set(now) - set(checked))
    gone = sorted(set(checked) - set(now))
    told = "\n".join(
        [
            "read these, then: python -m tests.unit.packs.heteronyms",
            *fresh,
            "no longer said:",
            *gone,
        ]
    )
    assert not fresh, told
    assert not gone, told
    assert checked == now
