"""Every word that is asked for exists, and none stands in the file for nothing."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import kiosk.flow
import ui.touch
from kiosk.flow.confirm import BLIND
from tests.fakes.stages import CIRCUMSTANCES, CONFIG, SCREENS, the_door
from tests.unit.ui.test_screens import snapshot_of
from ui.texts import Texts, load_texts
from ui.touch.screens import every_sentence, screen
from ui.touch.screens.notices import AHEAD, QUIET, SPOKEN
from ui.touch.words import KEYS

SOURCES = [
    path
    for path in sorted(Path(ui.touch.__file__).parent.rglob("*"))
    if path.suffix in (".py", ".html", ".js", ".css", ".svg") and path.name != "words.py"
]
CHINESE = re.compile("[\u4e00-\u9fff]")


class Noting(Texts):
    """Texts that note what they are asked for."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self.asked: set[str] = set()

    def say(self, key: str, **values: object) -> str:
        self.asked.add(key)
        return self._texts.say(key, **values)


def test_no_word_stands_in_the_file_for_nothing() -> None:
    texts = Noting(load_texts(CONFIG / "texts" / "zh.toml"))
    every_sentence(the_door(), texts)
    for reach in SCREENS.values():
        screen(snapshot_of(reach()), the_door(), texts)
    for changes in CIRCUMSTANCES.values():
        screen(snapshot_of(SCREENS["waiting"](), **changes), the_door(), texts)
    assert {key for key in KEYS - texts.asked if not _stands_in_source(key)} == set()


def _stands_in_source(key: str) -> bool:
    """Return whether it stands whole in a source or template, or is made there from its section and
    a variable ending.
    """
    section, _, last = key.partition(".")
    for path in SOURCES:
        words = path.read_text(encoding="utf-8")
        if f'"{key}"' in words or f'"{section}.' + "{" in words or f'"{section}." ~' in words:
            return True
        if section == "demo" and f'"demo.{last.partition("_")[0]}_" ~' in words:
            return True
    return False


def test_every_notice_of_the_flow_has_its_sentence() -> None:
    flow = Path(kiosk.flow.__file__).parent
    raised = set()
    for path in flow.glob("*.py"):
        words = path.read_text(encoding="utf-8")
        raised |= set(re.findall(r'notice\(\w+, "(\w+)"\)|notice="(\w+)"', words))
    keys = {key for pair in raised for key in pair if key}
    assert keys == {*QUIET, *SPOKEN, *AHEAD}
    assert set(BLIND) == {"covered", "dark"}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_no_chinese_in_code_or_templates(path: Path) -> None:
    words = path.read_text(encoding="utf-8")
    texts = _strings(words) if path.suffix == ".py" else [words]
    assert not [text for text in texts if CHINESE.search(text)]


def _strings(code: str) -> list[str]:
    """Return the strings of a module that are not there for its reader."""
    tree = ast.parse(code)
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    constants = (
        node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in said
    )
    return [node.value for node in constants if isinstance(node.value, str)]
