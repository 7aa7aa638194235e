"""What the door plays for a sentence, and how a supervisor hears one."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from devices import DeviceOfflineError
from devices.voice import Clip, Readings, Voice
from devices.voice.recording import RecordingRefusedError, levelled
from kiosk.commands.permissions import may_manage
from kiosk.commands.protocol import Command, Declined, Reply
from kiosk.records.people.register import People
from kiosk.records.reader import Reading
from kiosk.records.speech.commands import Heard, HearSentence, KeepRecording
from kiosk.records.speech.handlers import NOT_ALLOWED
from kiosk.records.speech.readings import objection_to, sounds_of, typed_sentence
from kiosk.records.speech.recordings import Recordings


class Speaking:
    """The speech of the station.

    Hearing and levelling take a second: they run in the thread that asks, never in the loop.
    """

    def __init__(
        self,
        voice: Callable[[], Voice],
        reading: Reading,
        people: People,
        recordings: Recordings,
        lead_in_s: float,
    ) -> None:
        self._voice = voice
        self._reading = reading
        self._people = people
        self._recordings = recordings
        self._lead_in_s = lead_in_s

    def renew(self) -> None:
        """Take the readings and recordings that are on record."""
        self._recordings.know(self._reading.recordings())
        self._voice().reread(self._readings())

    def clip(self, text: str) -> Clip | None:
        """Return what is to be played for a sentence, when there is anything."""
        return self._recordings.clip(text) or self._voice().clip(text)

    def beforehand(self, command: Command) -> Command | Reply:
        """Do what a command needs before the loop carries it out: return it ready for that, or what
        answers it already.
        """
        match command:
            case HearSentence():
                return self.hear(command)
            case KeepRecording():
                return self.levelled(command)
        return command

    def hear(self, command: HearSentence) -> Heard | Declined:
        """Speak a sentence for a supervisor."""
        if not may_manage(self._people.get(command.by)):
            return NOT_ALLOWED
        text = typed_sentence(command.text)
        if objection := objection_to(command.word, command.sounds) if command.word else "":
            return Declined(objection)
        if not text:
            return Declined("先写一句话，最多 60 个字")
        trying: Readings = (
            {command.word: sounds_of(command.sounds)} if command.word and command.sounds else {}
        )
        try:
            said = self._voice().say(text, trying)
        except DeviceOfflineError as error:
            return Declined(str(error))
        return Heard(said.wav, said.sounds)

    def levelled(self, command: KeepRecording) -> KeepRecording | Declined:
        """Make a recording like a clip, before it is kept."""
        if not may_manage(self._people.get(command.by)):
            return NOT_ALLOWED
        try:
            return replace(command, wav=levelled(command.wav, self._lead_in_s))
        except RecordingRefusedError as error:
            return Declined(str(error))

    def _readings(self) -> Readings:
        return {row.word: row.sounds for row in self._reading.readings()}
