"""What pages get to see of the factory's content: what was published, how words are read, whose voice is played."""

from __future__ import annotations

import msgspec


class ReadingRow(msgspec.Struct, frozen=True):
    """How the factory reads a word."""

    word: str
    sounds: tuple[str, ...]
    by_worker: str
    at: str


class RecordingRow(msgspec.Struct, frozen=True):
    """A sentence that is played in a person's own voice; `recording` is the digest of the sound."""

    text: str
    recording: str
    by_worker: str
    at: str
