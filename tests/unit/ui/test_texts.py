"""The words of the screen: all there, none too many, each with its places."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fakes.stages import CONFIG
from ui.texts import TextsError, load_texts

SHIPPED = CONFIG / "texts" / "zh.toml"


def changed(tmp_path: Path, old: str, new: str) -> Path:
    """Return a copy of the shipped texts with one change."""
    words = SHIPPED.read_text(encoding="utf-8")
    assert words.count(old) == 1
    path = tmp_path / "zh.toml"
    path.write_text(words.replace(old, new), encoding="utf-8")
    return path


def test_the_shipped_texts_load() -> None:
    texts = load_texts(SHIPPED)
    assert texts.say("waiting.swipe") == "请刷卡"
    assert texts.say("ground.certificate_expired", about="电工") == "电工证已过期"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('swipe = "请刷卡"\n', "", "waiting.swipe is missing"),
        (
            'swipe = "请刷卡"\n',
            'swipe = "请刷卡"\nswipes = "多"\n',
            "waiting.swipes is not a text of this screen",
        ),
        ('swipe = "请刷卡"\n', "swipe = 3\n", "waiting.swipe has to be a sentence in quotes"),
        ('swipe = "请刷卡"\n', 'swipe = " "\n', "waiting.swipe has to be a sentence in quotes"),
        ('swipe = "请刷卡"\n', 'swipe = "请刷{card}"\n', "waiting.swipe has to have no {places}"),
        ('swipe = "请刷卡"\n', 'swipe = "请刷{"\n', "waiting.swipe cannot be read"),
        ("连续{days}天", "连续天", "waiting.unbroken has to have {days}"),
        ("[waiting]\n", "[waiting]\n[waiting]\n", "is not TOML"),
        ("[waiting]\n", f"x = {'9' * 5000}\n[waiting]\n", "is not TOML"),
        ("[waiting]\n", f"x = {'[' * 100_000}\n[waiting]\n", "is not TOML"),
        ("[frame]\n", "lost = 1\n[frame]\n", "lost is not a text of this screen"),
    ],
)
def test_what_is_wrong_is_named_with_its_key(tmp_path: Path, old: str, new: str, says: str) -> None:
    path = changed(tmp_path, old, new)
    with pytest.raises(TextsError) as error:
        load_texts(path)
    assert str(path) in str(error.value)
    assert says in str(error.value)


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    path = changed(tmp_path, 'ok = "符合"\nnot_ok = "不符合"\n', "")
    with pytest.raises(TextsError, match=r"answer\.not_ok is missing; answer\.ok is missing"):
        load_texts(path)


def test_a_file_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(TextsError, match="cannot be read"):
        load_texts(tmp_path / "none.toml")


@pytest.mark.parametrize(
    ("key", "values"),
    [
        ("waiting.none", {}),
        ("waiting.unbroken", {}),
        ("waiting.swipe", {"days": 3}),
        ("closed.part", {"part": "a"}),
    ],
)
def test_a_sentence_is_never_half_filled_in(key: str, values: dict[str, object]) -> None:
    with pytest.raises(TextsError, match=key):
        load_texts(SHIPPED).say(key, **values)
