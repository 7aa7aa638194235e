"""What the station says: published packs, readings, recorded voices, and scenarios that workers thought of."""

from __future__ import annotations

from kiosk.model.fact import Fact


class ReadingSet(Fact, frozen=True, tag="reading.set"):
    """The voice reads this word so from now on (toned syllables, one a character); without sounds, as the product does."""

    word: str
    sounds: tuple[str, ...]
    by: str


class RecordingKept(Fact, frozen=True, tag="recording.kept"):
    """A sentence is played in a person's own voice from now on. The sound itself, SHA-256 hex, never leaves the station."""

    text: str
    recording: str
    by: str


class RecordingRemoved(Fact, frozen=True, tag="recording.removed"):
    """A sentence is spoken by the synthesiser again; the recording is deleted."""

    text: str
    by: str
