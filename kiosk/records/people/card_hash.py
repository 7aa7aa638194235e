"""Card numbers never enter the journal: a card is known by a hash keyed with a secret of the
station.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import stat
from pathlib import Path

from kiosk.journal.errors import JournalError
from kiosk.journal.storage import make_folder, storage_errors, sync_folder

_SECRET_BYTES = 32
_OTHERS = 0o077
"""The rights of everybody but the owner."""


def card_hash(secret: bytes, form: str, number: str) -> str:
    """Return the hash of a card in one form of its number: keyed BLAKE2b (RFC 7693), 32 bytes as
    hex.

    Without the secret, a 32-bit card number cannot be found by trying them all.
    """
    card = f"{form}\n{number}".encode()
    return hashlib.blake2b(card, key=secret, digest_size=32, person=b"banqian-card").hexdigest()


def load_or_create_secret(path: Path) -> bytes:
    """Return the station's card secret, 32 bytes, made on first use in a file that only its owner
    can read.

    Raise what `load_secret` raises, and StorageError when the file cannot be made.
    """
    with storage_errors():
        if not path.exists():
            _create(path)
    return load_secret(path)


def load_secret(path: Path) -> bytes:
    """Return the card secret of a station that knows people already; never makes one, for that
    would make every card unknown.

    Raise JournalError for a file that is missing, that others can read, or that holds anything
    else, and StorageError when the disk refuses.
    """
    with storage_errors():
        mode, secret = _read(path)
    if mode & _OTHERS:
        raise JournalError(
            f"card secret {path} can be read by others (mode {mode:o}): run chmod 600 on it"
        )
    if len(secret) != _SECRET_BYTES:
        raise JournalError(
            f"card secret {path} has {len(secret)} bytes, not {_SECRET_BYTES}: "
            "restore it from a backup"
        )
    return secret


def _read(path: Path) -> tuple[int, bytes]:
    try:
        with path.open("rb") as file:
            return stat.S_IMODE(os.fstat(file.fileno()).st_mode), file.read()
    except FileNotFoundError as error:
        raise JournalError(
            f"card secret {path} is missing, and without it nobody's card is known: "
            "restore it from a backup"
        ) from error
    except PermissionError as error:
        raise JournalError(
            f"card secret {path} cannot be read by this user: run as the station's user"
        ) from error


def _create(path: Path) -> None:
    make_folder(path.parent)
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(_SECRET_BYTES))
            file.flush()
            os.fsync(handle)
        # A link never replaces: of two processes that start together, both use the first one's
        # secret.
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(temporary)
    finally:
        temporary.unlink()
    sync_folder(path.parent)
