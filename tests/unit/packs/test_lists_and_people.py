"""Loading lists, roster and enterprise: what ships loads, and mistakes are named."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.model.content import Part, fitting
from kiosk.packs import PackError, load_accident_lists, load_enterprise, load_reasons, load_roster
from tests.unit.packs.spoiling import CONFIG

Load = Callable[[Path], object]


@pytest.mark.parametrize(
    ("load", "name", "old", "new", "expected"),
    [
        (
            load_reasons,
            "lists/reasons.toml",
            'id = "broken"',
            'id = "missing"',
            "not_ok: 'missing' stands there 2 times",
        ),
        (
            load_reasons,
            "lists/reasons.toml",
            "release =",
            "releases =",
            "release: missing; write it",
        ),
        (
            load_reasons,
            "lists/reasons.toml",
            'text = "没交底", parts = ["preparation"]',
            'text = "没交底", parts = ["prepared"]',
            "not_ok[0].parts[0]: expected one of preparation, skills, tools, surroundings, got "
            "'prepared'",
        ),
        (
            load_reasons,
            "lists/reasons.toml",
            'text = "设备异常"',
            'text = "设备异常", parts = ["tools"]',
            "abnormal[0].parts: belongs to not_ok and not_applicable only",
        ),
        (
            load_reasons,
            "lists/reasons.toml",
            'text = "没交底"',
            'text = "' + "坏" * 15 + '"',
            f"not_ok[0].text: expected str of length <= 14, got '{'坏' * 15}'",
        ),
        (
            load_accident_lists,
            "lists/accident-types.toml",
            'code = "2"',
            'code = "1"',
            "lists[0].types: '1' stands there 2 times",
        ),
        (
            load_accident_lists,
            "lists/accident-types.toml",
            'target = "gb6441-1986"',
            'target = "gb6441"',
            "mappings[0]: no list 'gb6441'; expected one of notice-20, gb6441-1986, gb6441-2025",
        ),
        (
            load_accident_lists,
            "lists/accident-types.toml",
            '3 = ["3"]',
            '3 = ["33"]',
            "mappings[0].codes.3: '33' is no code of gb6441-1986",
        ),
        (
            load_accident_lists,
            "lists/accident-types.toml",
            '3 = ["3"]',
            '33 = ["3"]',
            "mappings[0].codes.33: is no code of notice-20",
        ),
        (
            load_roster,
            "sample/people.toml",
            'worker = "A002"',
            'worker = "A099"',
            "cards[1].worker: no worker 'A099' in this roster",
        ),
        (
            load_roster,
            "sample/people.toml",
            '"5A0000A002"',
            '"5A0000A001"',
            "cards[1].number: '5A0000A001' is already the number of cards[0]",
        ),
        (load_roster, "sample/people.toml", '"5A0000A002"', '"5A0000A0"', "cards[1].number: "),
        (
            load_roster,
            "sample/people.toml",
            'id = "A002"',
            'id = "A001"',
            "workers[1].id: 'A001' is already the id of workers[0]",
        ),
        (
            load_roster,
            "sample/people.toml",
            'id = "A002"',
            'id = " "',
            "workers[1].id: expected a 工号 without spaces around it, got ' '",
        ),
        (
            load_roster,
            "sample/people.toml",
            'role = "leader"',
            'role = "boss"',
            "workers[1].role: expected one of worker, leader, supervisor, responsible, got 'boss'",
        ),
        (
            load_roster,
            "sample/people.toml",
            "2030-12-31",
            '"明年"',
            "workers[0].certificates[0].expires_on: invalid RFC3339 encoded date",
        ),
        (
            load_enterprise,
            "sample/enterprise.toml",
            'id = "pressing"',
            'id = "welding"',
            "workshops[0].units[1].id: 'welding' is already the id of workshops[0].units[0]",
        ),
        (
            load_enterprise,
            "sample/enterprise.toml",
            'name = "示例机械厂"',
            "",
            "name: missing; write it",
        ),
        (
            load_enterprise,
            "sample/enterprise.toml",
            'deputy = "A008"',
            'deputy = "A002"',
            (
                "workshops[0].units[0].deputy: 'A002' is the responsible person already; "
                "name somebody else"
            ),
        ),
        (
            load_enterprise,
            "sample/enterprise.toml",
            'responsible = "A004"',
            "",
            "workshops[0].units[1].responsible: missing where a deputy is named",
        ),
        (
            load_enterprise,
            "sample/enterprise.toml",
            'name = "焊把线、回路线", place = "焊机旁挂架"',
            'name = "电焊机", place = "东墙，黄线内"',
            "workshops[0].units[0].items[1]: '电焊机' at '东墙，黄线内' is already items[0]",
        ),
    ],
)
def test_each_mistake_is_named(
    tmp_path: Path, load: Load, name: str, old: str, new: str, expected: str
) -> None:
    text = (CONFIG / name).read_text(encoding="utf-8")
    assert old in text
    changed = tmp_path / Path(name).name
    changed.write_text(text.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(PackError) as caught:
        load(changed)

    assert any(line.startswith(f"{changed}: {expected}") for line in str(caught.value).splitlines())


def test_a_confirmation_without_any_reason_is_refused(tmp_path: Path) -> None:
    text = (CONFIG / "lists/reasons.toml").read_text(encoding="utf-8")
    changed = tmp_path / "reasons.toml"
    general = '{ id = "other", text = "其他" },\n]\n\nnot_applicable'
    assert general in text
    narrow = (
        '{ id = "other", text = "其他", parts = ["skills", "tools", "preparation"] },\n]\n\n'
        "not_applicable"
    )
    only_other = text[: text.index("not_ok = [")] + "not_ok = [\n  " + text[text.index(general) :]
    changed.write_text(only_other.replace(general, narrow), encoding="utf-8")

    with pytest.raises(PackError, match="not_ok: has no reason for surroundings; write one"):
        load_reasons(changed)


def test_a_list_from_before_parts_offers_every_reason_at_every_confirmation(tmp_path: Path) -> None:
    text = (CONFIG / "lists/reasons.toml").read_text(encoding="utf-8")
    older = tmp_path / "reasons.toml"
    older.write_text(re.sub(r", parts = \[[^\]]*\]", "", text), encoding="utf-8")

    reasons = load_reasons(older)

    assert all(fitting(reasons.not_ok, part) == reasons.not_ok for part in Part)


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="没有这个文件"):
        load_reasons(tmp_path / "reasons.toml")


def test_code_is_read_in_another_list() -> None:
    lists = load_accident_lists(CONFIG / "lists" / "accident-types.toml")

    assert lists.mapped("19", "notice-20", "gb6441-2025") == ("WSA10023", "WSA10024")
    assert lists.mapped("19", "gb6441-2025", "notice-20") == ()
