"""What a supervisor may ask the station about speech. `by` is the 工号 of who is signed in; the station judges whether that suffices."""

from __future__ import annotations

import msgspec

from devices.voice import Sounded


class HearSentence(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="hear_sentence"):
    """Record nothing; speak a sentence as the station would, with a reading of a word tried out if one is given."""

    by: str
    text: str
    word: str = ""
    sounds: str = ""
    """As typed, such as `qia3 liao4`."""


class SetReading(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="set_reading"):
    """Read a word so from now on; without sounds, as the product reads it."""

    by: str
    word: str
    sounds: str = ""
    """As typed, such as `qia3 liao4`."""


class KeepRecording(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="keep_recording"):
    """Play a sentence in a person's own voice from now on: the bytes of a WAV file."""

    by: str
    text: str
    wav: bytes


class RemoveRecording(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="remove_recording"):
    """Speak a sentence by the synthesiser again, and delete the recording."""

    by: str
    text: str


SpeechCommand = SetReading | KeepRecording | RemoveRecording
"""What records something."""


class Heard(msgspec.Struct, frozen=True, tag="heard"):
    """How a sentence sounds, and how each character of it is read."""

    wav: bytes
    sounds: tuple[Sounded, ...]
