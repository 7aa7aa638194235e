"""What the writer of a pack is told: which field, and what to do, in Chinese; the same that loading
would refuse.
"""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import msgspec
import pytest

from kiosk.model.content import Pack
from kiosk.model.manuscript import manuscript_of, next_version
from kiosk.packs import PackError, load_accident_lists, load_pack
from kiosk.packs.advice import Known, advice
from kiosk.packs.pictures import jpeg_size, jpeg_trouble
from kiosk.packs.writing import plain, write_pack

LISTS = load_accident_lists(Path("config/lists/accident-types.toml"))
CODES = {each.id: each.codes for each in LISTS.lists}


@pytest.fixture(scope="module")
def shipped() -> Pack:
    return load_pack(Path("config/packs/henan-small-factory"))


@pytest.fixture(scope="module")
def known(shipped: Pack) -> Known:
    return Known(manuscript_of(shipped).pictures, CODES)


@pytest.fixture
def table(shipped: Pack) -> Any:
    return deepcopy(msgspec.to_builtins(plain(manuscript_of(shipped))))


def test_the_shipped_pack_needs_no_advice(table: Any, known: Known) -> None:
    assert advice(table, known) == {}


def put(table: Any, path: str, value: object) -> None:
    *way, last = path.replace("]", "").replace("[", ".").split(".")
    for key in way:
        table = table[int(key)] if key.isdigit() else table.setdefault(key, {})
    if value is None:
        del table[last]
    else:
        table[int(last) if last.isdigit() else last] = value


STEP, QUESTION = "posts[0].drill.steps[0]", "posts[0].questions[0]"


@pytest.mark.parametrize(
    ("path", "value", "key", "sentence"),
    [
        ("title", " ", "title", "没有填"),
        ("posts[0].title", "一" * 13, "posts[0].title", "有 13 个字，最多 12 个字"),
        (f"{STEP}.call", "", f"{STEP}.call", "没有填"),
        (f"{STEP}.think", "一" * 39, f"{STEP}.think", "最多 38 个字"),
        (f"{STEP}.look", "上面\n下面", f"{STEP}.look", "换行"),
        (f"{STEP}.target.x", 0.99, f"{STEP}.target", "指认点超出了照片"),
        (f"{STEP}.target.photo", "gone.jpg", f"{STEP}.target", "没有这张照片"),
        (f"{STEP}.dwell_s", "五", f"{STEP}.dwell_s", "要填数字，0到60"),
        (f"{STEP}.dwell_s", 61, f"{STEP}.dwell_s", "要填数字，0到60"),
        (f"{STEP}.id", "tools", f"{STEP}.id", "一备三查"),
        ("posts[0].drill.steps", [], "posts[0].drill.steps", "至少要有 1 条"),
        (f"{QUESTION}.answer", None, f"{QUESTION}.answer", "没有选"),
        (f"{QUESTION}.answer", 3, f"{QUESTION}.answer", "没有选"),
        (f"{QUESTION}.family", "fear", f"{QUESTION}.family", "没有选"),
        (f"{QUESTION}.choices", ["好", "好"], f"{QUESTION}.choices", "“好”写了 2 次"),
        (f"{QUESTION}.choices", ["好"], f"{QUESTION}.choices", "至少要有 2 条"),
        (
            "posts[0].scenarios[0].accident_types",
            ["99"],
            "posts[0].scenarios[0].accident_types",
            "“99”",
        ),
        (
            "posts[0].scenarios[0].prevention[0]",
            "",
            "posts[0].scenarios[0].prevention[0]",
            "没有填",
        ),
        ("posts[0].emergency[0].phone", "拨打", "posts[0].emergency[0].phone", "不能用的字符"),
        ("posts[0].colour", "red", "posts[0].colour", "不认识"),
        ("works[0].accident_types", ["99"], "works[0].accident_types", "“99”"),
        ("accident_list", "notice-99", "accident_list", "没有事故类型清单"),
        ("review_on", "2020-01-01", "review_on", "晚于启用日期"),
        ("review_on", "2027-02-30", "review_on", "不是日期"),
        ("posts[1].id", "air-compressor", "posts", "用了 2 次"),
    ],
)
def test_each_mistake_is_named_where_it_is(
    table: Any, known: Known, path: str, value: object, key: str, sentence: str
) -> None:
    put(table, path, value)
    found = advice(table, known)
    assert sentence in found[key]


def test_what_is_written_is_read_back_word_for_word(shipped: Pack, tmp_path: Path) -> None:
    pictures: dict[str, Path | bytes] = {
        file.name: file.read_bytes() for file in (Path(shipped.folder) / "targets").iterdir()
    }
    write_pack(tmp_path / "copy", manuscript_of(shipped), "2.0", pictures)
    copy = load_pack(tmp_path / "copy", LISTS)
    assert manuscript_of(copy) == manuscript_of(shipped)


def test_pictures_of_other_packs_are_missed_by_loading_too(shipped: Pack, tmp_path: Path) -> None:
    write_pack(tmp_path / "copy", manuscript_of(shipped), "2.0", {})
    with pytest.raises(PackError, match="no picture"):
        load_pack(tmp_path / "copy", LISTS)


@pytest.mark.parametrize(
    ("versions", "expected"),
    [
        ((), "1.0"),
        (("1.0",), "1.1"),
        (("1.9", "1.10", "1.2"), "1.11"),
        (("3",), "3.1"),
        (("1.0", "2.0.4"), "2.0.5"),
    ],
)
def test_versions_count_on(versions: tuple[str, ...], expected: str) -> None:
    assert next_version(versions) == expected


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xd8", b"\xff\xd8\xff\xe0\x00\x00", b"\xff\xd8" + b"\xff\xe0\x00\x04ab" * 9]
)
def test_what_has_no_size_is_no_photo(data: bytes) -> None:
    assert jpeg_size(data) is None
    assert "JPEG" in jpeg_trouble(data)


@pytest.mark.parametrize(
    "path",
    [
        f"{STEP}.think",
        f"{QUESTION}.text",
        f"{QUESTION}.choices[0]",
        "posts[0].emergency[0].actions[0]",
        "posts[0].title",
        "works[0].lines.tools[0]",
        "lines.skills[0]",
    ],
)
def test_a_sentence_without_a_word_is_refused_with_its_field(
    table: Any, known: Known, path: str
) -> None:
    for nothing in ("！！！", "……", "→"):
        put(table, path, nothing)
        assert advice(table, known) == {path: "没有能读出来的字，请写汉字、数字或字母"}
    for something in ("120", "A", "停！"):
        put(table, path, something)
        assert path not in advice(table, known)


def test_what_is_only_read_may_be_anything(table: Any, known: Known) -> None:
    put(table, "posts[0].scenarios[0].improvement", "——")
    assert advice(table, known) == {}
