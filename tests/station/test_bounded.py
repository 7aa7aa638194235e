"""What supervisors send takes a bounded part of the disk: it is the journal's, too."""

from __future__ import annotations

from pathlib import Path

from kiosk.commands.protocol import Declined, Recorded
from kiosk.journal.log import Journal
from kiosk.records.content.commands import KeepPicture, PictureKept
from kiosk.records.content.handlers import _KEPT, _MOST_KEPT
from kiosk.records.speech.commands import KeepRecording
from kiosk.records.speech.facts import RecordingKept
from kiosk.records.speech.handlers import MOST_RECORDED
from tests.fakes.facts import still
from tests.fakes.packs import JPEG
from tests.fakes.running import a_running_station
from tests.station.test_speech_commands import a_voice


def test_of_pictures_that_were_sent_only_the_newest_are_kept(tmp_path: Path) -> None:
    with a_running_station(tmp_path) as running:
        for number in range(_MOST_KEPT + 5):
            reply = running.station.command(KeepPicture("S001", JPEG + bytes([number % 256, number // 256])))
        assert isinstance(reply, PictureKept)
        kept = {file.name for file in (tmp_path / "packs" / _KEPT).iterdir()}
        assert (len(kept), reply.digest in kept) == (_MOST_KEPT, True)


def test_voices_are_recorded_for_so_many_sentences_and_not_for_one_more(tmp_path: Path) -> None:
    recorded = [RecordingKept(f"第 {number} 句", "ab" * 32, "S001") for number in range(MOST_RECORDED)]
    with Journal.open(tmp_path, "test-0001", still) as journal:
        journal.append(recorded)
    with a_running_station(tmp_path) as running:
        refused = running.station.command(KeepRecording("S001", "再来一句", a_voice()))
        assert isinstance(refused, Declined)
        assert f"已经有 {MOST_RECORDED} 句录音" in refused.reason
        again = running.station.command(KeepRecording("S001", recorded[7].text, a_voice()))
        assert isinstance(again, Recorded), "a sentence that has one may get a better one"
