"""读音和录音: a supervisor finds a sentence, hears it, corrects a word and plays a foreman's voice."""

from __future__ import annotations

import io
import wave
from urllib.parse import quote

from kiosk.records.reader import Reading
from tests.fakes.desk import Desk
from tests.fakes.visitor import Visitor, token_on, words
from tests.station.test_speech_commands import a_voice

SENTENCE = "清卡料先停机"
PAGE = f"/speech/sentence?text={quote(SENTENCE)}"


def test_a_sentence_is_found_by_a_word_of_it_or_by_its_post(supervisor: Visitor) -> None:
    assert SENTENCE in words(supervisor.get("/speech"))
    assert SENTENCE not in words(supervisor.get("/speech?post=press"))
    found = words(supervisor.get(f"/speech?q={quote('急停')}"))
    assert "急停灵敏，确认！" in found
    assert SENTENCE not in found
    assert "没有这样的句子" in words(supervisor.get(f"/speech?q={quote('火箭')}"))


def test_a_sentence_is_heard_as_the_station_speaks_it(supervisor: Visitor) -> None:
    sound = supervisor.get(f"/speech/sound.wav?text={quote(SENTENCE)}")
    assert sound.headers["content-type"] == "audio/wav"
    with wave.open(io.BytesIO(sound.content)) as clip:
        assert clip.getnframes() > 0


def test_a_reading_is_tried_out_before_it_is_set(supervisor: Visitor, desk: Desk) -> None:
    fields = {"text": SENTENCE, "word": "卡料", "sounds": "ka3 liao4"}
    tried = supervisor.submit("/speech/readings", supervisor.get(PAGE), do="try", **fields)
    assert "还没有保存" in words(tried)
    assert "ka3" in words(tried)
    with Reading.open(desk.folder) as reading:
        assert reading.readings() == []

    assert supervisor.submit("/speech/readings", tried, do="set", **fields).status_code == 303
    assert "卡料 读 ka3 liao4" in words(supervisor.get(PAGE))
    index = supervisor.get("/speech")
    assert "本厂词典 卡料 ka3 liao4" in words(index)
    supervisor.submit("/speech/readings", index, word="卡料")
    assert "本厂词典" not in words(supervisor.get("/speech"))


def test_a_bad_reading_is_refused_in_a_sentence_and_what_was_typed_stays(supervisor: Visitor) -> None:
    fields = {"text": SENTENCE, "word": "卡料", "sounds": "ka3"}
    refused = supervisor.submit("/speech/readings", supervisor.get(PAGE), do="set", **fields)
    assert refused.status_code == 422
    assert "要写 2 个音节，现在是 1 个" in words(refused)
    assert 'value="ka3"' in refused.text


def test_a_recording_is_sent_heard_and_removed(supervisor: Visitor, desk: Desk) -> None:
    page = supervisor.get(PAGE)
    data = {"csrf_token": token_on(page), "text": SENTENCE}
    sent = supervisor.post(
        "/speech/recordings", data=data, files={"wav": ("voice.wav", a_voice(14, rate=48000), "audio/wav")}
    )
    assert sent.status_code == 303
    with Reading.open(desk.folder) as reading:
        (row,) = reading.recordings()
    heard = supervisor.get(f"/speech/recordings/{row.recording}.wav")
    with wave.open(io.BytesIO(heard.content)) as clip:
        assert 14 < clip.getnframes() / clip.getframerate() < 15

    shown = supervisor.get(PAGE)
    assert "不上报、不导出" in words(shown)
    assert "真人录音" in words(supervisor.get("/speech"))
    supervisor.submit("/speech/recordings/remove", shown, text=SENTENCE)
    assert supervisor.get(f"/speech/recordings/{row.recording}.wav").status_code == 404


def test_a_file_that_is_no_recording_is_refused_in_a_sentence(supervisor: Visitor) -> None:
    data = {"csrf_token": token_on(supervisor.get(PAGE)), "text": SENTENCE}
    refused = supervisor.post(
        "/speech/recordings", data=data, files={"wav": ("voice.wav", b"no sound", "audio/wav")}
    )
    assert refused.status_code == 422
    assert "WAV" in words(refused)
    nothing = supervisor.post("/speech/recordings", data=data)
    assert "先录一段音" in words(nothing)


def test_without_the_station_the_page_says_so(supervisor: Visitor, desk: Desk) -> None:
    desk.stop_station()
    assert "班前站没有运行" in words(supervisor.get(PAGE))


def test_only_these_pages_may_ask_for_the_microphone(supervisor: Visitor) -> None:
    assert "microphone=(self)" in supervisor.get(PAGE).headers["permissions-policy"]
    assert "microphone=()" in supervisor.get("/").headers["permissions-policy"]


def test_nobody_gets_in_without_signing_in(anybody: Visitor) -> None:
    assert anybody.get("/speech").status_code == 303
    assert anybody.get("/speech/sound.wav?text=x").status_code == 303


def test_a_recording_of_nobody_is_cut_off_like_any_form(anybody: Visitor) -> None:
    sent = anybody.post(
        "/speech/recordings", data={"text": "清卡料"}, files={"wav": ("a.wav", bytes(1 << 20))}
    )
    assert sent.status_code == 413
