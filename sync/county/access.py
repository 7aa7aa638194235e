"""Who may read the county's pages: HTTP Basic with one password, kept as an Argon2 hash."""

from __future__ import annotations

import enum
import hashlib
import hmac
import secrets
import threading
import time
from collections.abc import Callable

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from sync.county.errors import SettingsError
from sync.county.tries import Tries, place_of

_HASHER = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)


def hash_password(password: str) -> str:
    """Return what the settings keep of a password."""
    return _HASHER.hash(password)


class Admission(enum.Enum):
    """What becomes of somebody with a password."""

    IN = enum.auto()
    WRONG = enum.auto()
    WAIT = enum.auto()
    """Too many wrong ones came from there; this one was not looked at."""


class Access:
    """Checks passwords. Safe between threads; one slow hash at a time."""

    def __init__(self, password_hash: str, monotonic: Callable[[], float] = time.monotonic) -> None:
        try:
            _HASHER.check_needs_rehash(password_hash)
        except InvalidHashError as error:
            raise SettingsError(
                "password_hash is not an Argon2 hash: make one with hash_password"
            ) from error
        self._hash = password_hash
        self._lock = threading.Lock()
        self._tries = Tries(monotonic)
        # A page with thirty thumbnails must not cost thirty Argon2 runs: the right one is
        # remembered, keyed, in memory only, and with the places that gave it, so that guessers
        # elsewhere cannot try it at full speed.
        self._secret = secrets.token_bytes(32)
        self._right: dict[str, bytes] = {}

    def admit(self, password: str, address: str) -> Admission:
        """Judge a password from an address.

        After ten wrong ones within a minute a place waits; who is in there stays in.
        """
        place = place_of(address)
        token = hmac.digest(self._secret, password.encode(), hashlib.sha256)
        if hmac.compare_digest(token, self._right.get(place, b"")):
            return Admission.IN
        with self._lock:
            if self._tries.exhausted(place):
                return Admission.WAIT
            if self._is_right(password):
                self._right[place] = token
                return Admission.IN
            self._tries.wrong(place)
            return Admission.WRONG

    def _is_right(self, password: str) -> bool:
        try:
            return _HASHER.verify(self._hash, password)
        except VerificationError:
            return False
