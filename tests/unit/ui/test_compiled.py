"""Templates compiled by an earlier start: used when they are sound, and never missed."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from ui.touch.compiled import CompiledTemplates

SOURCE = "{% for name in names %}[{{ name }}]{% endfor %}"


def drawn(folder: Path, source: str = SOURCE) -> str:
    """Draw a template as a new start would."""
    env = Environment(loader=DictLoader({"page": source}), bytecode_cache=CompiledTemplates(str(folder)))
    return env.get_template("page").render(names=("张三", "李四"))


def test_a_second_start_uses_what_the_first_has_compiled(tmp_path: Path) -> None:
    folder = tmp_path / "templates"
    assert drawn(folder) == "[张三][李四]"
    (kept,) = folder.iterdir()
    made = kept.stat().st_mtime_ns
    assert drawn(folder) == "[张三][李四]"
    assert kept.stat().st_mtime_ns == made
    assert folder.stat().st_mode & 0o077 == 0


def test_a_changed_template_is_compiled_again(tmp_path: Path) -> None:
    drawn(tmp_path)
    assert drawn(tmp_path, "{{ names | length }}") == "2"


@pytest.mark.parametrize("share", [0.0, 0.1, 0.2, 0.5, 0.9])
def test_half_a_file_is_compiled_again(tmp_path: Path, share: float) -> None:
    drawn(tmp_path)
    (kept,) = tmp_path.iterdir()
    whole = kept.read_bytes()
    kept.write_bytes(whole[: int(len(whole) * share)])
    assert drawn(tmp_path) == "[张三][李四]"


def test_a_page_is_drawn_where_nothing_can_be_kept(tmp_path: Path) -> None:
    in_the_way = tmp_path / "templates"
    in_the_way.write_text("not a folder")
    assert drawn(in_the_way) == "[张三][李四]"
