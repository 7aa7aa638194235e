"""What every voice driver promises. espeak-ng is the real one; nobody listens, so sound is judged
by its samples.
"""

from __future__ import annotations

import os
import threading
import time
import wave
from array import array
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

import devices
from devices import DeviceOfflineError, SettingsError
from devices.supervised import Offline, Online
from devices.voice import Clip, Voice
from tests.fakes.waiting import until

PROMPTS = [
    "请刷卡",
    "电源已断，现场无火种，确认完毕！",
    "不准戴手套",
    "急停灵敏，确认！",
    "请找班组长",
    "光线太暗，请重拍",
]
Open = Callable[..., Voice]


@pytest.fixture(params=["pyttsx3", "simulated"])
def driver(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def open_voice(driver: str, tmp_path: Path) -> Iterator[Open]:
    opened: list[Voice] = []

    def open_(**settings: Any) -> Voice:
        voice = devices.open(
            "voice", {"driver": driver, "cache_dir": str(tmp_path / "voice"), **settings}
        )
        opened.append(voice)
        return opened[-1]

    yield open_
    for voice in opened:
        voice.close()


def rendered(voice: Voice, text: str) -> Clip:
    clip = voice.clip(text)
    assert clip is not None, f"no clip of {text}"
    return clip


def samples(clip: Clip) -> array[int]:
    with wave.open(str(clip.path)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, 22050)
        assert file.getcomptype() == "NONE"
        return array("h", file.readframes(file.getnframes()))


def test_a_voice_comes_online_by_itself(open_voice: Open) -> None:
    voice = open_voice()
    until(lambda: isinstance(voice.state, Online), 20)


def test_there_is_no_clip_before_rendering_and_asking_renders_none(
    open_voice: Open, tmp_path: Path
) -> None:
    voice = open_voice()
    until(lambda: isinstance(voice.state, Online), 20)
    assert voice.clip("请刷卡") is None
    assert list(tmp_path.rglob("*.wav")) == []


def test_a_clip_is_a_wav_that_lasts_as_long_as_the_words(open_voice: Open) -> None:
    voice = open_voice(lead_in_s=0)
    voice.render(PROMPTS)
    for text in PROMPTS:
        clip = rendered(voice, text)
        hanzi = sum(char.isalpha() for char in text)
        assert len(samples(clip)) / 22050 == pytest.approx(clip.duration_s)
        assert 0.2 < clip.duration_s / hanzi < 0.5, text


def test_every_clip_begins_with_the_configured_silence(open_voice: Open) -> None:
    plain, led_in = open_voice(lead_in_s=0), open_voice(lead_in_s=0.8)
    plain.render(["请刷卡"])
    led_in.render(["请刷卡"])
    without, with_it = samples(rendered(plain, "请刷卡")), samples(rendered(led_in, "请刷卡"))
    assert with_it[: round(0.8 * 22050)] == array("h", bytes(2 * round(0.8 * 22050)))
    assert with_it[round(0.8 * 22050) :] == without


def test_rendering_again_does_only_what_is_missing(open_voice: Open) -> None:
    first = open_voice()
    first.render(PROMPTS[:3])
    made = {text: rendered(first, text).path.stat() for text in PROMPTS[:3]}
    first.close()

    second, reports = open_voice(), []
    second.render([*PROMPTS, *PROMPTS], lambda ready, wanted: reports.append((ready, wanted)))
    assert reports == [(3, 6), (4, 6), (5, 6), (6, 6)]
    for text, stat in made.items():
        again = rendered(second, text).path.stat()
        assert (again.st_ino, again.st_mtime_ns) == (stat.st_ino, stat.st_mtime_ns)
    assert all(second.clip(text) for text in PROMPTS)


def test_a_restarted_voice_knows_its_clips_at_once(open_voice: Open) -> None:
    first = open_voice()
    first.render(["请刷卡"])
    clip = rendered(first, "请刷卡")
    assert open_voice().clip("请刷卡") == clip


def test_the_same_sentence_written_differently_is_one_clip(open_voice: Open) -> None:
    voice = open_voice()
    voice.render(["急停灵敏,确认!"])
    assert rendered(voice, " 急停灵敏，确认！ ").key == rendered(voice, "急停灵敏,确认!").key


def test_eight_threads_may_render_at_once(open_voice: Open, tmp_path: Path) -> None:
    alone = open_voice(cache_dir=str(tmp_path / "alone"))
    alone.render(PROMPTS)
    together = open_voice()
    start = threading.Barrier(8)

    def render(first: int) -> None:
        start.wait(timeout=30)
        together.render(PROMPTS[first:] + PROMPTS[:first])

    with ThreadPoolExecutor(8) as threads:
        for done in [threads.submit(render, number % len(PROMPTS)) for number in range(8)]:
            done.result(timeout=60)
    for text in PROMPTS:
        # The engine hums on from one utterance to the next: a clip differs by a few samples with
        # what was spoken before it.
        assert rendered(together, text).duration_s == pytest.approx(
            rendered(alone, text).duration_s, rel=0.01
        )


def test_a_sentence_that_cannot_be_spoken_is_named_and_the_others_stay(open_voice: Open) -> None:
    voice = open_voice()
    with pytest.raises(DeviceOfflineError, match="……"):
        voice.render(["请刷卡", "……", "请稍等"])
    assert voice.clip("请刷卡")
    assert voice.clip("请稍等"), "what stands after it is rendered, too"
    assert voice.clip("……") is None
    until(lambda: isinstance(voice.state, Online), 20)


def test_a_sentence_is_said_at_once_with_a_reading_tried_out_and_not_kept(open_voice: Open) -> None:
    voice = open_voice()
    said = voice.say("清卡料", {"卡料": ["ka3", "liao4"]})
    assert [(sound.written, sound.sound) for sound in said.sounds[1:]] == [
        ("卡", "ka3"),
        ("料", "liao4"),
    ]
    with wave.open(BytesIO(said.wav)) as file:
        assert file.getnframes() > 2205
    assert voice.clip("清卡料") is None


def test_other_readings_change_only_the_sentences_they_occur_in(open_voice: Open) -> None:
    voice = open_voice()
    voice.render(["清卡料", "请稍等"])
    before, other = rendered(voice, "清卡料"), rendered(voice, "请稍等")
    voice.reread({"卡料": ["ka3", "liao2"]})
    assert voice.clip("清卡料") is None
    assert rendered(voice, "请稍等") == other
    voice.render(["清卡料"])
    assert rendered(voice, "清卡料") != before
    voice.reread({})
    assert rendered(voice, "清卡料") == before


@pytest.mark.parametrize("sounds", [["ka3"], ["ka3", "liaw2"], ["ka3", "liao"]])
def test_a_reading_that_is_none_is_refused_and_changes_nothing(
    open_voice: Open, sounds: list[str]
) -> None:
    voice = open_voice()
    voice.render(["清卡料"])
    before = rendered(voice, "清卡料")
    with pytest.raises(SettingsError, match="卡料"):
        voice.reread({"卡料": sounds})
    assert rendered(voice, "清卡料") == before


@pytest.mark.parametrize("spoilt", [b"", b"RIFF", b"\0" * 5000, None])
def test_a_damaged_clip_counts_as_none_and_is_rendered_anew(
    open_voice: Open, spoilt: bytes | None
) -> None:
    voice = open_voice()
    voice.render(["请刷卡"])
    clip = rendered(voice, "请刷卡")
    good = clip.path.read_bytes()
    clip.path.write_bytes(good[:-100] if spoilt is None else spoilt)
    assert voice.clip("请刷卡") is None
    voice.render(["请刷卡"])
    assert clip.path.read_bytes() == good


def test_a_folder_that_cannot_be_written_is_a_clear_reason(
    open_voice: Open, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("no folder")
    voice = open_voice(cache_dir=str(tmp_path / "file" / "voice"))
    with pytest.raises(DeviceOfflineError, match=f"语音缓存文件夹 {tmp_path}/file/voice 无法写入"):
        voice.render(["请刷卡"])


def test_closing_twice_is_harmless_and_clips_stay_readable(open_voice: Open) -> None:
    voice = open_voice()
    voice.render(["请刷卡"])
    voice.close()
    voice.close()
    assert samples(rendered(voice, "请刷卡"))


def test_a_setting_nobody_knows_is_refused(driver: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="loudness"):
        devices.open("voice", {"driver": driver, "cache_dir": str(tmp_path), "loudness": 1})


def test_a_disabled_voice_has_nothing_to_play_and_lets_content_be_published() -> None:
    voice: Voice = devices.open("voice", {"driver": "disabled"})
    voice.render(PROMPTS)
    assert voice.clip(PROMPTS[0]) is None
    assert isinstance(voice.state, Offline)
    assert voice.state.reason == "已在设置中停用"
    voice.close()


def needed_last(clip: Clip, days_ago: float) -> None:
    """Turn back when a clip was last needed."""
    then = time.time() - days_ago * 86_400
    os.utime(clip.path, (then, then))


def test_clips_that_nobody_needs_are_deleted_after_their_time(open_voice: Open) -> None:
    voice = open_voice()
    until(lambda: isinstance(voice.state, Online), 20)
    voice.render(PROMPTS[:3])
    needed, gone, lately = (rendered(voice, text) for text in PROMPTS[:3])
    needed_last(needed, 400)
    needed_last(gone, 31)
    needed_last(lately, 29)
    voice.forget(PROMPTS[:1], 30 * 86_400)
    assert [voice.clip(text) is not None for text in PROMPTS[:3]] == [True, False, True]
    voice.forget([], 30 * 86_400)
    assert voice.clip(PROMPTS[0]) is not None, "needed a moment ago"
    voice.render(PROMPTS[:3])
    assert rendered(voice, PROMPTS[1]).key == gone.key


def test_a_folder_that_cannot_be_written_keeps_its_clips(open_voice: Open, tmp_path: Path) -> None:
    voice = open_voice()
    until(lambda: isinstance(voice.state, Online), 20)
    voice.render(PROMPTS[:1])
    needed_last(rendered(voice, PROMPTS[0]), 400)
    (tmp_path / "voice/lock").unlink()
    (tmp_path / "voice/lock").mkdir()
    with pytest.raises(DeviceOfflineError, match="无法写入"):
        voice.forget([], 30 * 86_400)
    assert voice.clip(PROMPTS[0]) is not None
