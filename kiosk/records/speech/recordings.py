"""Recorded voices as files: named by their SHA-256, readable by the pages' process, written and deleted by the station alone.

A voice is a person's: it is played at this door and nowhere else. No sync, export or bundle takes anything from this folder.
"""

from __future__ import annotations

import wave
from collections.abc import Iterable
from pathlib import Path

from devices.voice import Clip
from devices.voice.text import normalise
from kiosk.journal.blobs import Photos
from kiosk.journal.storage import storage_errors
from kiosk.records.speech.rows import RecordingRow

RECORDINGS = "recordings"
"""The folder of recorded voices inside a data folder."""


class Recordings:
    """The recorded voices of a station, and which sentence each is of."""

    def __init__(self, files: Photos) -> None:
        self._files = files
        self._clips: dict[str, Clip] = {}

    def know(self, rows: Iterable[RecordingRow]) -> None:
        """Take the sentences that are played from a recording from now on."""
        clips = ((normalise(row.text), self._clip(row.recording)) for row in rows)
        self._clips = {text: clip for text, clip in clips if clip is not None}

    def clip(self, text: str) -> Clip | None:
        """Give the recording of a sentence, when there is one."""
        return self._clips.get(normalise(text)) if self._clips else None

    def store(self, wav: bytes) -> str:
        """Store a recording durably and give its digest, hex. Raises StorageError."""
        return self._files.store(wav)

    def delete(self, digest: str) -> None:
        """Delete a recording. Raises StorageError."""
        path = self._files.path(digest)
        if path is not None:
            with storage_errors():
                path.unlink(missing_ok=True)

    def _clip(self, digest: str) -> Clip | None:
        path = self._files.path(digest)
        return Clip(digest, path, _seconds(path)) if path else None


def _seconds(path: Path) -> float:
    with wave.open(str(path)) as sound:
        frames, rate = sound.getnframes(), sound.getframerate()
    return float(frames / rate)
