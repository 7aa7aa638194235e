"""Loading packs: what ships loads, and a broken folder is refused whole."""

from __future__ import annotations

import shutil
import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.packs import PackError, Problem, load_accident_lists, load_pack, load_packs
from tests.unit.packs.spoiling import CONFIG, PRESS, SHIPPED, VARIANT, WELDER, change, problems

NOT_THERE = "{}: 没有这个文件，请建立它，或改正它的名字"


def test_shipped_pack_loads_with_its_dates_and_posts() -> None:
    pack = load_pack(SHIPPED)

    assert (pack.effective_on, pack.review_on) == (date(2026, 11, 1), date(2027, 11, 1))
    posts = (
        "air-compressor boiler boiler-biomass boiler-oil crane crane-cab electrician forklift "
        "forklift-engine grinder grinder-wet injection-moulding meat-grinder press-operator "
        "press-operator-rigid-clutch warehouse welder woodworking"
    )
    assert " ".join(post.id for post in pack.posts) == posts
    titles = (
        "动火 打磨动火 停电检修 检修清料 高处 临时用电 有限空间 吊装 粉尘检修 动土 盲板抽堵 断路"
    )
    assert " ".join(work.title for work in pack.works) == titles


def test_variant_replaces_the_steps_it_names_and_keeps_the_others() -> None:
    pack = load_pack(SHIPPED)
    friction, rigid = pack.post("press-operator"), pack.post("press-operator-rigid-clutch")
    assert friction is not None
    assert rigid is not None

    changed = [
        new.id
        for old, new in zip(friction.drill.steps, rigid.drill.steps, strict=True)
        if old.call != new.call
    ]

    assert changed == ["safeguard", "hands"]
    assert rigid.emergency == friction.emergency


def test_missing_file_is_named(folder: Path) -> None:
    (folder / "pack.toml").unlink()

    assert problems(lambda: load_pack(folder), folder) == [NOT_THERE.format("pack.toml")]


def test_pack_without_posts_is_refused(folder: Path) -> None:
    shutil.rmtree(folder / "posts")

    found = problems(lambda: load_pack(folder), folder)
    assert found[0] == "posts: no post here; a pack has at least one"


def test_broken_toml_names_its_line(folder: Path) -> None:
    change(folder, WELDER, 'title = "电焊工"', 'title = "电焊工')

    assert problems(lambda: load_pack(folder), folder) == [
        'posts/welder.toml: 第 7 行写法有误：文字没有用引号结束（title = "电焊工）'
    ]


def test_a_number_of_5000_digits_is_refused(folder: Path) -> None:
    change(folder, WELDER, 'title = "电焊工"', f"title = {'9' * 5000}")

    (problem,) = problems(lambda: load_pack(folder), folder)
    assert "有一个数太长" in problem


def test_gbk_file_is_refused(folder: Path) -> None:
    (folder / WELDER).write_bytes('id = "welder"\ntitle = "电焊工"\n'.encode("gbk"))

    assert problems(lambda: load_pack(folder), folder) == [
        "posts/welder.toml: 第 2 行起不是 UTF-8 文字，像是 GBK（记事本里叫 ANSI），"
        "请用记事本打开，另存为，编码选 UTF-8"
    ]


def test_endless_nesting_is_refused(folder: Path) -> None:
    (folder / "works" / "hot-work.toml").write_text("lines = " + "[" * 100_000)

    assert problems(lambda: load_pack(folder), folder) == [
        "works/hot-work.toml: 括号或点号套得太深，不是这里要的文件"
    ]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(data=st.data())
def test_a_file_spoilt_anywhere_loads_or_is_named(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(["pack.toml", WELDER, PRESS, VARIANT, "works/hot-work.toml"]))
    lines = (SHIPPED / name).read_text(encoding="utf-8").splitlines()
    at = data.draw(st.integers(0, len(lines) - 1))
    new = data.draw(
        st.sampled_from(
            ["", "id = 3", 'drill = "x"', "basis = [1]", "steps = {}", "x = nan", "[[drill]]"]
        )
    )
    with tempfile.TemporaryDirectory() as folder:
        spoilt = Path(folder) / "pack"
        shutil.copytree(SHIPPED, spoilt)
        (spoilt / name).write_text(
            "\n".join([*lines[:at], new, *lines[at + 1 :]]), encoding="utf-8"
        )
        found: tuple[Problem, ...] = ()
        try:
            load_pack(spoilt, load_accident_lists(CONFIG / "lists" / "accident-types.toml"))
        except PackError as error:
            found = error.problems
        assert all(problem.file.is_relative_to(spoilt) and problem.what for problem in found)


def test_oversized_file_is_refused(folder: Path) -> None:
    change(folder, WELDER, 'id = "welder"', "# " + "x" * 600 * 1024 + '\nid = "welder"')

    [problem] = problems(lambda: load_pack(folder), folder)

    assert problem.startswith("posts/welder.toml: 有 6")
    assert "最多 512 KB" in problem


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("big.jpg", b"\xff\xd8\xff" + bytes(6 * 2**20), "is 6.0 MB; shrink it below 5 MB"),
        ("heic.jpg", b"\0\0\0\x18ftypheic", "is not a JPG picture inside"),
        ("empty.png", b"", "is not a PNG picture inside"),
        ("heic.JPG", b"\0\0\0\x18ftypheic", "is not a JPG picture inside"),
        ("notes.txt", b"notes", "not a picture; use .jpg, .jpeg, .png, .svg"),
    ],
)
def test_unusable_picture_is_refused(
    folder: Path, name: str, content: bytes, expected: str
) -> None:
    (folder / "targets" / name).write_bytes(content)

    assert problems(lambda: load_pack(folder), folder) == [f"targets/{name}: {expected}"]


def test_target_cannot_reach_outside_the_pack(folder: Path) -> None:
    shutil.copy(folder / "targets" / "welder.svg", folder / "welder.svg")
    change(folder, WELDER, 'photo = "welder.svg"', 'photo = "../welder.svg"')

    [problem] = problems(lambda: load_pack(folder), folder)

    assert "no picture targets/../welder.svg" in problem


def test_toml_in_the_wrong_place_is_refused(folder: Path) -> None:
    (folder / "post").mkdir()
    (folder / WELDER).rename(folder / "post" / "welder.toml")

    assert problems(lambda: load_pack(folder), folder) == [
        "post/welder.toml: has no place here; use posts/ or works/"
    ]


def test_hidden_files_of_other_systems_are_passed_over(folder: Path) -> None:
    before = load_pack(folder).digest
    (folder / "posts" / "._welder.toml").write_bytes(b"\0\x05\x16\x07")
    (folder / "targets" / ".DS_Store").write_bytes(b"\0")

    assert load_pack(folder).digest == before


@pytest.mark.parametrize("name", ["pack.toml", WELDER, "works/hot-work.toml", "targets/welder.svg"])
def test_digest_changes_with_any_byte_of_any_file(folder: Path, name: str) -> None:
    before = load_pack(folder).digest
    with (folder / name).open("ab") as file:
        file.write(b"\n")

    assert load_pack(folder).digest != before


def test_digest_does_not_depend_on_where_the_pack_lies(folder: Path) -> None:
    assert load_pack(folder).digest == load_pack(SHIPPED).digest


def test_packs_of_a_folder_come_in_order_of_their_names(folder: Path) -> None:
    other = folder.parent / "a-factory"
    _bare_pack(folder, other)

    assert [pack.id for pack in load_packs(folder.parent)] == ["a-factory", "henan-small-factory"]


def test_post_of_two_packs_is_refused(folder: Path) -> None:
    other = folder.parent / "a-factory"
    _bare_pack(folder, other)
    shutil.copy(folder / WELDER, other / WELDER)

    found = problems(lambda: load_packs(folder.parent), folder.parent)

    assert (
        "a-factory: posts/welder.toml: pack henan-small-factory has a post of this id too; "
        "rename one"
    ) in found


def test_problems_of_all_packs_come_together(folder: Path) -> None:
    other = folder.parent / "a-factory"
    _bare_pack(folder, other)
    (other / "pack.toml").unlink()
    change(folder, WELDER, "answer = 0", "answer = 3")

    assert problems(lambda: load_packs(folder.parent), folder.parent) == [
        NOT_THERE.format("a-factory/pack.toml"),
        "henan-small-factory/posts/welder.toml: questions[0].answer: expected 0..2, got 3",
    ]


def test_folder_without_packs_is_refused(tmp_path: Path) -> None:
    shutil.copytree(CONFIG / "lists", tmp_path / "lists")
    (tmp_path / "packs").mkdir()

    assert problems(lambda: load_packs(tmp_path / "packs"), tmp_path) == [
        "packs: no pack here; a pack is a folder with a pack.toml"
    ]


def _bare_pack(folder: Path, other: Path) -> None:
    """Make another pack, with one post of its own."""
    shutil.copytree(folder, other)
    shutil.rmtree(other / "works")
    for post in (other / "posts").iterdir():
        if post.name != Path(WELDER).name:
            post.unlink()
    (other / WELDER).rename(other / "posts" / "helper.toml")
    change(other, "posts/helper.toml", 'id = "welder"', 'id = "helper"')
    change(other, "pack.toml", 'id = "henan-small-factory"', 'id = "a-factory"')
