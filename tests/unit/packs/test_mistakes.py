"""Each mistake a pack's author can make is named with its file, its key and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.packs import load_pack
from tests.unit.packs.spoiling import PRESS, VARIANT, WELDER, change, problems


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        (WELDER, "answer = 0", "answer = 3", "questions[0].answer: expected 0..2, got 3"),
        (WELDER, "answer = 0", "answer = 4", "questions[0].answer: expected int <= 3, got 4"),
        (WELDER, "answer = 0", 'answer = "0"', "questions[0].answer: expected int, got str"),
        (
            WELDER,
            'family = "risk"',
            'family = "fear"',
            "questions[0].family: expected one of risk, measure, inspection, response, got 'fear'",
        ),
        (
            WELDER,
            'choices = ["人触电", "跳闸"',
            'choices = ["人触电", "人触电"',
            "questions[0].choices: '人触电' stands there 2 times",
        ),
        (WELDER, 'think = "外壳', 'thinks = "外壳', "drill.steps[1].think: missing; write it"),
        (
            WELDER,
            'call = "',
            'call = ""\n#',
            "drill.steps[0].call: expected str of length >= 1, got ''",
        ),
        (
            WELDER,
            'id = "grounding"',
            'id = "protection"',
            "drill.steps[1].id: 'protection' is already the id of drill.steps[0]",
        ),
        (
            WELDER,
            'id = "grounding"',
            'id = "tools"',
            (
                "drill.steps[1].id: 'tools' is the name of a confirmation; records could not "
                "tell the two apart"
            ),
        ),
        (
            WELDER,
            'id = "embers"',
            'id = "power-off"',
            "more_drills[1].steps[2].id: 'power-off' is already the id of more_drills[1].steps[0]",
        ),
        (
            WELDER,
            'id = "end-of-shift"',
            'id = "start-of-shift"',
            "more_drills[1].id: 'start-of-shift' is already the id of drill",
        ),
        (
            WELDER,
            'id = "fire"',
            'id = "burn"',
            "emergency[3].id: 'burn' is already the id of emergency[1]",
        ),
        (
            WELDER,
            'id = "welder"',
            'id = "welders"',
            "id: expected 'welder' like the file's name, got 'welders'",
        ),
        (
            WELDER,
            'id = "welder"',
            'id = "Welder!"',
            "id: expected str matching regex '^[a-z0-9]+(-[a-z0-9]+)*$', got 'Welder!'",
        ),
        (
            WELDER,
            'accident_types = ["5", "8", "7"',
            'accident_types = ["5", "21", "7"',
            "accident_types[1]: '21' is not in the pack's list of accident types",
        ),
        (
            WELDER,
            'accident_types = ["5"]\nscene',
            'accident_types = ["电"]\nscene',
            "scenarios[0].accident_types[0]: '电' is not in the pack's list of accident types",
        ),
        (
            WELDER,
            'photo = "welder.svg"',
            'photo = "weld.svg"',
            (
                "drill.steps[0].target.photo: no picture targets/weld.svg; put it there or take "
                "the target out"
            ),
        ),
        (
            WELDER,
            "x = 0.572",
            "x = 0.05",
            "drill.steps[0].target.x: 0.05 ± radius 0.12 leaves the picture (0..1)",
        ),
        (
            WELDER,
            "x = 0.572",
            "x = 57.2",
            "drill.steps[0].target.x: expected float <= 1.0, got 57.2",
        ),
        (
            WELDER,
            'look = "证有效',
            'look = "' + "很长的话" * 7 + "证有效",
            "drill.steps[0].look: takes 13 s to speak; write at most 38 characters",
        ),
        (
            WELDER,
            'phone = "120"',
            'phone = "一二零"',
            "emergency[0].phone: expected str matching regex '^[0-9 -]*$', got '一二零'",
        ),
        (WELDER, "[drill]", "[drills]", "drill.id: missing; write it"),
        (
            PRESS,
            'title = "开机前"',
            'title = "开机前"\nspeed = 3',
            "drill.speed: unknown key; expected one of id, title, steps",
        ),
        (
            VARIANT,
            'variant_of = "press-operator"',
            'variant_of = "presser"',
            "variant_of: no post of its own: 'presser'",
        ),
        (
            VARIANT,
            'id = "hands"',
            'id = "safeguard"',
            "drill.steps[7].id: 'safeguard' is already the id of drill.steps[4]",
        ),
        (
            "pack.toml",
            "review_on = 2027-11-01",
            "review_on = 2026-11-01",
            "review_on: expected a day after 2026-11-01, got 2026-11-01",
        ),
        (
            "pack.toml",
            "effective_on = 2026-11-01",
            "effective_on = 2026",
            "effective_on: expected date, got int",
        ),
        (
            "pack.toml",
            '"notice-20"',
            '"notice-2"',
            (
                "accident_list: no list 'notice-2'; expected one of notice-20, gb6441-1986, "
                "gb6441-2025"
            ),
        ),
        (
            "pack.toml",
            "title =",
            "titel =",
            (
                "titel: unknown key; expected one of id, title, version, effective_on, review_on, "
                "provenance, accident_list, basis, lines, emergency, same_lines, work_order"
            ),
        ),
        (
            "works/hot-work.toml",
            'accident_types = ["8"',
            'accident_types = ["0"',
            "accident_types[0]: '0' is not in the pack's list of accident types",
        ),
    ],
)
def test_each_mistake_is_named(folder: Path, name: str, old: str, new: str, expected: str) -> None:
    change(folder, name, old, new)

    assert f"{name}: {expected}" in problems(lambda: load_pack(folder), folder)


def test_all_mistakes_of_a_pack_are_named_at_once(folder: Path) -> None:
    change(folder, "pack.toml", "review_on = 2027-11-01", "review_on = 2020-01-01")
    change(folder, WELDER, "answer = 0", 'answer = "first"')
    change(folder, WELDER, 'family = "measure"', "family = 3")
    change(folder, "works/hot-work.toml", 'title = "动火"', 'title = ""')

    found = problems(lambda: load_pack(folder), folder)

    assert [line.split(": ")[0:2] for line in found] == [
        ["posts/welder.toml", "questions[0].answer"],
        ["posts/welder.toml", "questions[3].family"],
        ["works/hot-work.toml", "title"],
        ["pack.toml", "review_on"],
    ]
