"""Where photos' bytes lie: a folder of our own that is flushed to disk, or any S3-compatible object
store.

Keys are `station/ab/digest`, so that one station's photos can be erased without touching another's.
"""

from __future__ import annotations

import os
import secrets
import time
from contextlib import suppress
from pathlib import Path
from typing import Protocol

import obstore
from obstore.store import ObjectStore, S3Store

from kiosk.journal.storage import make_own_folder, open_own, sync_folder
from sync.county.errors import SettingsError, StoreUnavailableError

PART = ".part"
DAY_S = 86400.0


class Objects(Protocol):
    """An object store. Every method raises StoreUnavailableError where it cannot be used now."""

    def put(self, key: str, data: bytes) -> None:
        """Store an object so that it survives a power cut from the moment this returns.

        Again: the same.
        """

    def get(self, key: str) -> bytes | None:
        """Return an object's bytes, None where there is none."""

    def delete(self, key: str) -> None:
        """Remove an object; it need not be there."""


def photo_key(station: str, digest: str) -> str:
    """Return the key of a station's photo."""
    return f"{station}/{digest[:2]}/{digest}"


class FolderObjects:
    """Objects as files: written under a temporary name in the same folder, flushed, renamed, and
    the folder flushed too.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        make_own_folder(root)

    def put(self, key: str, data: bytes) -> None:
        """See Objects."""
        path = self._root / key
        part = path.with_name(f"{path.name}.{secrets.token_hex(4)}{PART}")
        try:
            for folder in (path.parent.parent, path.parent):
                make_own_folder(folder)
            with open(part, "xb", opener=open_own) as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            part.rename(path)
            sync_folder(path.parent)
        except OSError as error:
            with suppress(OSError):
                part.unlink()
            raise StoreUnavailableError(f"cannot store {path}: {error}") from error

    def get(self, key: str) -> bytes | None:
        """See Objects."""
        try:
            return (self._root / key).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StoreUnavailableError(f"cannot read {self._root / key}: {error}") from error

    def delete(self, key: str) -> None:
        """See Objects."""
        try:
            (self._root / key).unlink(missing_ok=True)
        except OSError as error:
            raise StoreUnavailableError(f"cannot remove {self._root / key}: {error}") from error

    def sweep(self, older_than_s: float = DAY_S) -> int:
        """Remove what interrupted writes left behind, and count it.

        Younger ones may still be written by another process.
        """
        oldest_s = time.time() - older_than_s
        old = [part for part in self._root.rglob(f"*{PART}") if part.stat().st_mtime <= oldest_s]
        for part in old:
            part.unlink(missing_ok=True)
        return len(old)


class ObstoreObjects:
    """Objects in a store of the obstore library; the service is what makes them durable."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store

    def put(self, key: str, data: bytes) -> None:
        """See Objects."""
        try:
            obstore.put(self._store, key, data)
        except (obstore.exceptions.BaseError, OSError) as error:
            raise StoreUnavailableError(f"cannot store object {key}: {error}") from error

    def get(self, key: str) -> bytes | None:
        """See Objects."""
        try:
            return bytes(obstore.get(self._store, key).bytes())
        except FileNotFoundError:
            return None
        except (obstore.exceptions.BaseError, OSError) as error:
            raise StoreUnavailableError(f"cannot read object {key}: {error}") from error

    def delete(self, key: str) -> None:
        """See Objects."""
        try:
            obstore.delete(self._store, key)
        except FileNotFoundError:
            pass
        except (obstore.exceptions.BaseError, OSError) as error:
            raise StoreUnavailableError(f"cannot remove object {key}: {error}") from error


def open_objects(place: str) -> Objects:
    """Open `s3://bucket/prefix` (keys, region and endpoint from the usual AWS_… variables), or a
    folder by its path.

    Raise SettingsError for a place that cannot be opened.
    """
    try:
        if place.startswith("s3://"):
            return ObstoreObjects(S3Store.from_url(place))
        folder = FolderObjects(Path(place))
        folder.sweep()
        return folder
    except (obstore.exceptions.BaseError, OSError, ValueError) as error:
        raise SettingsError(f"objects {place!r} cannot be opened: {error}") from error
