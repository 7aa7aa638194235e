"""The short lists of 事故假想: what is wrong with them is said at the start, and every type of
accident has something to choose.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.packs import PackError, load_accident_lists, load_scenes

CONFIG = Path(__file__).parents[3] / "config" / "lists"
LISTS = load_accident_lists(CONFIG / "accident-types.toml")


def test_every_type_has_some_places_and_some_mishaps() -> None:
    scenes = load_scenes(CONFIG / "scenes.toml", LISTS)
    known = LISTS.named(scenes.accident_list)
    assert known
    for code in known.codes:
        assert 2 <= len(scenes.wheres(code)) <= 8
        assert 2 <= len(scenes.whats(code)) <= 8
    assert scenes.whats("5") != scenes.whats("6") == scenes.what


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            'accident_list = "notice-20"',
            'accident_list = "notice-21"',
            "accident_list: no list 'notice-21'",
        ),
        ('id = "passage"', 'id = "machine"', "where: 'machine' stands there 2 times"),
        ('codes = ["1"]', 'codes = ["21"]', "of[0].codes: '21' is no code of notice-20"),
        ('codes = ["1"]', 'codes = ["2"]', "of.codes: '2' stands there 2 times"),
        (
            'text = "机器旁边"',
            'text = "机器旁边机器旁边机器旁"',
            "where[0].text: expected str of length <= 10",
        ),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, old: str, new: str, expected: str) -> None:
    text = (CONFIG / "scenes.toml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "scenes.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(PackError) as raised:
        load_scenes(path, LISTS)
    assert expected in str(raised.value)
