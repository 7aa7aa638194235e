"""Spreadsheets that were uploaded and not applied yet: for a while, each for the person who
uploaded it.

They lie in the review process's own folder, so that a preview outlives a restart and the
publication of content. They are personal data: the files are the process's alone to read, and go
away when the sheet is applied, dropped, replaced or too old.
"""

from __future__ import annotations

import os
import re
import secrets
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from kiosk.journal.storage import make_own_folder, open_own
from kiosk.rosters import Draft

_MOST = 4
_KEPT = timedelta(minutes=60)
_KEY = re.compile(r"[A-Za-z0-9_-]{16}")
_UNFINISHED = ".new"
_LOCK = threading.Lock()
"""One for all: rebuilt pages share the folder with those they replace."""


class Kept(msgspec.Struct, frozen=True):
    """A draft with its owner, packed: 20,000 people take a few megabytes so."""

    owner: str
    at: datetime
    packed: bytes


class RosterDrafts:
    """The newest few drafts, a file each in `folder`; may be used from any thread."""

    def __init__(self, folder: Path, now: Callable[[], datetime]) -> None:
        self._folder = folder
        self._now = now
        with _LOCK:
            self._sweep()

    def keep(self, owner: str, draft: Draft) -> str:
        """Keep a draft, replacing an older one of the same owner; return its key.

        Raise OSError when the disk refuses.
        """
        key = secrets.token_urlsafe(12)
        with _LOCK:
            self._sweep()
            for old, kept in self._all().items():
                if kept.owner == owner:
                    self._path(old).unlink(missing_ok=True)
            newest = sorted(self._all().items(), key=lambda pair: pair[1].at, reverse=True)
            for old, _ in newest[_MOST - 1 :]:
                self._path(old).unlink(missing_ok=True)
            self._write(self._path(key), Kept(owner, self._now(), msgspec.msgpack.encode(draft)))
        return key

    def get(self, owner: str, key: str) -> Draft | None:
        """Return a draft while it is kept; None for anybody but its owner."""
        with _LOCK:
            self._sweep()
            kept = self._read(key)
        if kept is None or kept.owner != owner:
            return None
        return msgspec.msgpack.decode(kept.packed, type=Draft)

    def drop(self, owner: str, key: str) -> None:
        """Keep a draft no longer."""
        with _LOCK:
            kept = self._read(key)
            if kept is not None and kept.owner == owner:
                self._path(key).unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self._folder / key

    def _all(self) -> dict[str, Kept]:
        found = {path.name: self._read(path.name) for path in self._files()}
        return {key: kept for key, kept in found.items() if kept is not None}

    def _files(self) -> list[Path]:
        return list(self._folder.iterdir()) if self._folder.is_dir() else []

    def _read(self, key: str) -> Kept | None:
        """Read one; None for what is not there, cannot be read, or is no key (it comes from a
        URL).
        """
        if not _KEY.fullmatch(key):
            return None
        try:
            return msgspec.msgpack.decode(self._path(key).read_bytes(), type=Kept)
        except (OSError, msgspec.DecodeError):
            return None

    def _sweep(self) -> None:
        """Delete what is too old, what cannot be read, and what a crash left half-written."""
        for path in self._files():
            kept = self._read(path.name)
            if kept is None or not timedelta(0) <= self._now() - kept.at <= _KEPT:
                path.unlink(missing_ok=True)

    def _write(self, path: Path, kept: Kept) -> None:
        make_own_folder(self._folder)
        new = path.with_name(path.name + _UNFINISHED)
        with open(new, "xb", opener=open_own) as file:
            file.write(msgspec.msgpack.encode(kept))
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
