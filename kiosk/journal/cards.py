"""Card numbers never enter the journal: a card is known by a hash keyed with a secret of the station."""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
from pathlib import Path

from kiosk.journal.errors import JournalError
from kiosk.journal.storage import make_folder, storage_errors, sync_folder

_SECRET_BYTES = 32


def card_hash(secret: bytes, form: str, number: str) -> str:
    """Give the hash of a card in one form of its number: keyed BLAKE2b (RFC 7693), 32 bytes as hex.

    Without the secret, a 32-bit card number cannot be found by trying them all.
    """
    card = f"{form}\n{number}".encode()
    return hashlib.blake2b(card, key=secret, digest_size=32, person=b"banqian-card").hexdigest()


def load_or_create_secret(path: Path) -> bytes:
    """Give the station's card secret, 32 bytes, made on first use in a file that only its owner can read.

    Raises StorageError when it cannot be made, JournalError when the file holds anything else: a new secret would make every
    card unknown, so it must come back from a backup.
    """
    with storage_errors():
        if not path.exists():
            _create(path)
        secret = path.read_bytes()
    if len(secret) != _SECRET_BYTES:
        raise JournalError(
            f"card secret {path} has {len(secret)} bytes, not {_SECRET_BYTES}: restore it from a backup"
        )
    return secret


def _create(path: Path) -> None:
    make_folder(path.parent)
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(_SECRET_BYTES))
            file.flush()
            os.fsync(handle)
        # A link never replaces: of two processes that start together, both use the first one's secret.
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(temporary)
    finally:
        temporary.unlink()
    sync_folder(path.parent)
