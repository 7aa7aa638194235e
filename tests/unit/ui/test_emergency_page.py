"""The emergency page as a file: what is in it, how large it is, and that it needs nothing else."""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from msgspec.structs import replace

from devices.voice import Clip
from kiosk.flow.door import Door
from kiosk.flow.emergency import cards_for
from kiosk.model.content import Sign
from tests.fakes.stages import the_door
from tests.fakes.tones import tones, write_wav
from tests.unit.ui.test_emergency import without_signs
from tests.unit.ui.test_screens import TEXTS
from ui.touch.emergency_page import ClipOf, EmergencyPage, emergency_page
from ui.touch.small_sound import small

URL = "http://127.0.0.1:8080/"


def silence(_text: str) -> None:
    return None


def page_of(door: Door, voice: ClipOf = silence) -> EmergencyPage:
    return emergency_page(door, TEXTS, voice, "东门", URL)


@cache
def drawn(voice: ClipOf = silence) -> EmergencyPage:
    return page_of(the_door(), voice)


def words(page: EmergencyPage) -> str:
    return page.whole().decode()


def text_of(page: str) -> str:
    """Return what can be read on the page: breaths of a sentence are elements of their own."""
    return re.sub(r"<[^>]+>", "", page)


def sounds(page: str) -> dict[str, dict[str, object]]:
    found = re.search(r'<script id="sounds" type="application/json">(.*?)</script>', page)
    assert found
    told: dict[str, dict[str, object]] = json.loads(found[1])
    return told


@pytest.fixture(scope="module")
def voice(tmp_path_factory: pytest.TempPathFactory) -> ClipOf:
    return tones(tmp_path_factory.mktemp("voice"), 0.01)


def spoken(page: str) -> list[str]:
    """Return every sentence that the page says, as often as it does."""
    said = re.findall(r'data-speech="([^"]*)"', page)
    return [each["text"] for one in said for each in json.loads(one.replace("&#34;", '"'))]


@pytest.mark.parametrize("sign", Sign)
def test_every_card_of_a_sign_is_in_it_with_all_it_says(sign: Sign) -> None:
    page = text_of(words(drawn()))
    assert TEXTS.say(f"sign.{sign}") in page
    cards = cards_for(the_door(), None, sign)
    assert cards
    assert [line for card in cards.values() for line in card.actions if line not in page] == []


def test_every_button_leads_to_something_that_is_in_it() -> None:
    page = words(drawn())
    targets = set(re.findall(r'data-touch="([^"]*)"', page))
    assert targets <= set(re.findall(r'<template id="([^"]*)"', page))
    cards = sum(len(cards_for(the_door(), None, sign)) for sign in (*Sign, None))
    assert len(targets) == cards + len(("first", "signs", "others"))


def test_what_needs_a_station_is_not_offered() -> None:
    assert "停止作业" not in text_of(words(drawn()))
    assert "异常" not in text_of(words(drawn()))


def test_a_pack_without_signs_has_its_cards_under_others() -> None:
    door = without_signs(the_door())
    page = words(page_of(door))
    targets = re.findall(r'data-touch="([^"]*)"', page)
    assert "scene:others" in targets
    assert {f"scene:{key}" for key in cards_for(door, None, None)} <= set(targets)


def test_it_asks_nobody_but_its_station_for_anything() -> None:
    page = words(drawn())
    assert not re.search(r'\b(src|action)=|@import|url\(|href="(?!#)', page)
    others = re.findall(r"https?://[^\s\"'<;]+", page)
    assert set(others) <= {URL, "http://www.w3.org/2000/svg"}
    assert "/touch" not in page


def test_a_title_and_a_step_with_markup_are_words() -> None:
    (pack, *others) = the_door().packs
    wild = "</script><b>火"
    (post, *posts) = pack.posts
    (card, *cards) = post.emergency
    card = replace(card, title=wild[:12], actions=(wild, '"]}\' onload="x'), precedence=9)
    post = replace(post, emergency=(card, *cards))
    door = replace(the_door(), packs=(replace(pack, posts=(post, *posts)), *others))
    page = words(page_of(door))
    assert wild in spoken(page.replace("&lt;", "<").replace("&gt;", ">"))
    assert "<b>火" not in page
    assert page.count("</script>") == 2


class TestSound:
    def test_each_sentence_is_in_it_once(self, voice: ClipOf) -> None:
        page = words(drawn(voice))
        said = Counter(spoken(page))
        assert max(said.values()) > 1
        assert set(sounds(page)) == set(said)
        assert page.count('"data":') == len(said)

    def test_it_is_a_quarter_of_the_clip_and_begins_with_sound(self, tmp_path: Path) -> None:
        wav = tmp_path / "clip.wav"
        loud, soft = (16_384).to_bytes(2, "little"), (-512 & 0xFFFF).to_bytes(2, "little")
        write_wav(wav, bytes(2 * 11_025) + (loud * 2 + soft * 2) * 100 + bytes(2 * 2_205))
        sound = small(Clip("a", wav, 0.6))
        assert sound is not None
        samples = zlib.decompress(base64.b64decode(sound.data))
        assert samples == bytes([128 + 64, 128 - 2]) * 100
        assert (sound.rate_hz, sound.lead_s) == (11_025, 0.5)
        assert sound.s == pytest.approx(200 / 11_025, abs=0.001)

    def test_a_clip_of_silence_is_none(self, tmp_path: Path) -> None:
        write_wav(tmp_path / "clip.wav", bytes(2_000))
        assert small(Clip("a", tmp_path / "clip.wav", 0.05)) is None

    @pytest.mark.parametrize("content", [b"", b"RIFF", b"no sound at all"])
    def test_a_damaged_clip_is_silence(self, tmp_path: Path, content: bytes) -> None:
        (tmp_path / "clip.wav").write_bytes(content)
        assert small(Clip("a", tmp_path / "clip.wav", 1.0)) is None
        assert small(Clip("a", tmp_path / "gone.wav", 1.0)) is None

    def test_without_clips_all_is_there_but_sound(self, voice: ClipOf) -> None:
        assert sounds(words(drawn())) == {}
        assert text_of(drawn().after) == text_of(drawn(voice).after)


class TestItsLastLine:
    def test_it_is_the_same_for_the_same_page(self, voice: ClipOf) -> None:
        assert page_of(the_door(), voice).ending == drawn(voice).ending
        assert drawn().whole().endswith(drawn().ending)

    def test_it_tells_pages_apart(self, voice: ClipOf) -> None:
        moved = replace(the_door(), on_site=replace(the_door().on_site, phone="6121"))
        endings = {drawn().ending, drawn(voice).ending, page_of(moved).ending}
        assert len(endings) == 3
