"""Who a station is: its id and its Ed25519 key, which never leaves the data folder.

The key signs every request to the county and, in the journal itself, the chain's head.
"""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
from pathlib import Path

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from kiosk.journal.errors import StorageError
from kiosk.journal.storage import storage_errors, sync_folder
from kiosk.records.station.facts import HeadSigned
from sync.errors import IdentityError
from sync.protocol import STATION
from sync.sentences import say

KEY_FILE = "station.key"


class Identity(msgspec.Struct, frozen=True):
    """A station's id and private key."""

    station: str
    private_key: Ed25519PrivateKey

    @property
    def public_key(self) -> str:
        """Return the public key, 32 bytes in hex: what the county enrols."""
        return self.private_key.public_key().public_bytes_raw().hex()

    @property
    def fingerprint(self) -> str:
        """Return what two people compare over the telephone: the start of the public key's SHA-256,
        in groups.
        """
        return fingerprint(self.public_key)

    def sign_head(self, seq: int, hash_hex: str) -> HeadSigned:
        """Sign the chain's head: Ed25519 over the 32 bytes of its hash."""
        signature = self.private_key.sign(bytes.fromhex(hash_hex)).hex()
        return HeadSigned(seq, hash_hex, self.public_key, signature)


def fingerprint(public_key: str) -> str:
    """Shorten a public key (hex) for people: `1a2b 3c4d 5e6f 7081`."""
    short = hashlib.sha256(bytes.fromhex(public_key)).hexdigest()[:16]
    return " ".join(short[at : at + 4] for at in range(0, 16, 4))


def head_is_genuine(head: HeadSigned, public_key: str) -> bool:
    """Return whether a signed head was signed with this key (hex)."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key)).verify(
            bytes.fromhex(head.signature), bytes.fromhex(head.hash)
        )
    except (InvalidSignature, ValueError):
        return False
    return head.key == public_key


def open_identity(folder: Path, station: str) -> Identity:
    """Read the station's key from its data folder; make one at first use.

    Raise IdentityError for a station id that cannot stand in a URL, for a key that others may read
    or that is no key, and where the disk refuses a new one.
    """
    if STATION.fullmatch(station) is None:
        raise IdentityError(
            f"station id {station!r}: use letters, digits, '.', '_' and '-' only, "
            "at most 64 characters"
        )
    path = folder / KEY_FILE
    if not path.exists():
        try:
            with storage_errors():
                _create(path)
        except StorageError as error:
            raise IdentityError(say("key_not_made", path=path, why=error)) from error
    return Identity(station, _read(path))


def _create(path: Path) -> None:
    """Write a new key whole or not at all; where two processes come at once, the first one's key
    stays.
    """
    pem = Ed25519PrivateKey.generate().private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(pem)
            file.flush()
            os.fsync(file.fileno())
        path.hardlink_to(temporary)
    except FileExistsError:
        pass
    finally:
        temporary.unlink()
    sync_folder(path.parent)


def _read(path: Path) -> Ed25519PrivateKey:
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        raise IdentityError(f"{path} can be read by others (mode {mode:o}): run chmod 600 on it")
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except ValueError as error:
        raise IdentityError(
            f"{path} is not a private key: restore it from the backup ({error})"
        ) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise IdentityError(f"{path} is not an Ed25519 key: restore it from the backup")
    return key
