"""Spreadsheets that were uploaded and not applied yet: in memory only, for a while, each for whoever uploaded it."""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime, timedelta

import msgspec

from kiosk.rosters import Draft

_MOST = 4
_KEPT = timedelta(minutes=60)


class Kept(msgspec.Struct, frozen=True):
    """A draft with its owner, packed: 20,000 people take a few megabytes so."""

    owner: str
    at: datetime
    packed: bytes


class RosterDrafts:
    """The newest few drafts; may be used from any thread. Names and card numbers of a draft are never written to a disk."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._kept: OrderedDict[str, Kept] = OrderedDict()
        self._lock = threading.Lock()

    def keep(self, owner: str, draft: Draft) -> str:
        """Keep a draft, in the place of an older one of the same owner; gives its key."""
        key = secrets.token_urlsafe(12)
        with self._lock:
            for old in [old for old, kept in self._kept.items() if kept.owner == owner]:
                del self._kept[old]
            self._kept[key] = Kept(owner, self._now(), msgspec.msgpack.encode(draft))
            while len(self._kept) > _MOST:
                self._kept.popitem(last=False)
        return key

    def get(self, owner: str, key: str) -> Draft | None:
        """Give a draft to its owner while it is kept."""
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None and self._now() - kept.at > _KEPT:
                del self._kept[key]
                kept = None
        if kept is None or kept.owner != owner:
            return None
        return msgspec.msgpack.decode(kept.packed, type=Draft)

    def drop(self, owner: str, key: str) -> None:
        """Keep a draft no longer."""
        with self._lock:
            if key in self._kept and self._kept[key].owner == owner:
                del self._kept[key]
