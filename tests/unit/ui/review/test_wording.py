"""Ids become words, and stay readable when the content no longer knows them."""

from __future__ import annotations

import re
from datetime import UTC, date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import ui.review
from kiosk.model.content import Part
from kiosk.model.outcome import Outcome
from kiosk.records.reviews.facts import Verdict
from tests.fakes.content import a_door, a_worker
from ui.review.content import words as content_words
from ui.review.people import words as people_words
from ui.review.scenarios import words as proposals_words
from ui.review.texts import REVIEW
from ui.review.wording import Wording, name_of
from ui.review.words import KEYS
from ui.texts import load_texts

CONFIG = Path(__file__).parent.parent.parent.parent.parent / "config/texts/review.toml"
TEXTS = load_texts(CONFIG, REVIEW)
WORDING = Wording(a_door(), TEXTS, ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("part:tools:broken", "工具装备不符合：损坏"),
        ("abnormal:first:noise", "异常：有异响"),
        ("stop_work:unsafe", "停止作业：不安全"),
        ("timeout", "长时间无人操作"),
        ("part:tools:gone-from-the-list", "工具装备不符合：gone-from-the-list"),
        ("part:roof:broken", "part:roof:broken"),
        ("unheard-of", "unheard-of"),
    ],
)
def test_reasons_of_a_check_are_sentences(code: str, sentence: str) -> None:
    assert WORDING.ended(code) == sentence


def test_titles_come_from_the_content_and_ids_stay_where_it_knows_nothing() -> None:
    assert WORDING.post("press") == "冲压工"
    assert WORDING.post("closed-down") == "closed-down"
    assert WORDING.works(("hot-work", "diving")) == ["动火", "diving"]
    assert WORDING.reason("release", "fixed") == "已整改"
    assert WORDING.fault("dark") == "照片偏暗"
    assert WORDING.fault("haunted") == "haunted"


def test_a_stage_is_named_by_its_step_its_confirmation_or_its_kind() -> None:
    assert WORDING.stage("press", "first") == "first正常，确认！"
    assert WORDING.stage("press", "tools") == WORDING.part(Part.TOOLS) == "工具装备"
    assert WORDING.step_or_stage("press", "signing") == "签名"
    assert WORDING.step_or_stage("nowhere", "first") == "first"


def test_times_are_local() -> None:
    assert WORDING.time("2026-11-23T22:02:03.456Z") == "06:02:03"
    assert WORDING.moment("2026-11-23T22:02:03.456Z") == "2026-11-24 06:02:03"
    assert WORDING.time(None) == ""
    assert Wording(a_door(), TEXTS, UTC).time("2026-11-23T22:02:03.456Z") == "22:02:03"


def test_a_date_is_spoken_with_its_weekday() -> None:
    assert WORDING.day(date(2026, 11, 24)) == "11月24日 星期二"


def test_how_long_a_check_took() -> None:
    opened = "2026-11-24T00:00:00.000Z"
    assert WORDING.took(opened, "2026-11-24T00:01:05.400Z") == "1 分 05 秒"
    assert WORDING.took(opened, None) == ""
    assert WORDING.took(opened, "2026-11-23T00:00:00.000Z") == ""


def test_an_erased_person_is_an_id() -> None:
    people = {"A001": a_worker("A001"), "A002": a_worker("A002", name="")}
    assert [name_of(people, worker) for worker in ("A001", "A002", "A003")] == [
        "张三",
        "A002",
        "A003",
    ]


def test_every_text_that_a_page_asks_for_is_there() -> None:
    folder = Path(ui.review.__file__).parent
    sources = "".join(
        file.read_text(encoding="utf-8")
        for file in folder.rglob("*")
        if file.suffix in (".py", ".html")
    )
    asked = set(re.findall(r"say\(\s*[\"']([a-z_]+\.[a-z_0-9]*[a-z0-9])[\"']", sources))
    assert len(asked) > 80
    assert asked <= KEYS | people_words.KEYS | content_words.KEYS | proposals_words.KEYS
    for outcome in Outcome:
        TEXTS.say(f"outcome.{outcome}")
    for verdict in Verdict:
        TEXTS.say(f"verdict.{verdict}")


def test_no_word_that_a_person_reads_stands_in_a_page() -> None:
    folder = Path(ui.review.__file__).parent
    files = [file for file in folder.rglob("*") if file.suffix in (".html", ".css", ".js")]
    assert len(files) > 10
    for file in files:
        without_remarks = re.sub(r"\{#.*?#\}|//.*", "", file.read_text(encoding="utf-8"))
        assert not re.search(r"[\u4e00-\u9fff]", without_remarks), file
