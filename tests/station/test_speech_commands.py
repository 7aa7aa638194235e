"""How words are read and whose voice is played: by command from a supervisor, on record, and heard
at the door.
"""

from __future__ import annotations

import io
import math
import wave
from array import array
from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.voice import Sounded
from kiosk.commands.protocol import Command, Declined, Recorded, Reply
from kiosk.journal.verify import verify
from kiosk.records.reader import Reading
from kiosk.records.speech.commands import (
    Heard,
    HearSentence,
    KeepRecording,
    RemoveRecording,
    SetReading,
)
from kiosk.records.speech.facts import ReadingSet, RecordingKept, RecordingRemoved
from tests.fakes.running import Running, a_running_station

SENTENCE = "清卡料先停机"


def a_voice(seconds: float = 1.0, loudness: int = 6000, rate: int = 22050) -> bytes:
    """Make something like speech: a hummed vowel with silence around it."""
    quiet = [0] * round(0.4 * rate)
    hum = [
        round(loudness * math.sin(at * 2 * math.pi * 180 / rate))
        for at in range(round(seconds * rate))
    ]
    content = io.BytesIO()
    with wave.open(content, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(array("h", quiet + hum + quiet).tobytes())
    return content.getvalue()


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    voice = {"driver": "simulated", "cache_dir": str(tmp_path / "voice")}
    with a_running_station(tmp_path, voice=voice) as running:
        yield running


def ask(running: Running, command: Command) -> Reply:
    return running.station.command(command)


def fact_of(reply: Reply) -> object:
    assert isinstance(reply, Recorded), reply
    (entry,) = reply.entries
    return entry.fact


def test_a_reading_is_recorded_and_only_the_sentences_it_occurs_in_change(running: Running) -> None:
    voice = running.station.devices.voice
    voice.render([SENTENCE, "请刷工卡"])
    other = voice.clip("请刷工卡")
    fact = fact_of(ask(running, SetReading("S001", "卡料", "qiǎ liào")))
    assert fact == ReadingSet("卡料", ("qia3", "liao4"), "S001")
    assert voice.clip(SENTENCE) is None, "it has to be rendered again"
    assert voice.clip("请刷工卡") == other


def test_the_same_reading_again_records_nothing_and_none_takes_it_back(
    running: Running, tmp_path: Path
) -> None:
    ask(running, SetReading("S001", "卡料", "ka3 liao4"))
    assert ask(running, SetReading("S001", "卡料", "ka3liao4")) == Recorded(())
    assert fact_of(ask(running, SetReading("S001", "卡料"))) == ReadingSet("卡料", (), "S001")
    with Reading.open(tmp_path) as reading:
        assert reading.readings() == []


@pytest.mark.parametrize(
    ("word", "sounds", "reason"),
    [
        ("卡料", "qia3", "2 个字，要写 2 个音节，现在是 1 个"),
        ("卡料", "qia3 liaw4", "“liaw4”不是普通话的音节"),
        ("卡料", "qia3 liao7", "“liao7”不是普通话的音节"),
        ("卡料", "!!! ???", "不是普通话的音节"),
        ("PPE", "pi1 pi1 yi4", "词要用汉字写"),
        ("", "", "词要用汉字写"),
    ],
)
def test_a_bad_reading_is_refused_in_a_sentence(
    running: Running, word: str, sounds: str, reason: str
) -> None:
    reply = ask(running, SetReading("S001", word, sounds))
    assert isinstance(reply, Declined)
    assert reason in reply.reason


def test_only_a_supervisor_may_change_what_is_said(running: Running) -> None:
    for command in (
        SetReading("A001", "卡料", "qia3 liao4"),
        KeepRecording("A001", SENTENCE, a_voice()),
        RemoveRecording("nobody", SENTENCE),
        HearSentence("A001", SENTENCE),
    ):
        reply = ask(running, command)
        assert isinstance(reply, Declined)
        assert "没有权限" in reply.reason


def test_a_sentence_is_heard_with_its_readings_and_nothing_is_recorded(
    running: Running, tmp_path: Path
) -> None:
    with Reading.open(tmp_path) as reading:
        before = reading.head()
        heard = ask(running, HearSentence("S001", SENTENCE, "卡料", "ka3 liao4"))
        assert isinstance(heard, Heard)
        assert Sounded("卡", "ka3") in heard.sounds
        with wave.open(io.BytesIO(heard.wav)) as sound:
            assert sound.getnframes() > 0
        assert reading.head() == before


def test_a_recorded_voice_is_played_until_it_is_removed(running: Running, tmp_path: Path) -> None:
    station = running.station
    station.devices.voice.render([SENTENCE])
    rendered = station.clip(SENTENCE)
    fact = fact_of(ask(running, KeepRecording("S001", SENTENCE, a_voice())))
    assert isinstance(fact, RecordingKept)
    played = station.clip(SENTENCE)
    assert played is not None
    assert played.key == fact.recording
    assert played.duration_s == pytest.approx(0.5 + 1.0 + 2 * 0.12, abs=0.1), (
        "cut to the voice, with the silence before it"
    )

    assert fact_of(ask(running, RemoveRecording("S001", SENTENCE))) == RecordingRemoved(
        SENTENCE, "S001"
    )
    assert station.clip(SENTENCE) == rendered
    assert not played.path.exists(), "a voice is a person's: it is not kept"


def test_another_recording_of_a_sentence_takes_the_place_of_the_first(running: Running) -> None:
    ask(running, KeepRecording("S001", SENTENCE, a_voice(1.0)))
    first = running.station.clip(SENTENCE)
    ask(running, KeepRecording("S001", SENTENCE, a_voice(2.0)))
    second = running.station.clip(SENTENCE)
    assert first
    assert second
    assert second.duration_s > first.duration_s + 0.8
    assert not first.path.exists()


@pytest.mark.parametrize(
    ("wav", "reason"),
    [
        (b"RIFF....", "WAV"),
        (b"\xff\xfb" * 2000, "WAV"),
        (a_voice(0.1), "太短"),
        (a_voice(16), "要在 0.3 到 15 秒之间"),
        (a_voice(1, loudness=20), "听不到声音"),
        (b"\0" * (3 * 1024 * 1024 + 1), "最多 3 兆"),
    ],
    ids=["no wav", "mp3", "short", "long", "silent", "large"],
)
def test_a_recording_that_cannot_be_used_is_refused_in_a_sentence(
    running: Running, wav: bytes, reason: str
) -> None:
    reply = ask(running, KeepRecording("S001", SENTENCE, wav))
    assert isinstance(reply, Declined)
    assert reason in reply.reason


def test_readings_and_voices_hold_after_a_restart_and_in_the_chain(tmp_path: Path) -> None:
    voice = {"driver": "simulated", "cache_dir": str(tmp_path / "voice")}
    with a_running_station(tmp_path, voice=voice) as running:
        ask(running, SetReading("S001", "卡料", "ka3 liao4"))
        ask(running, KeepRecording("S001", "请刷工卡", a_voice()))
        heard = ask(running, HearSentence("S001", SENTENCE))
    with a_running_station(tmp_path, roster=None, voice=voice) as running:
        assert ask(running, HearSentence("S001", SENTENCE)) == heard
        assert running.station.clip("请刷工卡") is not None
    assert verify(tmp_path, "test-0001").bad is None
