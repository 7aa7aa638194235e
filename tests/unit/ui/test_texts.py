"""The words that people read: a site's own where they are sound, else the product's."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.processes.forms import FORMS
from tests.fakes.stages import CONFIG
from ui.review.texts import CONTENT, PEOPLE, PROPOSALS, REVIEW
from ui.texts import DOOR, TextsError, Vocabulary, find_gaps, load_texts, summed_up

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
    ("old", "new", "key", "what", "do"),
    [
        ('swipe = "请刷卡"\n', "", "waiting.swipe", "没有这一句", 'swipe = "请刷卡"'),
        ("[waiting]\n", "[wating]\n", "waiting", "没有这一节", "[waiting]"),
        ('swipe = "请刷卡"\n', "swipe = 3\n", "waiting.swipe", "引号里的一句话", "请刷卡"),
        ('swipe = "请刷卡"\n', 'swipe = ["请"]\n', "waiting.swipe", "引号里的一句话", "请刷卡"),
        ('swipe = "请刷卡"\n', 'swipe.a = "请"\n', "waiting.swipe", "引号里的一句话", "请刷卡"),
        ('swipe = "请刷卡"\n', 'swipe = " "\n', "waiting.swipe", "引号里的一句话", "请刷卡"),
        ('swipe = "请刷卡"\n', 'swipe = "请刷{a}"\n', "waiting.swipe", "不能有花括号", "请刷卡"),
        ('swipe = "请刷卡"\n', 'swipe = "请刷{"\n', "waiting.swipe", "没有成对", "请刷卡"),
        ("连续{days}天", "连续天", "waiting.unbroken", "应当有 {days}", "连续{days}天"),
        ("连续{days}天", "连续{day}天", "waiting.unbroken", "应当有 {days}", "连续{days}天"),
        ("连续{days}天", "{days}{more}天", "waiting.unbroken", "应当有 {days}", "连续{days}天"),
        ("连续{days}天", "连续{days:x}天", "waiting.unbroken", "应当有 {days}", "连续{days}天"),
        ("连续{days}天", "连续{days!z}天", "waiting.unbroken", "应当有 {days}", "连续{days}天"),
        ("连续{days}天", "连续{days.a}天", "waiting.unbroken", "应当有 {days}", "连续{days}天"),
        ("连续{days}天", "连续{}天", "waiting.unbroken", "应当有 {days}", "连续{days}天"),
    ],
)
def test_a_text_that_is_of_no_use_is_the_shipped_one_and_is_named(
    tmp_path: Path, old: str, new: str, key: str, what: str, do: str
) -> None:
    path = changed(tmp_path, old, new)
    texts, shipped = load_texts(path), load_texts(SHIPPED)
    assert set(texts) == set(shipped)
    values = dict.fromkeys(DOOR.places.get(key, ()), 3)
    if key in shipped:
        assert texts.say(key, **values) == shipped.say(key, **values)
    gap = next(gap for gap in find_gaps(path, DOOR) if gap.key == key)
    assert gap.file == path
    assert what in gap.what
    assert "产品自带" in gap.what
    assert do in gap.do


@pytest.mark.parametrize(
    ("old", "new", "key", "do"),
    [
        ('swipe = "请刷卡"\n', 'swipe = "请刷卡"\nswipes = "多"\n', "waiting.swipes", "删掉它"),
        ("[frame]\n", "lost = 1\n[frame]\n", "lost", "删掉它"),
        ("[frame]\n", '[past]\na = "旧"\nb = "旧"\n[frame]\n', "past", "删掉它"),
    ],
)
def test_a_text_that_nothing_uses_changes_nothing_and_is_named_once(
    tmp_path: Path, old: str, new: str, key: str, do: str
) -> None:
    path = changed(tmp_path, old, new)
    assert set(load_texts(path)) == set(load_texts(SHIPPED))
    (gap,) = find_gaps(path, DOOR)
    assert (gap.file, gap.key) == (path, key)
    assert do in gap.do


def test_a_sites_own_wording_stays_beside_what_it_lacks(tmp_path: Path) -> None:
    path = tmp_path / "ours.toml"
    path.write_text(
        '[waiting]\nswipe = "师傅请刷卡"\nunbroken = "{days}天没断过"\n', encoding="utf-8"
    )
    texts = load_texts(path)
    assert texts.say("waiting.swipe") == "师傅请刷卡"
    assert texts.say("waiting.unbroken", days=3) == "3天没断过"
    assert texts.say("frame.emergency") == "应急"


def test_a_section_that_is_one_sentence_is_named_as_what_it_should_be(tmp_path: Path) -> None:
    path = tmp_path / "zh.toml"
    path.write_text('waiting = "请刷卡"\n', encoding="utf-8")
    gap = next(gap for gap in find_gaps(path, DOOR) if gap.key == "waiting")
    assert "应当是一节" in gap.what
    assert load_texts(path).say("waiting.swipe") == "请刷卡"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "没有这个文件"),
        (b"", "没有这一节"),
        ('[waiting]\nswipe = "请刷卡"'.encode("gbk"), "GBK"),
        ("[waiting]\nswipe = “请刷卡”".encode(), "第 2 行的全角符号 “"),
        (b"[waiting]\n[waiting]\n", "第 2 行写法有误"),
    ],
)
def test_a_file_of_no_use_leaves_the_shipped_words_and_says_why(
    tmp_path: Path, content: bytes | None, says: str
) -> None:
    path = tmp_path / "zh.toml"
    if content is not None:
        path.write_bytes(content)
    assert load_texts(path).say("waiting.swipe") == "请刷卡"
    gaps = find_gaps(path, DOOR)
    assert says in gaps[0].what
    assert str(path) in next(iter(summed_up(gaps)))


def test_a_log_has_a_line_for_each_file(tmp_path: Path) -> None:
    path = changed(tmp_path, 'ok = "符合"\nnot_ok = "不符合"\n', "")
    (line,) = summed_up(find_gaps(path, DOOR))
    assert line.startswith(f"{path}：answer.not_ok、answer.ok，")
    assert "kiosk doctor" in line


@pytest.mark.parametrize("words", [DOOR, REVIEW, PEOPLE, PROPOSALS, CONTENT, FORMS])
def test_every_file_that_ships_is_whole(words: Vocabulary) -> None:
    assert find_gaps(words.shipped, words) == ()
    assert set(load_texts(words.shipped, words)) == words.keys


def test_a_text_that_nobody_has_is_an_error_with_its_key() -> None:
    words = Vocabulary("zh.toml", frozenset({"waiting.swipe", "waiting.nobody"}), {})
    with pytest.raises(TextsError, match=r"zh\.toml.*waiting\.nobody"):
        load_texts(SHIPPED, words)


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
