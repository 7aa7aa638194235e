"""Who may read the county's pages: HTTP Basic with one password, kept as an Argon2 hash."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
import time
from collections.abc import Callable

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from sync.county.errors import SettingsError

_HASHER = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
_WINDOW_S = 60.0
_MOST_FAILURES = 10


def hash_password(password: str) -> str:
    """Give what the settings keep of a password."""
    return _HASHER.hash(password)


class Access:
    """Tells the right password from others. Safe between threads; one slow hash at a time."""

    def __init__(self, password_hash: str, monotonic: Callable[[], float] = time.monotonic) -> None:
        try:
            _HASHER.check_needs_rehash(password_hash)
        except InvalidHashError as error:
            raise SettingsError("password_hash is not an Argon2 hash: make one with hash_password") from error
        self._hash = password_hash
        self._monotonic = monotonic
        self._lock = threading.Lock()
        # A page with thirty thumbnails must not cost thirty Argon2 runs: the right one is remembered, keyed, in memory only.
        self._secret = secrets.token_bytes(32)
        self._right: bytes | None = None
        self._failures: list[float] = []

    def admits(self, password: str) -> bool:
        """Tell whether this is the password. After ten wrong ones within a minute, no new one is looked at for a while."""
        token = hmac.digest(self._secret, password.encode(), hashlib.sha256)
        if self._right is not None and hmac.compare_digest(token, self._right):
            return True
        with self._lock:
            now = self._monotonic()
            self._failures = [at for at in self._failures if now - at < _WINDOW_S]
            if len(self._failures) >= _MOST_FAILURES:
                return False
            if self._is_right(password):
                self._right = token
                return True
            self._failures.append(now)
            return False

    def _is_right(self, password: str) -> bool:
        try:
            return _HASHER.verify(self._hash, password)
        except VerificationError:
            return False
