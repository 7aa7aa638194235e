"""Rendering ahead: what is needed first, what is there stays, and a change is taken up."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import devices
from devices.voice import Voice
from kiosk.station.render_plan import Chapter, Speech
from kiosk.station.rendering import Preparing
from tests.fakes.waiting import until

GENERAL = Chapter("", ("请刷卡", "请稍等"), needed=True)
WELDER = Chapter("welder", ("焊钳完好", "面罩完好"), needed=True)
PRESS = Chapter("press", ("急停灵敏",), needed=False)


@contextmanager
def preparing(
    folder: Path, chapters: list[Chapter]
) -> Iterator[tuple[Preparing, list[Speech | None], Voice]]:
    voice: Voice = devices.open("voice", {"driver": "simulated", "cache_dir": str(folder)})
    told: list[Speech | None] = []
    prepared = Preparing(lambda: voice, lambda: tuple(chapters), told.append)
    thread = threading.Thread(target=prepared.run)
    thread.start()
    try:
        yield prepared, told, voice
    finally:
        prepared.stop()
        thread.join(timeout=30)
        voice.close()


def whole(told: list[Speech | None]) -> bool:
    last = told[-1] if told else None
    return last is not None and last.ready == last.total


def test_chapters_are_heard_one_after_the_other(tmp_path: Path) -> None:
    with preparing(tmp_path, [GENERAL, WELDER, PRESS]) as (_, told, _voice):
        until(lambda: whole(told))
    seen = [speech for speech in told if speech is not None]
    assert (seen[0].ready, seen[0].total, seen[0].needed) == (0, 5, 4)
    assert [speech.ready for speech in seen] == sorted(speech.ready for speech in seen)
    assert all(speech.general for speech in seen if "welder" in speech.posts)
    assert all("welder" in speech.posts for speech in seen if "press" in speech.posts)
    assert seen[-1] == Speech(5, 5, 4, 4, general=True, posts=frozenset({"welder", "press"}))


def test_a_second_start_finds_what_the_first_has_rendered(tmp_path: Path) -> None:
    with preparing(tmp_path, [GENERAL]) as (_, told, _voice):
        until(lambda: whole(told))
    with preparing(tmp_path, [GENERAL, WELDER]) as (_, told, _voice):
        until(lambda: whole(told))
    first = told[0]
    assert first is not None
    assert (first.ready, first.total, first.general) == (2, 4, True)


def test_a_sentence_that_cannot_be_read_keeps_neither_door_nor_the_others_shut(
    tmp_path: Path,
) -> None:
    spoilt = Chapter("welder", ("……", "面罩完好"), needed=True)
    with preparing(tmp_path, [GENERAL, spoilt, PRESS]) as (_, told, voice):
        until(lambda: voice.clip("急停灵敏") is not None)
        assert None in told


def test_a_change_is_taken_up_at_once(tmp_path: Path) -> None:
    chapters = [GENERAL]
    with preparing(tmp_path, chapters) as (prepared, told, voice):
        until(lambda: whole(told))
        chapters.append(PRESS)
        prepared.again()
        until(lambda: voice.clip("急停灵敏") is not None)


def test_sentences_of_long_ago_are_forgotten_and_those_of_the_door_are_not(tmp_path: Path) -> None:
    chapters = [GENERAL, PRESS]
    with preparing(tmp_path, chapters) as (_, told, voice):
        until(lambda: whole(told))
        old = {text: voice.clip(text) for chapter in chapters for text in chapter.sentences}
    for clip in old.values():
        assert clip
        os.utime(clip.path, (time.time() - 40 * 86_400,) * 2)
    with preparing(tmp_path, [GENERAL, WELDER]) as (_, told, voice):
        until(lambda: whole(told) and voice.clip("急停灵敏") is None)
        assert all(voice.clip(text) for chapter in (GENERAL, WELDER) for text in chapter.sentences)
