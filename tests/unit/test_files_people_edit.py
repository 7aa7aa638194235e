"""Every file that a person edits is read, or refused, in the same way whatever editor saved it."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from kiosk.packs import (
    load_accident_lists,
    load_enterprise,
    load_pack,
    load_reasons,
    load_roster,
    load_rule_sets,
    load_scenes,
)
from kiosk.processes.county import county_settings
from kiosk.processes.forms import FORMS
from kiosk.settings import load
from kiosk.uploads.pack import taken_apart
from ui.review.texts import CONTENT, PEOPLE, PROPOSALS, REVIEW
from ui.texts import DOOR, Vocabulary, find_gaps, load_texts

CONFIG = Path(__file__).parents[2] / "config"
PACK = "packs/henan-small-factory"
LISTS = load_accident_lists(CONFIG / "lists/accident-types.toml")
Read = Callable[[Path], object]


class RefusedError(Exception):
    """What a file's reader says of it where it has something else to use."""


def _pack(file: Path) -> object:
    folder = file.parent if file.name == "pack.toml" else file.parent.parent
    pack = load_pack(folder, LISTS)
    return msgspec.structs.replace(pack, digest="", folder="")


def _bundle(file: Path) -> object:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for each in (file, *file.parent.glob("*/*.toml")):
            archive.writestr(str(each.relative_to(file.parent)), each.read_bytes())
    return taken_apart(written.getvalue())


def _texts(words: Vocabulary) -> Read:
    def read(file: Path) -> object:
        gaps = find_gaps(file, words)
        texts = load_texts(file, words)  # in any case there are words to show
        if gaps:
            raise RefusedError(gaps[0].what)
        return set(texts)

    return read


KINDS: dict[str, Read] = {
    "kiosk.toml": load,
    "county.toml": lambda file: county_settings(file, file.parent),
    "texts/zh.toml": _texts(DOOR),
    "texts/review.toml": _texts(REVIEW),
    "texts/review-people.toml": _texts(PEOPLE),
    "texts/review-proposals.toml": _texts(PROPOSALS),
    "texts/review-content.toml": _texts(CONTENT),
    "texts/forms.toml": _texts(FORMS),
    "lists/reasons.toml": load_reasons,
    "lists/accident-types.toml": load_accident_lists,
    "lists/scenes.toml": lambda file: load_scenes(file, LISTS),
    "rules/general-industry.toml": lambda file: load_rule_sets(
        file.parent, [file.stem], [work.stem for work in (CONFIG / PACK / "works").iterdir()]
    ),
    f"{PACK}/pack.toml": _pack,
    f"{PACK}/posts/welder.toml": _pack,
    f"{PACK}/posts/crane-cab.toml": _pack,
    f"{PACK}/works/hot-work.toml": _pack,
    "sample/people.toml": load_roster,
    "sample/enterprise.toml": load_enterprise,
    "a bundle": _bundle,
}


@pytest.fixture(params=KINDS)
def edited(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, Read]:
    """Return a file of one kind in a copy of the configuration, and its reader."""
    kind: str = request.param
    shutil.copytree(CONFIG, tmp_path / "config")
    name = f"{PACK}/pack.toml" if kind == "a bundle" else kind
    return tmp_path / "config" / name, KINDS[kind]


def refusal(file: Path, read: Read) -> str:
    with pytest.raises(Exception, match=r"\w") as refused:
        read(file)
    return str(refused.value)


def test_a_file_from_a_windows_editor_is_read(edited: tuple[Path, Read]) -> None:
    file, read = edited
    before, text = read(file), file.read_text(encoding="utf-8")
    for encoding, new in (
        ("utf-8-sig", text),
        ("utf-8-sig", text.replace("\n", "\r\n")),
        ("utf-8", text.replace(" = ", "\t=\t")),
    ):
        file.write_bytes(new.encode(encoding))
        assert read(file) == before


def test_a_file_in_another_encoding_is_refused_with_what_to_do(edited: tuple[Path, Read]) -> None:
    file, read = edited
    text = file.read_text(encoding="utf-8") + "# 东门\n"
    for encoding, named in (("gb18030", "GBK"), ("utf-16", "UTF-16"), ("utf-16-le", "UTF-16")):
        file.write_bytes(text.encode(encoding))
        said = refusal(file, read)
        assert named in said
        assert "编码选 UTF-8" in said


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ("x = “张三”", '全角符号 “ 要改成英文半角的 "'),
        ("x ＝ 1", "全角符号 ＝ 要改成英文半角的 ="),
        ("［x］", "全角符号 ［ 要改成英文半角的 ["),
        ("x = [1，2]", "全角符号 ， 要改成英文半角的 ,"),
        ("＃ 说明", "全角符号 ＃ 要改成英文半角的 #"),
    ],
)
def test_a_full_width_sign_is_named_with_its_line(
    edited: tuple[Path, Read], more: str, says: str
) -> None:
    file, read = edited
    text = file.read_text(encoding="utf-8")
    file.write_text(f"{text.rstrip()}\n{more}\n", encoding="utf-8")
    said = refusal(file, read)
    assert says in said
    assert f"第 {len(text.rstrip().splitlines()) + 1} 行" in said
