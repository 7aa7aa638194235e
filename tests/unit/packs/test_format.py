"""What a pack may say of its lines, steps, cards and works besides their text, and what is
refused.
"""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import msgspec
import pytest

from kiosk.model.content import Line, Lines, Pack, Part, Sign
from kiosk.model.manuscript import Manuscript, manuscript_of
from kiosk.packs import load_accident_lists, load_pack
from kiosk.packs.advice import SIGNS, Known, advice
from kiosk.packs.bundling import bundle, without_photos
from kiosk.packs.caps import warnings
from kiosk.packs.comparing import changes
from kiosk.packs.writing import pack_files, plain, write_pack
from kiosk.uploads.pack import taken_apart
from tests.unit.packs.spoiling import CONFIG, SHIPPED, WELDER, change, problems

LISTS = load_accident_lists(CONFIG / "lists" / "accident-types.toml")
CODES = {each.id: each.codes for each in LISTS.lists}
HOT_WORK = "works/hot-work.toml"
WELDER_LINES = 'skills = [{ text = "出事先停手、撤开、报告", same_as = "stop-report" }]'
BRIEFED = 'preparation = [{ text = "班前会开过", same_as = "briefed", accident_types = ["9"] }]'
CARD = """
[[emergency]]
id = "burnt"
title = "烧伤"
sign = "burn"
precedence = 2
accident_types = ["7"]
actions = ["冷水冲", "喊人打120"]
"""
DRILL = """
[[drills]]
id = "before-fire"
title = "动火前"

[[drills.steps]]
id = "gas"
think = "一点就炸"
look = "气体测过，合格"
point = "测爆仪"
call = "气体合格，确认完毕！"
always = true
accident_types = ["18"]
"""
LIMITS = '\n[[limits]]\nname = "氧"\nunit = "%VOL"\nat_least = 19.5\nat_most = 23.5\n'


def append(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


@pytest.fixture
def rich(folder: Path) -> Path:
    """A pack that says all that a pack may say."""
    change(folder, WELDER, WELDER_LINES, f"{WELDER_LINES}\n{BRIEFED}")
    change(folder, HOT_WORK, 'title = "动火"', 'title = "动火"\ndrill = "before-fire"')
    append(folder, HOT_WORK, CARD + DRILL + LIMITS)
    return folder


def table_of(pack: Pack) -> Any:
    return deepcopy(msgspec.to_builtins(plain(manuscript_of(pack))))


def test_a_line_is_a_text_or_a_table_and_reads_the_same() -> None:
    lines = msgspec.convert({"tools": ["看过", {"text": "试过", "same_as": "tried"}]}, Lines)

    assert lines.of(Part.TOOLS) == (Line("看过"), Line("试过", "tried"))


def test_all_that_is_said_is_loaded_written_and_read_back(rich: Path, tmp_path: Path) -> None:
    pack = load_pack(rich)
    pictures: dict[str, Path | bytes] = {
        file.name: file.read_bytes() for file in (rich / "targets").iterdir()
    }
    write_pack(tmp_path / "copy", manuscript_of(pack), "2.0", pictures)
    copy = load_pack(tmp_path / "copy", LISTS)

    assert manuscript_of(copy) == manuscript_of(pack)
    welder, work = copy.post("welder"), copy.work("hot-work")
    assert welder is not None
    assert work is not None
    assert welder.lines.of(Part.PREPARATION) == (Line("班前会开过", "briefed", ("9",)),)
    assert (work.drill, work.drills[0].steps[0].always) == ("before-fire", True)
    assert (work.emergency[-1].sign, work.emergency[-1].precedence) == (Sign.BURN, 2)
    assert (work.limits[0].at_least, work.limits[0].at_most) == (19.5, 23.5)
    assert copy.emergency[0].accident_types == ("3", "1")
    assert copy.same_lines[0].about == "交底"


def test_all_that_is_said_goes_through_a_bundle_and_the_pages_tables(rich: Path) -> None:
    pack = load_pack(rich)
    taken = taken_apart(bundle(pack, {}))

    assert taken.unknown == ()
    assert msgspec.convert(taken.table, Manuscript) == msgspec.convert(
        without_photos(pack), Manuscript
    )
    assert advice(table_of(pack), Known(manuscript_of(pack).pictures, CODES)) == {}


def test_a_pack_of_before_is_written_as_it_was() -> None:
    new = (
        "same_as",
        "same_lines",
        "always",
        "sign",
        "precedence",
        "drills",
        "limits",
        "work_order",
    )
    older = manuscript_of(load_pack(SHIPPED, LISTS))
    stripped = msgspec.convert(_without(msgspec.to_builtins(plain(older)), new), Manuscript)
    written = b"".join(pack_files(stripped, "1.0").values()).decode()

    assert [key for key in new if f"{key} = " in written or f"[{key}]" in written] == []
    assert "null" not in msgspec.json.encode(plain(stripped)).decode()


def _without(value: Any, keys: tuple[str, ...]) -> Any:
    if isinstance(value, dict):
        if "text" in value and not {"choices", "answer"} & value.keys():
            return value["text"]
        return {key: _without(each, keys) for key, each in value.items() if key not in keys}
    return [_without(each, keys) for each in value] if isinstance(value, list) else value


def test_a_persons_number_leaves_no_card_with_a_bundle(rich: Path) -> None:
    change(rich, HOT_WORK, 'title = "烧伤"', 'title = "烧伤"\nphone = "13800000000"')
    change(rich, "pack.toml", 'phone = "120"', 'phone = "13800000000"')

    assert "13800000000" not in str(without_photos(load_pack(rich)))


@pytest.mark.parametrize(
    ("phone", "kept"),
    [
        ("119 120", True),
        ("120 119 12350", True),
        ("12350", True),
        ("8001", True),
        ("138 0000 0000", False),
        ("0371-12345", False),
        ("120 13800000000", False),
    ],
)
def test_numbers_that_everybody_dials_stay_on_a_card(folder: Path, phone: str, kept: bool) -> None:
    change(folder, "pack.toml", 'phone = "120"', f'phone = "{phone}"')

    card = without_photos(load_pack(folder))["emergency"][0]
    assert card.get("phone") == (phone if kept else None)


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        (
            WELDER,
            'same_as = "briefed"',
            'same_as = "told"',
            (
                "lines.preparation[0].same_as: 'told' is not among the same_lines of pack.toml; "
                "add it there"
            ),
        ),
        (
            WELDER,
            BRIEFED,
            f'{BRIEFED[:-1]}, {{ text = "交底过", same_as = "briefed" }}]',
            "lines.preparation[1].same_as: lines.preparation[0] says 'briefed' too; take one out",
        ),
        (
            WELDER,
            'accident_types = ["9"]',
            'accident_types = ["99"]',
            (
                "lines.preparation[0].accident_types[0]: '99' is not in the pack's list of "
                "accident types"
            ),
        ),
        (
            WELDER,
            'text = "班前会开过", ',
            "",
            "lines.preparation[0].text: missing; write it",
        ),
        (
            HOT_WORK,
            'sign = "fire"',
            'sign = "flood"',
            (
                "emergency[0].sign: expected one of bleeding, caught, electric, fire, burn, "
                "poison, struck, vehicle, got 'flood'"
            ),
        ),
        (
            "pack.toml",
            'accident_types = ["7"]',
            'accident_types = ["77"]',
            "emergency[4].accident_types[0]: '77' is not in the pack's list of accident types",
        ),
        (
            HOT_WORK,
            'drill = "before-fire"',
            'drill = "before-rain"',
            (
                "drill: no drill 'before-rain'; write it under [[drills]] or as one of a post's "
                "more_drills"
            ),
        ),
        (
            HOT_WORK,
            "at_least = 19.5",
            "at_least = 29.5",
            "limits[0].at_least: expected at most 23.5, got 29.5",
        ),
        (
            HOT_WORK,
            "at_least = 19.5\nat_most = 23.5\n",
            "",
            "limits[0]: limits nothing; write at_least, at_most or both",
        ),
        (
            HOT_WORK,
            "always = true",
            "always = 1",
            "drills[0].steps[0].always: expected bool, got int",
        ),
        (
            "pack.toml",
            'id = "briefed"',
            'id = "briefed"\nabout = "一"\n\n[[same_lines]]\nid = "briefed"',
            "same_lines[1].id: 'briefed' is already the id of same_lines[0]",
        ),
    ],
)
def test_each_mistake_is_named(rich: Path, name: str, old: str, new: str, expected: str) -> None:
    change(rich, name, old, new)

    assert f"{name}: {expected}" in problems(lambda: load_pack(rich), rich)


def test_a_third_step_that_is_always_asked_is_named(folder: Path) -> None:
    for step in ("protection", "return-clamp"):
        change(folder, WELDER, f'id = "{step}"', f'id = "{step}"\nalways = true')

    assert (
        f"{WELDER}: drill.steps: 4 steps say always (protection, grounding, return-clamp, "
        "combustibles); at most 2"
    ) in problems(lambda: load_pack(folder), folder)


def test_a_work_may_name_a_drill_of_a_post(folder: Path) -> None:
    change(folder, HOT_WORK, 'title = "动火"', 'title = "动火"\ndrill = "gas-cylinders"')
    work = load_pack(folder).work("hot-work")
    assert work is not None
    assert work.drill == "gas-cylinders"


@pytest.mark.parametrize(
    ("path", "value", "key", "sentence"),
    [
        ("lines.preparation[0].same_as", "told", "lines.preparation[0].same_as", "“told”不在"),
        (
            "lines.preparation[0].accident_types",
            ["99"],
            "lines.preparation[0].accident_types",
            "99",
        ),
        ("lines.preparation[0].text", "", "lines.preparation[0].text", "没有填"),
        ("lines.preparation[0].colour", "red", "lines.preparation[0].colour", "不认识"),
        (
            "lines.preparation[1]",
            {"text": "交底过", "same_as": "briefed"},
            "lines.preparation[1].same_as",
            "已有一句",
        ),
        (
            "emergency[0].sign",
            "flood",
            "emergency[0].sign",
            "没有“flood”这个标志，请从这八个里选：流血断指",
        ),
        ("emergency[0].accident_types", ["99"], "emergency[0].accident_types", "99"),
        ("emergency[0].precedence", 10, "emergency[0].precedence", "要填数字，0到9"),
        ("drill.steps[0].always", "yes", "drill.steps[0].always", "true"),
        ("drill.steps[0].accident_types", ["99"], "drill.steps[0].accident_types", "99"),
        ("more_drills[0].id", "start-of-shift", "more_drills", "“start-of-shift”用了 2 次"),
    ],
)
def test_the_writer_is_told_in_words(
    rich: Path, path: str, value: object, key: str, sentence: str
) -> None:
    pack = load_pack(rich)
    table, at = table_of(pack), next(i for i, post in enumerate(pack.posts) if post.id == "welder")
    *way, last = path.replace("]", "").replace("[", ".").split(".")
    place = table["posts"][at]
    for name in way:
        place = place[int(name)] if name.isdigit() else place[name]
    if last.isdigit():
        place.append(value)
    else:
        place[last] = value

    found = advice(table, Known(manuscript_of(pack).pictures, CODES))
    assert sentence in found[f"posts[{at}].{key}"]


def test_the_writer_is_told_of_works_and_of_the_pack_in_words(rich: Path) -> None:
    pack = load_pack(rich)
    known = Known(manuscript_of(pack).pictures, CODES)
    table = table_of(pack)
    at = next(i for i, work in enumerate(pack.works) if work.id == "hot-work")
    work = table["works"][at]
    work["drill"] = "before-rain"
    work["limits"] = [
        {"name": "氧", "unit": "%VOL"},
        {"name": "氧", "unit": "%", "at_least": 9, "at_most": 1},
    ]
    work["drills"][0]["steps"] *= 3
    table["same_lines"] *= 2
    table["emergency"][0]["sign"] = "flood"

    found = advice(table, known)

    assert "没有编号是“before-rain”的口述" in found[f"works[{at}].drill"]
    assert "没有写限值" in found[f"works[{at}].limits[0]"]
    assert "比上限 1 大" in found[f"works[{at}].limits[1].at_least"]
    assert "用了 3 次" in found[f"works[{at}].drills[0].steps"]
    assert "用了 2 次" in found["same_lines"]
    assert all(name in found["emergency[0].sign"] for name in SIGNS.values())


def test_a_third_step_that_is_always_asked_is_told(rich: Path) -> None:
    pack = load_pack(rich)
    table = table_of(pack)
    for step in table["posts"][0]["drill"]["steps"]:
        step["always"] = True

    found = advice(table, Known(manuscript_of(pack).pictures, CODES))
    assert found["posts[0].drill.steps"] == "有 7 步是每次必考，最多 2 步，请去掉一些"


def test_what_is_too_long_is_a_warning_and_no_fault(rich: Path) -> None:
    pack = load_pack(rich)
    table = table_of(pack)
    at = next(i for i, post in enumerate(pack.posts) if post.id == "welder")
    post = table["posts"][at]
    post["drill"]["steps"][0] |= {"think": "一" * 11, "look": "一" * 17, "call": "一" * 15}
    post["lines"]["preparation"][0]["text"] = "一" * 13
    post["lines"]["tools"] = ["一" * 13, "一" * 12]
    post["emergency"][0]["actions"] = [*["一" * 14] * 5, "一" * 15]

    found = {key: what for key, what in warnings(table).items() if key.startswith(f"posts[{at}]")}

    assert advice(table, Known(manuscript_of(pack).pictures, CODES)) == {}
    start = f"posts[{at}]"
    assert found[f"{start}.drill.steps[0].think"] == "有 11 个字，最好不超过 10 个字"
    assert found[f"{start}.drill.steps[0].look"] == "有 17 个字，最好不超过 16 个字"
    assert found[f"{start}.drill.steps[0].call"] == "有 15 个字，最好不超过 14 个字"
    assert found[f"{start}.lines.preparation[0]"] == "有 13 个字，最好不超过 12 个字"
    assert found[f"{start}.lines.tools[0]"] == "有 13 个字，最好不超过 12 个字"
    assert f"{start}.lines.tools[1]" not in found
    assert found[f"{start}.emergency[0].actions"].startswith("有 6 步，最好不超过 5 步")
    assert found[f"{start}.emergency[0].actions[5]"] == "有 15 个字，最好不超过 14 个字"
    assert f"{start}.emergency[0].actions[4]" not in found


def test_comparing_shows_what_a_line_says_and_what_is_known_of_it(rich: Path) -> None:
    before = table_of(load_pack(rich))
    after = deepcopy(before)
    at = next(i for i, post in enumerate(after["posts"]) if post["id"] == "welder")
    after["posts"][at]["lines"]["preparation"][0]["text"] = "交底过"

    (only,) = changes(before, after)

    assert (only.before, only.after) == ("班前会开过（briefed 9）", "交底过（briefed 9）")
