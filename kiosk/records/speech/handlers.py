"""What a command about speech becomes; the actor's role is judged here, whatever the pages said."""

from __future__ import annotations

from kiosk.commands.permissions import may_manage
from kiosk.commands.protocol import Declined, Recorded, Reply
from kiosk.journal.log import Journal
from kiosk.records.reader import Reading
from kiosk.records.speech.commands import KeepRecording, RemoveRecording, SetReading, SpeechCommand
from kiosk.records.speech.facts import ReadingSet, RecordingKept, RecordingRemoved
from kiosk.records.speech.readings import objection_to, sounds_of, typed_sentence
from kiosk.records.speech.recordings import Recordings

NOT_ALLOWED = Declined("没有权限：语音由安全员或负责人管理")
MOST_RECORDED = 1000
"""At 15 s each they take 660 MB: the disk is the journal's, too."""


class CarryingSpeech:
    """Carries out commands about speech on the journal and the folder of recordings."""

    def __init__(self, journal: Journal, reading: Reading, recordings: Recordings) -> None:
        self._journal = journal
        self._reading = reading
        self._recordings = recordings

    def __call__(self, command: SpeechCommand) -> Reply:
        """Carry out one command. Raises StorageError."""
        if not may_manage(self._journal.people.get(command.by)):
            return NOT_ALLOWED
        match command:
            case SetReading():
                return self._set(command)
            case KeepRecording():
                return self._keep(command)
            case RemoveRecording():
                return self._remove(command)

    def _set(self, command: SetReading) -> Reply:
        word = command.word.strip()
        if objection := objection_to(word, command.sounds):
            return Declined(objection)
        sounds = tuple(sounds_of(command.sounds))
        known = {row.word: row.sounds for row in self._reading.readings()}
        if known.get(word, ()) == sounds:
            return Recorded(())
        return Recorded(self._journal.append([ReadingSet(word, sounds, command.by)]))

    def _keep(self, command: KeepRecording) -> Reply:
        """Keep a recording that is levelled already; it is on the disk before the entry that names it."""
        text = typed_sentence(command.text)
        if not text:
            return Declined("没有这句话，录音没有保存")
        before = self._recorded()
        if text not in before and len(before) >= MOST_RECORDED:
            return Declined(f"已经有 {MOST_RECORDED} 句录音，请先删掉一些")
        digest = self._recordings.store(command.wav)
        entries = self._journal.append([RecordingKept(text, digest, command.by)])
        self._delete_unused(before.get(text, ""))
        return Recorded(entries)

    def _remove(self, command: RemoveRecording) -> Reply:
        before = self._recorded()
        if command.text not in before:
            return Declined("这句话没有录音")
        entries = self._journal.append([RecordingRemoved(command.text, command.by)])
        self._delete_unused(before[command.text])
        return Recorded(entries)

    def _recorded(self) -> dict[str, str]:
        return {row.text: row.recording for row in self._reading.recordings()}

    def _delete_unused(self, digest: str) -> None:
        """Delete a voice as soon as no sentence is played from it."""
        if digest and digest not in self._recorded().values():
            self._recordings.delete(digest)
