"""Every sentence of every shipped pack and of the screen's own words, as it is really spoken: read
right, and in time.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

import devices
from devices.voice import Voice
from devices.voice.text import pinyin
from devices.voice.words import readings
from kiosk.demo.run import voice_cache
from kiosk.flow.door import Door, Timings
from kiosk.model.levels import DrillLevel
from kiosk.model.pace import SYLLABLE_S, said_before_pointing, spoken_s
from kiosk.model.people import Worker
from kiosk.packs import load_packs, load_reasons
from kiosk.packs.checks import SENTENCE_LIMIT_S
from kiosk.station.render_plan import chapters
from ui.texts import load_texts
from ui.touch.screens import every_sentence

# A real voice renders every sentence of the door, where no run before has: a minute of one core.
pytestmark = pytest.mark.timeout(300)

CONFIG = Path(__file__).parents[3] / "config"
DOOR = Door(Timings(), load_packs(CONFIG / "packs"), load_reasons(CONFIG / "lists/reasons.toml"))
TEXTS = load_texts(CONFIG / "texts/zh.toml")
SENTENCES = every_sentence(DOOR, TEXTS)
BUILT_IN = readings({})
LEAD_IN_S = 0.5
FIGURES = {
    "打119、120": "da3 yao1 yao1 jiu3 yao1 er4 ling2",
    "打120、119": "da3 yao1 er4 ling2 yao1 yao1 jiu3",
    "30分钟": "san1 shi2 fen1 zhong1",
    "打119和120": "da3 yao1 yao1 jiu3 he2 yao1 er4 ling2",
    "119": "yao1 yao1 jiu3",
    "120": "yao1 er4 ling2",
    "5米": "wu3 mi3",
    "10米": "shi2 mi3",
}
"""How each figure of the shipped content is read.

A sentence with another figure needs its reading written here first.
"""


@pytest.fixture(scope="module")
def spoken() -> dict[str, str]:
    return {sentence: pinyin(sentence, BUILT_IN) for sentence in SENTENCES}


def test_the_packs_have_the_posts_of_the_issue() -> None:
    assert len(DOOR.posts) >= 12
    assert len(SENTENCES) > 1000


def test_the_chapters_of_the_shipped_content_leave_nothing_out() -> None:
    texts = load_texts(CONFIG / "texts/zh.toml")
    planned = chapters(
        DOOR, [Worker("A001", "张三", posts=("welder",))], lambda door: every_sentence(door, texts)
    )
    assert [chapter.post for chapter in planned[:2]] == ["", "welder"]
    assert {sentence for chapter in planned for sentence in chapter.sentences} == set(SENTENCES)
    assert sum(len(chapter.sentences) for chapter in planned if chapter.needed) < len(SENTENCES) / 3


def test_nothing_is_said_but_toned_syllables(spoken: dict[str, str]) -> None:
    """A Latin letter would be spelled, a figure read as the engine likes, a character without a
    reading skipped.
    """
    syllable = re.compile(r"[a-zü]+[1-5][,.!?]?")
    strange = {
        text: said
        for text, said in spoken.items()
        if not all(map(syllable.fullmatch, said.split()))
    }
    assert strange == {}
    assert all(spoken.values())


def test_figures_are_read_as_people_read_them(spoken: dict[str, str]) -> None:
    for text, said in spoken.items():
        left = text
        for figure, read in FIGURES.items():
            if figure in left:
                assert f" {read}" in f" {said}".replace(",", ""), text
                left = left.replace(figure, "")
        assert not re.search(r"[0-9A-Za-z]", left), text


def test_the_engine_says_one_syllable_a_syllable_and_no_english(spoken: dict[str, str]) -> None:
    command = ["espeak-ng", "-v", "cmn-latn-pinyin", "-x", "-q", "--sep=_", "--stdin"]
    for part in _parts(list(spoken.values()), 100):
        said = subprocess.run(
            command, input="\n".join(part), text=True, capture_output=True, check=True
        ).stdout
        assert "(en)" not in said, part
        tones = re.findall(r"[1-5]+", said)
        assert len(tones) == sum(len(sentence.split()) for sentence in part), part


def _parts(sentences: list[str], size: int) -> Iterator[list[str]]:
    return (sentences[at : at + size] for at in range(0, len(sentences), size))


@pytest.fixture(scope="module")
def voice() -> Iterator[Voice]:
    settings = {
        "driver": "pyttsx3",
        "cache_dir": str(voice_cache()),
        "lead_in_s": LEAD_IN_S,
    }
    opened: Voice = devices.open("voice", settings)
    opened.render(SENTENCES)
    yield opened
    opened.close()


@pytest.mark.parametrize("level", DrillLevel)
def test_no_step_can_be_pointed_at_before_what_is_said_first_was_said(
    voice: Voice, level: DrillLevel
) -> None:
    for post in DOOR.posts.values():
        announced: set[str] = set()
        for due in DOOR.steps(post.id, tuple(DOOR.works)):
            title = "" if due.id.drill in announced else due.title
            announced.add(due.id.drill)
            first = (TEXTS.say("calling.rehearsal", drill=title),) if title else ()
            said = (*first, *said_before_pointing(due.step, level))
            said_s = sum(_clip_s(voice, sentence) for sentence in said)
            assert said_s <= DOOR.timings.dwell_of(due.step, level, title), (post.id, due.id)


def test_the_estimate_is_from_above_and_not_by_much(voice: Voice) -> None:
    texts = [text for text in SENTENCES if len(text) >= 4]
    said_s = [_clip_s(voice, text) for text in texts]
    estimated_s = [spoken_s(text, SYLLABLE_S) for text in texts]

    short = [
        text
        for text, said, estimated in zip(texts, said_s, estimated_s, strict=True)
        if said > estimated + 0.3
    ]
    assert short == []
    assert sum(estimated_s) <= 1.2 * sum(said_s)


def _clip_s(voice: Voice, sentence: str) -> float:
    clip = voice.clip(sentence)
    assert clip is not None, sentence
    return clip.duration_s


def test_every_sentence_is_rendered_at_the_pace_of_speech_and_within_its_time(voice: Voice) -> None:
    for text in SENTENCES:
        clip = voice.clip(text)
        assert clip is not None, text
        said_s = clip.duration_s - LEAD_IN_S
        hanzi = sum(char.isalnum() for char in text)
        assert said_s <= SENTENCE_LIMIT_S, text
        # A short one is mostly its closing pause.
        assert 0.2 < said_s / hanzi < (0.5 if hanzi > 3 else 0.9), text
