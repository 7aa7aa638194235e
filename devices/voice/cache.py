"""The folder of rendered clips: names that say what is inside, and files that are whole or not
there.

A clip is written to one fixed temporary name, flushed to the disk and renamed, by the holder of the
folder's lock. So a kill or a pulled plug leaves at most that one temporary file, which the next
writer overwrites.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import time
import wave
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import msgspec

from devices import DeviceOfflineError
from devices.reasons import why
from devices.voice import Clip
from devices.voice.worker import RATE_HZ, SAMPLE_BYTES

_HEADER_BYTES = 44
_FOLDER_MODE, _FILE_MODE = 0o700, 0o600
"""A greeting says a name: no other user listens."""
_NOTED_EVERY_S = 12 * 3600.0


def _opened(path: str, flags: int) -> int:
    return os.open(path, flags, _FILE_MODE)


def key(text: str, *manner: object) -> str:
    """Return the name of a clip: a digest of all that decides how it sounds."""
    return hashlib.sha256(msgspec.json.encode([text, *manner], order="sorted")).hexdigest()[:32]


def silence(seconds: float) -> bytes:
    """Return silent samples."""
    return bytes(round(seconds * RATE_HZ) * SAMPLE_BYTES)


class Cache:
    """The clips in one folder. Several voices, threads and processes may use the same folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._engine_file = folder / "engine"

    def find(self, name: str) -> Clip | None:
        """Return the clip of this key; a damaged file counts as none and is rendered again."""
        path = self.folder / f"{name}.wav"
        try:
            with path.open("rb") as file, wave.open(file) as clip:
                frames, size = clip.getnframes(), os.fstat(file.fileno()).st_size
        except (OSError, EOFError, wave.Error):
            return None
        if size != _HEADER_BYTES + frames * SAMPLE_BYTES:
            return None
        return Clip(name, path, frames / RATE_HZ)

    def fill(self, name: str, pcm: bytes) -> None:
        """Keep these samples under this key, unless it has a clip by now.

        Raise DeviceOfflineError when the folder cannot be written.
        """
        with self._locked():
            if self.find(name) is None:
                self._write(self.folder / f"{name}.wav", wav(pcm))

    def forget(self, needed: Collection[str], unneeded_for_s: float) -> None:
        """Delete the clips that have had none of these keys for this long; a file's time says when
        it was last needed.

        Raise DeviceOfflineError when the folder cannot be written.
        """
        with self._locked():
            now_s = time.time()
            for path in self.folder.glob("*.wav"):
                age_s = now_s - path.stat().st_mtime
                if path.stem in needed:
                    if abs(age_s) > _NOTED_EVERY_S:  # seldom: each is a write to an SD card
                        os.utime(path)
                elif age_s > unneeded_for_s:
                    path.unlink()

    @property
    def engine(self) -> str | None:
        """Return the engine that the clips were rendered with, known before it is loaded, or even
        when it is missing.
        """
        try:
            return self._engine_file.read_text(errors="replace")
        except OSError:
            return None

    def remember_engine(self, engine: str) -> None:
        """Keep the engine's version. Raise DeviceOfflineError when the folder cannot be written."""
        with self._locked():
            if self.engine != engine:
                self._write(self._engine_file, engine.encode())

    @contextmanager
    def _locked(self) -> Iterator[None]:
        try:
            self.folder.mkdir(_FOLDER_MODE, parents=True, exist_ok=True)
            # Opened each time: a lock of flock(2) belongs to the open file, so it also holds
            # between threads.
            with open(self.folder / "lock", "w", opener=_opened) as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                yield
        except OSError as error:
            raise DeviceOfflineError(
                f"语音缓存文件夹 {self.folder} 无法写入：{why(error)}"
            ) from error

    def _write(self, path: Path, content: bytes) -> None:
        part = self.folder / "rendering.part"
        with open(part, "wb", opener=_opened) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        folder = os.open(self.folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def wav(pcm: bytes) -> bytes:
    """Return samples as the bytes of a WAV file."""
    content = BytesIO()
    with wave.open(content, "wb") as clip:
        clip.setnchannels(1)
        clip.setsampwidth(SAMPLE_BYTES)
        clip.setframerate(RATE_HZ)
        clip.writeframes(pcm)
    return content.getvalue()
