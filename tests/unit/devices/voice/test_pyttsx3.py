"""The espeak-ng driver where it can go wrong: voices, libraries, time limits, kills."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import wave
from array import array
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import devices
from devices import DeviceOfflineError, SettingsError
from devices.supervised import Offline, Online, State
from devices.voice import Voice
from tests.fakes.waiting import until

Open = Callable[..., Voice]
RENDER_MANY = """
import sys, devices
voice = devices.open("voice", {"driver": "pyttsx3", "cache_dir": sys.argv[1]})
voice.render(f"第{number}条，电源已断，现场无火种，确认完毕！" for number in range(200))
"""


@pytest.fixture
def open_voice(tmp_path: Path) -> Iterator[Open]:
    opened: list[Voice] = []

    def open_(**settings: Any) -> Voice:
        voice = devices.open("voice", {"driver": "pyttsx3", "cache_dir": str(tmp_path), **settings})
        opened.append(voice)
        return opened[-1]

    yield open_
    for voice in opened:
        voice.close()


def offline_reason(voice: Voice) -> str:
    def reason() -> str:
        state = voice.state
        return state.reason if isinstance(state, Offline) and state.reason != "尚未连接" else ""

    return until(reason, 20)


def frames(path: Path) -> array[int]:
    with wave.open(str(path)) as clip:
        return array("h", clip.readframes(clip.getnframes()))


def test_sound_begins_soon_after_the_silence(open_voice: Open) -> None:
    voice = open_voice()
    voice.render(["请刷卡"])
    (clip,) = [voice.clip("请刷卡")]
    assert clip
    first_loud = next(at for at, sample in enumerate(frames(clip.path)) if abs(sample) > 1000)
    assert 0.5 <= first_loud / 22050 < 0.8


def test_the_state_says_which_voice_and_engine_speak(open_voice: Open) -> None:
    voice = open_voice()
    until(lambda: isinstance(voice.state, Online), 20)
    assert isinstance(voice.state, Online)
    assert "sit/cmn-latn-pinyin" in voice.state.detail
    assert "espeak-ng" in voice.state.detail


def test_a_slower_rate_takes_longer(open_voice: Open) -> None:
    slow, fast = open_voice(rate=120), open_voice(rate=200)
    for voice in (slow, fast):
        voice.render(["电源已断，确认！"])
    long, short = slow.clip("电源已断，确认！"), fast.clip("电源已断，确认！")
    assert long
    assert short
    assert 1.4 < (long.duration_s - 0.5) / (short.duration_s - 0.5) < 2.0


@pytest.mark.parametrize("voice_name", ["zh", "zh-cn", "mandarin"])
def test_a_voice_that_does_not_exist_is_offline_by_name(open_voice: Open, voice_name: str) -> None:
    voice = open_voice(voice=voice_name)
    with pytest.raises(DeviceOfflineError, match=f"没有语音“{voice_name}”"):
        voice.render(["请刷卡"])
    assert "[voice] voice" in offline_reason(voice)
    assert voice.clip("请刷卡") is None


@pytest.mark.parametrize("voice_name", ["gmw/en", "sit/yue"])
def test_a_voice_of_another_language_is_found_out_by_its_length(
    open_voice: Open, voice_name: str
) -> None:
    assert "不是普通话" in offline_reason(open_voice(voice=voice_name))


def test_a_variant_of_the_voice_may_be_chosen(open_voice: Open) -> None:
    voice = open_voice(voice="sit/cmn-latn-pinyin+f3")
    voice.render(["请刷卡"])
    assert voice.clip("请刷卡")


@pytest.mark.parametrize(
    "setting",
    [
        {"rate": 20},
        {"rate": "fast"},
        {"volume": 1.5},
        {"lead_in_s": -1},
        {"timeout_s": 0},
        {"cache_dir": 3},
    ],
)
def test_settings_out_of_range_are_refused_by_name(
    open_voice: Open, setting: dict[str, Any]
) -> None:
    with pytest.raises(SettingsError, match=next(iter(setting))):
        open_voice(**setting)


def test_a_dictionary_entry_that_is_no_pinyin_is_refused_by_name(open_voice: Open) -> None:
    with pytest.raises(SettingsError, match=r"dictionary\.卡料"):
        open_voice(dictionary={"卡料": ["qia3"]})


def test_a_new_word_renders_only_the_sentences_it_occurs_in(open_voice: Open) -> None:
    texts = ["检查乙炔瓶", "请刷卡"]
    open_voice().render(texts)
    reports: list[tuple[int, int]] = []
    changed = open_voice(dictionary={"乙炔": ["yi3", "que4"]})
    changed.render(texts, lambda ready, wanted: reports.append((ready, wanted)))
    assert reports == [(1, 2), (2, 2)]


def test_without_the_library_it_names_the_package_and_comes_back_with_it(
    open_voice: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    libraries = tmp_path / "lib"
    libraries.mkdir()
    for name in ("libespeak-ng.so.1", "libespeak.so.1"):
        (
            libraries / name
        ).touch()  # found first, and not loadable: to the child there is no library
    monkeypatch.setenv("LD_LIBRARY_PATH", str(libraries))
    heard: list[State] = []
    came_back = threading.Event()

    def watch(state: State) -> None:
        heard.append(state)
        if isinstance(state, Online):
            came_back.set()

    voice = devices.open("voice", {"driver": "pyttsx3", "cache_dir": str(tmp_path)}, watch=watch)
    try:
        reason = offline_reason(voice)
        assert "libespeak-ng" in reason
        assert "Debian 软件包 espeak-ng" in reason
        with pytest.raises(DeviceOfflineError, match="espeak-ng"):
            voice.render(["请刷卡"])
        for library in libraries.iterdir():
            library.unlink()
        assert came_back.wait(timeout=30)
        assert [type(state) for state in heard] == [Offline, Online]
        voice.render(["请刷卡"])
        assert voice.clip("请刷卡")
    finally:
        voice.close()


def test_clips_of_an_earlier_run_play_though_the_engine_is_gone(
    open_voice: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = open_voice()
    before.render(["请刷卡"])
    before.close()
    (
        tmp_path / "espeak-ng-data"
    ).mkdir()  # a half-removed package: the library is there, its data is not
    monkeypatch.setenv("ESPEAK_DATA_PATH", str(tmp_path))
    broken = open_voice()
    assert "意外退出（1）" in offline_reason(broken)
    assert "phontab" in offline_reason(broken)
    assert broken.clip("请刷卡")
    broken.render(["请刷卡"])  # nothing is missing


def test_an_engine_that_takes_too_long_is_ended(open_voice: Open) -> None:
    assert "0.001 秒没有完成" in offline_reason(open_voice(timeout_s=0.001))


def test_closing_ends_a_rendering_at_once_and_leaves_only_whole_clips(
    open_voice: Open, tmp_path: Path
) -> None:
    voice = open_voice()
    failures: list[DeviceOfflineError] = []

    def render() -> None:
        try:
            voice.render(f"第{number}条，确认完毕！" for number in range(200))
        except DeviceOfflineError as error:
            failures.append(error)

    rendering = threading.Thread(target=render)
    rendering.start()
    until(lambda: len(list(tmp_path.glob("*.wav"))) >= 2, 20)
    voice.close()
    rendering.join(timeout=5)
    assert not rendering.is_alive()
    assert "语音已关闭" in str(failures[0])
    assert all(len(frames(path)) > 11025 for path in tmp_path.glob("*.wav"))


def test_a_kill_in_the_middle_leaves_only_whole_clips_and_the_rest_is_rendered_later(
    open_voice: Open, tmp_path: Path
) -> None:
    renderer = subprocess.Popen(
        [sys.executable, "-c", RENDER_MANY, str(tmp_path)], start_new_session=True
    )
    until(lambda: len(list(tmp_path.glob("*.wav"))) >= 3, 20)
    os.killpg(renderer.pid, signal.SIGKILL)
    renderer.wait(timeout=5)
    whole = {path: frames(path) for path in tmp_path.glob("*.wav")}
    assert all(len(samples) > 11025 for samples in whole.values())

    voice = open_voice()
    voice.render(
        f"第{number}条，电源已断，现场无火种，确认完毕！" for number in range(len(whole) + 1)
    )
    assert all(frames(path) == samples for path, samples in whole.items())
    assert len(list(tmp_path.glob("*.wav"))) == len(whole) + 1
    assert list(tmp_path.glob("*.part")) == []


def test_the_station_loads_neither_espeak_nor_pyttsx3_nor_pypinyin(tmp_path: Path) -> None:
    code = """
import sys, devices
voice = devices.open("voice", {"driver": "pyttsx3", "cache_dir": sys.argv[1]})
voice.render(["请刷卡"])
assert voice.clip("请刷卡")
voice.close()
maps = open("/proc/self/maps").read()
sys.exit(any(name in sys.modules for name in ("pyttsx3", "pypinyin")) or "espeak" in maps)
"""
    subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code, str(tmp_path)], check=True, timeout=30
    )
