"""Hearing a draft's sentence next to its field, and putting its reading right from there."""

from __future__ import annotations

import io
import wave
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest

from kiosk.commands.protocol import Recorded
from kiosk.records.speech.commands import KeepRecording
from tests.fakes.office import SUPERVISOR, Office, an_office
from tests.fakes.visitor import words
from tests.station.test_speech_commands import a_voice
from tests.ui.content.writer import Writer

DRILL = "/edit/drill?item=grinder"
CALL = "steps.0.call"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with an_office(
        tmp_path / "data", voice={"driver": "simulated", "cache_dir": str(tmp_path)}
    ) as office:
        yield office


def heard(text: str, field: str = CALL) -> str:
    return f"/speech/heard.wav?text={quote(text)}&field={field}"


def test_it_is_heard_in_the_foreman_s_voice_where_there_is_one(
    office: Office, writer: Writer
) -> None:
    sentence = "防护罩关好，确认！"
    spoken = writer.get(heard(sentence))
    assert spoken.headers["content-type"] == "audio/wav"
    reply = office.station.command(KeepRecording(SUPERVISOR, sentence, a_voice()))
    assert isinstance(reply, Recorded)
    recorded = writer.get(heard(f" {sentence} "))
    assert recorded.content != spoken.content
    with wave.open(io.BytesIO(recorded.content)) as clip:
        assert clip.getnframes() > 0


@pytest.mark.parametrize(
    ("text", "field", "why"),
    [
        ("", CALL, "先写一句话"),
        ("一" * 45, CALL, "有 45 个字，念完要 14 秒，最多 38 个字，请改短"),
        ("一" * 61, "questions.0.text", "最多 60 个字"),
        ("！！！", CALL, "没有可以读出的文字"),
    ],
)
def test_what_cannot_be_heard_is_told_in_a_sentence(
    office: Office, writer: Writer, text: str, field: str, why: str
) -> None:
    answer = writer.get(heard(text, field))
    assert answer.status_code == 422
    assert why in answer.text
    if not why.startswith("有 45"):
        return
    assert writer.get(heard(text, "questions.0.text")).status_code == 200


def test_every_spoken_field_can_be_heard_and_no_other(writer: Writer) -> None:
    draft = writer.copy()
    beats = len([name for name in writer.form(draft + DRILL) if name.endswith((".think", ".call"))])
    assert writer.get(draft + DRILL).text.count("data-hear ") == beats * 2
    assert "data-hear " not in writer.get(f"{draft}/edit/scenarios?item=grinder").text
    for kind in ("questions", "emergency", "lines", "about"):
        assert "data-hear " in writer.get(f"{draft}/edit/{kind}?item=grinder").text, kind


def test_putting_a_reading_right_keeps_what_was_typed_and_leads_back_to_the_field(
    writer: Writer,
) -> None:
    draft = writer.copy()
    answer = writer.save(draft + DRILL, steps__0__call="卡料清好，确认！", do=f"reading:{CALL}:")
    there = answer.headers["Location"]
    assert parse_qs(urlsplit(there).query)["text"] == ["卡料清好，确认！"]
    page = writer.get(there)
    assert "回到草稿" in words(page)
    tried = writer.submit(
        "/speech/readings",
        page,
        text="卡料清好，确认！",
        back=parse_qs(urlsplit(there).query)["back"][0],
        word="卡料",
        sounds="ka3 liao4",
        do="set",
    )
    page = writer.get(tried.headers["Location"])
    assert f"{draft}{DRILL}&amp;checked=1#steps-0-call" in page.text
    assert writer.form(draft + DRILL)[CALL] == "卡料清好，确认！"


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example/content/drafts/x", "javascript:alert(1)"]
)
def test_nobody_is_led_elsewhere(writer: Writer, back: str) -> None:
    page = writer.get(f"/speech/sentence?text={quote('急停')}&back={quote(back)}")
    assert "evil" not in page.text
    assert "javascript:" not in page.text
