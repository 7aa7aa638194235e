"""Drafts of packs as files that survive a crash: written whole, then renamed; one a draft, its
photos next to it.

Two people may write in one draft. What is compared at saving is the part that a page shows: who
saves a part that somebody else has changed since the page was shown gets both, and decides.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import threading
import uuid
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from kiosk.journal.storage import make_own_folder, open_own, sync_folder

_ID = re.compile(r"[0-9a-f]{12}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
MOST_DRAFTS = 50
MOST_DRAFT_KB = 2048
MOST_PHOTOS_MB = 300
"""The disk is the door's, too: drafts may not fill it."""
_UNNAMED_S = 3600
"""A photo is kept before the draft names it; one that no draft has named for this long is
nobody's.
"""

Table = dict[str, Any]


class Draft(msgspec.Struct, frozen=True):
    """A pack being written. `table` is its manuscript as plain data, which may be unfinished."""

    id: str
    table: Table
    pictures: dict[str, str]
    """Pictures that can be pointed at: name to digest."""
    by: str
    changed_by: str
    changed_at: str
    based_on: str = ""
    """The version that publishing is to follow, empty for a new pack."""
    base: Table | None = None
    """What the draft was begun with, to tell what is new in it; None for a pack from nothing."""
    notes: tuple[str, ...] = ()
    """What an import left out, in sentences."""
    revision: int = 1


class DraftError(Exception):
    """A draft cannot be kept; the message (Chinese) says why, and what to do."""


class Drafts:
    """The drafts in a folder. All methods may be called from any thread."""

    def __init__(self, folder: Path, now: Callable[[], datetime]) -> None:
        self._folder = folder
        self._photos = folder / "photos"
        self._now = now
        self._writing = threading.Lock()

    def all(self) -> list[Draft]:
        """Return all drafts, the last changed first."""
        found = (self.find(file.stem) for file in self._folder.glob("*.json"))
        return sorted(
            (draft for draft in found if draft), key=lambda draft: draft.changed_at, reverse=True
        )

    def find(self, draft_id: str) -> Draft | None:
        """Return a draft; None for what is not there, or cannot be read any more."""
        if not _ID.fullmatch(draft_id):
            return None
        try:
            return msgspec.json.decode(self._file(draft_id).read_bytes(), type=Draft)
        except (OSError, msgspec.DecodeError):
            return None

    def begin(
        self,
        by: str,
        table: Table,
        pictures: dict[str, str],
        based_on: str = "",
        base: Table | None = None,
        notes: tuple[str, ...] = (),
    ) -> Draft:
        """Begin a draft. Raise DraftError."""
        if len(self.all()) >= MOST_DRAFTS:
            raise DraftError(f"草稿已有 {MOST_DRAFTS} 份，请先发布或删掉一些")
        draft = Draft(
            secrets.token_hex(6), table, pictures, by, by, self._stamp(), based_on, base, notes
        )
        self._write(draft)
        return draft

    def change(self, draft_id: str, by: str, make: Callable[[Draft], Draft]) -> Draft | None:
        """Change a draft by what `make` makes of its newest state, one change after the other; None
        when it is gone.

        `make` may raise: then nothing is changed. Raise DraftError.
        """
        with self._writing:
            draft = self.find(draft_id)
            if draft is None:
                return None
            made = make(draft)
            if made == draft:
                return draft
            changed = replace(
                made, changed_by=by, changed_at=self._stamp(), revision=draft.revision + 1
            )
            self._write(changed)
            return changed

    def remove(self, draft_id: str) -> None:
        """Forget a draft."""
        with self._writing:
            if _ID.fullmatch(draft_id):
                self._file(draft_id).unlink(missing_ok=True)

    def finish(self, published: Draft) -> bool:
        """Forget a draft that was published as it was; keep it, and return False, when somebody has
        changed it meanwhile.
        """
        with self._writing:
            now = self.find(published.id)
            if now is not None and now.revision != published.revision:
                return False
            self._file(published.id).unlink(missing_ok=True)
            return True

    def keep_photo(self, jpeg: bytes) -> str:
        """Keep a photo, and return its digest. Raise DraftError."""
        digest = hashlib.sha256(jpeg).hexdigest()
        try:
            with self._writing:
                self._make_room(len(jpeg))
                _durably(self._photos / digest, jpeg)
        except OSError as error:
            raise DraftError("存储写不进去，照片没有保存，请找管理员") from error
        return digest

    def _make_room(self, size_bytes: int) -> None:
        """Delete photos that no draft names, when there are too many.

        Raise DraftError when that does not help.
        """
        most = MOST_PHOTOS_MB << 20
        if self._photos_bytes() + size_bytes <= most:
            return
        named = {digest for draft in self.all() for digest in draft.pictures.values()}
        for file in self._photos.iterdir():
            if (
                file.name not in named
                and self._now().timestamp() - file.stat().st_mtime > _UNNAMED_S
            ):
                file.unlink()
        if self._photos_bytes() + size_bytes > most:
            raise DraftError(f"草稿里的照片已有 {MOST_PHOTOS_MB} MB，请先发布或删掉一些草稿")

    def _photos_bytes(self) -> int:
        return (
            sum(file.stat().st_size for file in self._photos.iterdir())
            if self._photos.is_dir()
            else 0
        )

    def photo(self, digest: str) -> Path | None:
        """Return the file of a photo; None when it is not here."""
        place = self._photos / digest
        return place if _DIGEST.fullmatch(digest) and place.is_file() else None

    def _file(self, draft_id: str) -> Path:
        return self._folder / f"{draft_id}.json"

    def _stamp(self) -> str:
        return self._now().isoformat(timespec="milliseconds")

    def _write(self, draft: Draft) -> None:
        data = msgspec.json.encode(draft)
        if len(data) > MOST_DRAFT_KB * 1024:
            raise DraftError(f"草稿太大，最多 {MOST_DRAFT_KB} KB，请分成两个内容包")
        try:
            _durably(self._file(draft.id), data)
        except OSError as error:
            raise DraftError("存储写不进去，草稿没有保存，请找管理员；这一页先不要关") from error


def _durably(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, and force it and its name onto the disk."""
    make_own_folder(path.parent)
    temporary = path.with_name(f".{uuid.uuid4().hex}")
    try:
        with open(temporary, "xb", opener=open_own) as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.rename(path)
    finally:
        temporary.unlink(missing_ok=True)
    sync_folder(path.parent)
